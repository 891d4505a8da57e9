'use client'
import { Badge, Button, type Column } from '@thingwire/ui'
import { LayoutDashboard, Shapes, Upload } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { parseAsBoolean, useQueryState } from 'nuqs'
import { useState } from 'react'
import { deleteDashboard } from '@/api/dashboards.ts'
import { listDashboards } from '@/api/entities.ts'
import type { DashboardView } from '@/api/entities.ts'
import { DeleteDialog } from '@/components/delete-dialog.tsx'
import { nameColumn, useCreatedColumn } from '@/components/entity-columns.tsx'
import { EntityTable, useEntityList, useEntityWords } from '@/components/entity-table.tsx'
import { useUser } from '@/session/session-provider.tsx'
import { Page } from '@/shell/page.tsx'
import { ImportDialog } from './files/import-dialog.tsx'
import { DashboardMenu } from './files/row-menu.tsx'
import { useDashboardImport } from './files/use-import.ts'

const pathOf = (dashboard: DashboardView) => `/dashboards/${dashboard.id.id}`

export const DashboardList = () => {
  const t = useTranslations('dashboards')
  const isAdministrator = useUser().authority === 'TENANT_ADMIN'
  const [isImporting, setImporting] = useQueryState('import', parseAsBoolean.withDefault(false))
  const work = useDashboardImport()
  const importButton = <ImportButton open={() => void setImporting(true)} />
  return (
    <Page
      fixed
      crumbs={[{ label: t('title') }]}
      actions={
        isAdministrator ? (
          <>
            <GalleryLink />
            {importButton}
          </>
        ) : null
      }
    >
      <Dashboards isAdministrator={isAdministrator} action={isAdministrator ? importButton : null} />
      {isAdministrator ? <ImportDialog open={isImporting} onClose={() => void setImporting(null)} work={work} /> : null}
    </Page>
  )
}

const ImportButton = ({ open }: { open: () => void }) => {
  const t = useTranslations('dashboardFiles')
  return (
    <Button onClick={open}>
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

const useColumns = (): Column<DashboardView>[] => {
  const t = useTranslations('dashboards')
  return [
    nameColumn({ id: 'title', header: t('name'), text: (dashboard) => dashboard.title, href: pathOf }),
    {
      id: 'customers',
      header: t('customers'),
      csv: (dashboard) => dashboard.assignedCustomers?.map((customer) => customer.title).join(', ') ?? '',
      cell: (dashboard) => (
        <span className="flex flex-wrap gap-1">
          {dashboard.assignedCustomers?.map((customer) => (
            <Badge key={customer.title}>{customer.title}</Badge>
          ))}
        </span>
      ),
    },
    useCreatedColumn(),
  ]
}

const Dashboards = ({ isAdministrator, action }: { isAdministrator: boolean; action: React.ReactNode }) => {
  const t = useTranslations('dashboardFiles')
  const user = useUser()
  const [removing, setRemoving] = useState<DashboardView | null>(null)
  const list = useEntityList<DashboardView>({
    queryKey: ['dashboards'],
    defaultSort: 'title',
    load: (link, signal) => listDashboards(user, link, signal),
  })
  const title = removing?.title ?? ''
  return (
    <>
      <EntityTable
        name="dashboards"
        list={list}
        words={useEntityWords('dashboards')}
        icon={<LayoutDashboard />}
        columns={useColumns()}
        rowId={(dashboard) => dashboard.id.id}
        open={pathOf}
        action={action}
        rowActions={(dashboard) => (
          <DashboardMenu dashboard={dashboard} remove={isAdministrator ? () => setRemoving(dashboard) : null} />
        )}
        bulk={
          isAdministrator
            ? {
                nameOf: (dashboard) => dashboard.title,
                remove: deleteDashboard,
                queryKey: ['dashboards'],
              }
            : undefined
        }
      />
      <DeleteDialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        texts={{
          title: t('deleteTitle', { title }),
          submit: t('deleteSubmit'),
          done: t('deleted', { title }),
          failed: t('deleteFailed'),
        }}
        remove={() => deleteDashboard(removing?.id.id ?? '')}
        queryKey={['dashboards']}
      >
        {t('deleteText')}
      </DeleteDialog>
    </>
  )
}
