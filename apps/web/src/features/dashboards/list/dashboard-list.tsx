'use client'
import { Button, Segmented } from '@thingwire/ui'
import { LayoutDashboard, LayoutGrid, List, Plus, Shapes, Upload } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { parseAsBoolean, parseAsString, useQueryState } from 'nuqs'
import { type ReactNode, useState } from 'react'
import { listSummaries, type SummaryView } from '@/api/dashboard-library.ts'
import { deleteDashboard } from '@/api/dashboards.ts'
import { EntityTable, useEntityList, useEntityWords } from '@/components/entity-table.tsx'
import { onDemand } from '@/components/on-demand.tsx'
import { useUser } from '@/session/session-provider.tsx'
import { Page } from '@/shell/page.tsx'
import { BulkDeeds } from './bulk-deeds.tsx'
import { DashboardCard } from './dashboard-card.tsx'
import { useDashboardColumns } from './dashboard-columns.tsx'
import { pathOfDashboard } from './dashboard-link.tsx'
import { type DashboardDeed, DashboardMenu } from './dashboard-menu.tsx'
import { DeleteDashboardDialog } from './delete-dashboard-dialog.tsx'
import { DeletedList } from './deleted-list.tsx'
import { Favourites } from './favourites.tsx'
import { ListRail, NarrowPlaces } from './list-rail.tsx'
import { TagsDialog } from './tags-dialog.tsx'
import { useListPlace } from './use-list-place.ts'

// With them comes what knows all widgets; a list shows none.
const ImportDashboards = onDemand(async () => (await import('../files/import-dashboards.tsx')).ImportDashboards)
const NewDashboardDialog = onDemand(async () => (await import('./new/new-dashboard-dialog.tsx')).NewDashboardDialog)
const SharingDialog = onDemand(async () => (await import('../sharing/sharing-dialog.tsx')).SharingDialog)

/** All dashboards that somebody sees: found, tagged, starred; made, shared, deleted and brought back by administrators. */
export const DashboardList = () => {
  const t = useTranslations('dashboardList')
  const isAdministrator = useUser().authority === 'TENANT_ADMIN'
  const list = useListPlace()
  const narrow = <NarrowPlaces list={list} isAdministrator={isAdministrator} />
  return (
    <Page
      fixed
      crumbs={[{ label: t('title') }]}
      actions={
        isAdministrator ? (
          <>
            <GalleryLink />
            <ImportButton />
            <NewButton />
          </>
        ) : null
      }
    >
      <div className="flex min-h-0 flex-1">
        <ListRail list={list} isAdministrator={isAdministrator} />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          {list.place === 'deleted' && isAdministrator ? (
            <DeletedList toolbar={narrow} />
          ) : (
            <Dashboards key={list.place} list={list} isAdministrator={isAdministrator} narrow={narrow} />
          )}
        </div>
      </div>
      {isAdministrator ? <Dialogs /> : null}
    </Page>
  )
}

const useNewDialog = () => useQueryState('new', parseAsString)
const useImportDialog = () => useQueryState('import', parseAsBoolean.withDefault(false))

const Dialogs = () => {
  const [isImporting, setImporting] = useImportDialog()
  const [template, setTemplate] = useNewDialog()
  return (
    <>
      {isImporting ? (
        <ImportDashboards onClose={() => void setImporting(null)} onFailed={() => void setImporting(null)} />
      ) : null}
      {template === null ? null : (
        <NewDashboardDialog
          template={template}
          choose={(chosen) => void setTemplate(chosen)}
          onClose={() => void setTemplate(null)}
          onFailed={() => void setTemplate(null)}
        />
      )}
    </>
  )
}

const NewButton = () => {
  const t = useTranslations('dashboardList')
  const [, setTemplate] = useNewDialog()
  return (
    <Button variant="primary" onClick={() => void setTemplate('blank')}>
      <Plus />
      {t('new')}
    </Button>
  )
}

const ImportButton = () => {
  const t = useTranslations('dashboardFiles')
  const [, setImporting] = useImportDialog()
  return (
    <Button onClick={() => void setImporting(true)}>
      <Upload />
      <span className="max-sm:sr-only">{t('import')}</span>
    </Button>
  )
}

