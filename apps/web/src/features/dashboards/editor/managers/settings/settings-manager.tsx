'use client'
import { TabPanel, Tabs } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import type { ManagerProps } from '../manager-frame.tsx'
import { GeneralFields } from './general-fields.tsx'
import { GridFields } from './grid-fields.tsx'
import { LookFields } from './look-fields.tsx'
import { TimeFields } from './time-fields.tsx'
import { ToolbarFields } from './toolbar-fields.tsx'

const panels = { general: GeneralFields, toolbar: ToolbarFields, time: TimeFields, grid: GridFields, look: LookFields }
type Name = keyof typeof panels
const names = Object.keys(panels) as Name[]

/** What is set about the dashboard as a whole. */
export const SettingsManager = ({ id, choose }: ManagerProps) => {
  const t = useTranslations('dashboardManagers')
  const tab = names.find((name) => name === id) ?? 'general'
  const Panel = panels[tab]
  return (
    <Tabs
      label={t('settings')}
      value={tab}
      onChange={choose}
      tabs={names.map((value) => ({ value, label: t(value) }))}
      className="flex-1"
    >
      <TabPanel value={tab} className="overflow-y-auto">
        <div className="grid max-w-2xl grid-cols-[minmax(0,1fr)] gap-4 p-4 sm:p-6">
          <Panel />
        </div>
      </TabPanel>
    </Tabs>
  )
}
