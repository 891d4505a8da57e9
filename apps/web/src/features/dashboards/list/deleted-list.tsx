'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionsMenu, Button, type Column, MenuItem, toast } from '@thingwire/ui'
import { ArchiveRestore, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { type DeletedView, forgetDashboard, listDeleted, restoreDashboard } from '@/api/dashboard-library.ts'
import { Timestamp } from '@/components/age.tsx'
import { BulkRun } from '@/components/bulk-run.tsx'
import { DeleteDialog } from '@/components/delete-dialog.tsx'
import { EntityTable, useEntityList } from '@/components/entity-table.tsx'

/** What was deleted in the last days, with whom and when; each can be brought back. */
export const DeletedList = ({ toolbar }: { toolbar: ReactNode }) => {
  const t = useTranslations('dashboardList')
  const list = useEntityList<DeletedView>({
    queryKey: ['dashboards', 'deleted'],
    defaultSort: '-deletedTime',
    load: listDeleted,
  })
  const [asked, setAsked] = useState<DeletedView | null>(null)
  const restore = useRestore()
  const title = asked?.title ?? ''
  return (
    <>
      <EntityTable
        name="deleted-dashboards"
        list={list}
        words={{
          title: t('place.deleted'),
          search: t('searchDeleted'),
          none: t('noDeleted'),
          noneText: t('noDeletedText'),
          noneFound: t('noneFound'),
        }}
        icon={<Trash2 />}
        columns={useDeletedColumns((one) => restore.mutate(one))}
        rowId={({ id }) => id.id}
        // There is nothing to look at until it is back, and a stray click brings nothing back.
        open={() => undefined}
        rowClass={() => 'cursor-default'}
        toolbar={toolbar}
        rowActions={(one) => (
          <ActionsMenu inRow label={t('actionsFor', { title: one.title })}>
            <MenuItem onSelect={() => restore.mutate(one)}>
              <ArchiveRestore />
              {t('bringBack')}
            </MenuItem>
            <MenuItem danger onSelect={() => setAsked(one)}>
              <Trash2 />
              {t('forget')}
            </MenuItem>
          </ActionsMenu>
        )}
        bulk={{
          nameOf: (one) => one.title,
          remove: forgetDashboard,
          queryKey: ['dashboards'],
          more: (rows) => <RestoreChosen rows={rows} />,
        }}
      />
      <DeleteDialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        texts={{
          title: t('forgetTitle', { title }),
          submit: t('forget'),
          done: t('forgotten', { title }),
          failed: t('forgetFailed'),
        }}
        remove={() => forgetDashboard(asked?.id.id ?? '')}
        queryKey={['dashboards']}
      >
        {t('forgetText')}
      </DeleteDialog>
    </>
  )
}

const useRestore = () => {
  const t = useTranslations('dashboardList')
  const router = useRouter()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (one: DeletedView) => restoreDashboard(one.id.id),
    onSuccess: (_info, { id, title }) =>
      toast.undoable(t('restored', { title }), t('open'), () => router.push(`/dashboards/${id.id}`)),
    onError: (error) => toast.failed(t('restoreFailed'), error.message),
    onSettled: () => client.invalidateQueries({ queryKey: ['dashboards'] }),
  })
}

const RestoreChosen = ({ rows }: { rows: readonly DeletedView[] }) => {
  const t = useTranslations('dashboardList')
  return (
    <BulkRun
      rows={rows.map(({ id, title }) => ({ id: id.id, name: title }))}
      icon={<ArchiveRestore />}
      words={(count) => ({
        action: t('bringBack'),
        title: t('restoreTitle', { count }),
        text: t('restoreText'),
        submit: t('bringBack'),
        done: t('restoredOne'),
        allDone: t('restoredAll', { count }),
      })}
      run={restoreDashboard}
      queryKey={['dashboards']}
    />
  )
}

const useDeletedColumns = (restore: (one: DeletedView) => void): Column<DeletedView>[] => {
  const t = useTranslations('dashboardList')
  return [
    {
      id: 'title',
      header: t('name'),
      fixed: true,
      onPhone: true,
      sortable: true,
      csv: (one) => one.title,
      cell: (one) => <span className="line-clamp-2 font-medium break-words">{one.title}</span>,
    },
    {
      id: 'deletedTime',
      header: t('deletedAt'),
      sortable: true,
      csv: (one) => new Date(one.deletedTime).toISOString(),
      className: 'text-ink-2 whitespace-nowrap tabular-nums',
      cell: (one) => <Timestamp ts={one.deletedTime} />,
    },
    {
      id: 'deletedBy',
      header: t('deletedBy'),
      csv: (one) => one.deletedBy?.name ?? '',
      className: 'text-ink-2 max-w-48 truncate',
      cell: (one) => one.deletedBy?.name ?? <span className="text-ink-3">—</span>,
    },
    {
      id: 'forgottenTime',
      header: t('forgottenAt'),
      csv: (one) => new Date(one.forgottenTime).toISOString(),
      className: 'text-ink-2 whitespace-nowrap tabular-nums',
      cell: (one) => <Timestamp ts={one.forgottenTime} />,
    },
    {
      id: 'widgets',
      header: t('widgets'),
      align: 'right',
      csv: (one) => one.widgets,
      cell: (one) => one.widgets,
    },
    {
      id: 'restore',
      header: '',
      align: 'right',
      onPhone: true,
      cell: (one) => (
        <Button size="sm" onClick={() => restore(one)}>
          <ArchiveRestore />
          <span className="max-sm:sr-only">{t('bringBack')}</span>
          <span className="sr-only">{one.title}</span>
        </Button>
      ),
    },
  ]
}