const GalleryLink = () => {
  const t = useTranslations('dashboardFiles')
  return (
    <Button asChild variant="ghost" className="max-sm:hidden">
      <Link href="/gallery">
        <Shapes />
        {t('gallery')}
      </Link>
    </Button>
  )
}

type ListProps = { list: ReturnType<typeof useListPlace>; isAdministrator: boolean; narrow: ReactNode }
type Asked = { deed: DashboardDeed; dashboards: readonly SummaryView[] }

const Dashboards = ({ list, isAdministrator, narrow }: ListProps) => {
  const t = useTranslations('dashboardList')
  const { place, tags } = list
  const [asked, setAsked] = useState<Asked | null>(null)
  const columns = useDashboardColumns({ isAdministrator, tags, setTags: list.setTags })
  const words = useWords(place)
  const rows = useEntityList<SummaryView>({
    queryKey: ['dashboards', 'summaries', place, tags],
    defaultSort: 'title',
    load: (link, signal) => listSummaries({ ...link, tags, starred: place === 'starred' }, signal),
  })
  const { state } = rows.table
  const menu = (dashboard: SummaryView) => (
    <DashboardMenu
      dashboard={dashboard}
      ask={isAdministrator ? (deed) => setAsked({ deed, dashboards: [dashboard] }) : null}
    />
  )
  const isPlain = place === 'all' && tags.length === 0 && state.search === '' && state.page === 0
  return (
    <>
      {isPlain ? <Favourites /> : null}
      <EntityTable
        name="dashboards"
        list={rows}
        words={words}
        icon={<LayoutDashboard />}
        columns={columns}
        rowId={({ id }) => id.id}
        open={pathOfDashboard}
        action={isAdministrator && place === 'all' ? <FirstSteps /> : null}
        toolbar={
          <>
            {narrow}
            <Segmented
              label={t('view')}
              value={list.view}
              onChange={list.setView}
              options={[
                { value: 'table', label: <ViewMark icon={<List />} text={t('table')} /> },
                { value: 'cards', label: <ViewMark icon={<LayoutGrid />} text={t('cards')} /> },
              ]}
              className="max-sm:hidden"
            />
          </>
        }
        card={
          list.view === 'cards'
            ? (dashboard) => (
                <DashboardCard dashboard={dashboard} tags={tags} setTags={list.setTags} menu={menu(dashboard)} />
              )
            : undefined
        }
        rowActions={menu}
        isNarrowed={tags.length > 0}
        onClearFilters={() => list.setTags([])}
        bulk={
          isAdministrator
            ? {
                nameOf: ({ title }) => title,
                remove: deleteDashboard,
                queryKey: ['dashboards'],
                more: (chosen) => (
                  <BulkDeeds dashboards={chosen} tag={() => setAsked({ deed: 'tag', dashboards: chosen })} />
                ),
              }
            : undefined
        }
      />
      <AskedDialog asked={asked} onClose={() => setAsked(null)} />
    </>
  )
}

const ViewMark = ({ icon, text }: { icon: ReactNode; text: string }) => (
  <span title={text} className="[&_svg]:size-4">
    {icon}
    <span className="sr-only">{text}</span>
  </span>
)

const useWords = (place: 'all' | 'starred' | 'deleted') => {
  const t = useTranslations('dashboardList')
  const words = useEntityWords('dashboards')
  if (place !== 'starred') return { ...words, search: t('search') }
  return { ...words, search: t('search'), none: t('noStarred'), noneText: t('noStarredText') }
}

const FirstSteps = () => (
  <>
    <NewButton />
    <ImportButton />
  </>
)

const AskedDialog = ({ asked, onClose }: { asked: Asked | null; onClose: () => void }) => {
  const [first] = asked?.dashboards ?? []
  const named = first ? { id: first.id.id, title: first.title } : null
  return (
    <>
      {asked?.deed === 'share' && named ? (
        <SharingDialog dashboard={named} onClose={onClose} onFailed={onClose} />
      ) : null}
      {asked?.deed === 'tag' ? <TagsDialog dashboards={asked.dashboards} onClose={onClose} /> : null}
      <DeleteDashboardDialog dashboard={asked?.deed === 'delete' ? named : null} onClose={onClose} />
    </>
  )
}
