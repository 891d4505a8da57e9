'use client'
import { useQueryClient } from '@tanstack/react-query'
import { ActionsMenu, MenuItem, MenuSeparator, toast } from '@thingwire/ui'
import { Copy, FileDown, PencilLine, Share2, Tag, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { SummaryView } from '@/api/dashboard-library.ts'
import { exportDashboard } from '../files/export-dashboard.ts'
import { duplicateDashboard } from './duplicate-dashboard.ts'

/** What has to be asked before it is done. */
export type DashboardDeed = 'share' | 'tag' | 'delete'

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** What can be done with a dashboard of the list. `ask` is missing where the person may only look. */
export const DashboardMenu = (p: { dashboard: SummaryView; ask: ((deed: DashboardDeed) => void) | null }) => {
  const t = useTranslations('dashboardList')
  const router = useRouter()
  const client = useQueryClient()
  const { id, title } = p.dashboard
  const { ask } = p
  const save = () => exportDashboard(id.id).catch((error) => toast.failed(t('exportFailed'), reasonOf(error)))
  const duplicate = async () => {
    try {
      const copy = await duplicateDashboard(id.id, t('copySuffix'))
      toast.done(t('duplicated', { title: copy.title }))
    } catch (error) {
      toast.failed(t('duplicateFailed'), reasonOf(error))
    }
    await client.invalidateQueries({ queryKey: ['dashboards'] })
  }
  return (
    <ActionsMenu inRow label={t('actionsFor', { title })}>
      {ask ? (
        <>
          <MenuItem onSelect={() => router.push(`/dashboards/${id.id}/edit`)}>
            <PencilLine />
            {t('edit')}
          </MenuItem>
          <MenuItem onSelect={() => ask('share')}>
            <Share2 />
            {t('share')}
          </MenuItem>
          <MenuItem onSelect={() => ask('tag')}>
            <Tag />
            {t('tag')}
          </MenuItem>
          <MenuItem onSelect={() => void duplicate()}>
            <Copy />
            {t('duplicate')}
          </MenuItem>
        </>
      ) : null}
      <MenuItem onSelect={() => void save()}>
        <FileDown />
        {t('export')}
      </MenuItem>
      {ask ? (
        <>
          <MenuSeparator />
          <MenuItem danger onSelect={() => ask('delete')}>
            <Trash2 />
            {t('delete')}
          </MenuItem>
        </>
      ) : null}
    </ActionsMenu>
  )
}
