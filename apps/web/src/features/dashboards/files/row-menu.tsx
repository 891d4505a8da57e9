'use client'
import { useQueryClient } from '@tanstack/react-query'
import { ActionsMenu, MenuItem, toast } from '@thingwire/ui'
import { Copy, FileDown, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { getWholeDashboard, saveDashboard } from '@/api/dashboards.ts'
import type { DashboardView } from '@/api/entities.ts'
import { exportDashboard } from './export-dashboard.ts'

const longestTitle = 255
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** What can be done with a dashboard of the list. `remove` is missing where the person may only look. */
export const DashboardMenu = ({ dashboard, remove }: { dashboard: DashboardView; remove: (() => void) | null }) => {
  const t = useTranslations('dashboardFiles')
  const duplicate = useDuplicate()
  const { id, title } = dashboard
  return (
    <ActionsMenu inRow label={t('actionsFor', { name: title })}>
      <MenuItem
        onSelect={() =>
          void exportDashboard(id.id).catch((error: unknown) => toast.failed(t('exportFailed'), reasonOf(error)))
        }
      >
        <FileDown />
        {t('export')}
      </MenuItem>
      {remove ? (
        <>
          <MenuItem onSelect={() => void duplicate(id.id)}>
            <Copy />
            {t('duplicate')}
          </MenuItem>
          <MenuItem danger onSelect={remove}>
            <Trash2 />
            {t('delete')}
          </MenuItem>
        </>
      ) : null}
    </ActionsMenu>
  )
}

const useDuplicate = () => {
  const t = useTranslations('dashboardFiles')
  const client = useQueryClient()
  return async (dashboardId: string) => {
    try {
      const { title, configuration, image, mobileHide, mobileOrder } = await getWholeDashboard(dashboardId)
      const suffix = ` ${t('copySuffix')}`
      const copy = title.slice(0, longestTitle - suffix.length) + suffix
      const document = typeof configuration === 'object' && configuration !== null ? { ...configuration } : {}
      await saveDashboard({ title: copy, configuration: document, image, mobileHide, mobileOrder })
      toast.done(t('duplicated', { title: copy }))
      await client.invalidateQueries({ queryKey: ['dashboards'] })
    } catch (error) {
      toast.failed(t('duplicateFailed'), reasonOf(error))
    }
  }
}
