import { BellRing, Cpu, House, LayoutDashboard, Workflow } from 'lucide-react'
import type { ContentPort } from '../host/content.ts'

/** A console with a few places and dashboards, for cases. */
export const caseContent = (
  dashboards: ReturnType<ContentPort['useDashboards']> = { status: 'loading' },
): ContentPort => ({
  CodeFrame: null,
  SiteFrame: null,
  places: [
    { path: '/', name: 'Home', section: '', Icon: House },
    { path: '/dashboards', name: 'Dashboards', section: '', Icon: LayoutDashboard },
    { path: '/alarms', name: 'Alarms', section: '', Icon: BellRing },
    { path: '/devices', name: 'Devices', section: 'Devices & assets', Icon: Cpu },
    { path: '/rule-chains', name: 'Rule chains', section: 'Data processing', Icon: Workflow },
  ],
  useDashboards: () => dashboards,
})
