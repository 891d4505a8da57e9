'use client'
import { Badge, type Column } from '@thingwire/ui'
import { LayoutDashboard } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { listDashboards } from '@/api/entities.ts'
import type { DashboardView } from '@/api/entities.ts'
import { nameColumn, useCreatedColumn } from '@/components/entity-columns.tsx'
import { EntityTable, useEntityList, useEntityWords } from '@/components/entity-table.tsx'
import { useUser } from '@/session/session-provider.tsx'
import { Page } from '@/shell/page.tsx'

const pathOf = (dashboard: DashboardView) => `/dashboards/${dashboard.id.id}`

export const DashboardList = () => {
  const t = useTranslations('dashboards')
  const user = useUser()
  const list = useEntityList<DashboardView>({
    queryKey: ['dashboards'],
    defaultSort: 'title',
    load: (link, signal) => listDashboards(user, link, signal),
  })
  const columns: Column<DashboardView>[] = [
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
  return (
    <Page fixed crumbs={[{ label: t('title') }]}>
      <EntityTable
        name="dashboards"
        list={list}
        words={useEntityWords('dashboards')}
        icon={<LayoutDashboard />}
        columns={columns}
        rowId={(dashboard) => dashboard.id.id}
        open={pathOf}
      />
    </Page>
  )
}
