'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Badge, type Column, DataTable, TableMessage } from '@thingwire/ui'
import { LayoutDashboard, SearchX } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { listDashboards } from '@/api/entities.ts'
import type { DashboardView } from '@/api/entities.ts'
import { Timestamp } from '@/components/age.tsx'
import { useTableTexts } from '@/components/table-texts.ts'
import { useTableUrl } from '@/components/table-url.ts'
import { useUser } from '@/session/session-provider.tsx'
import { LoadError, Page } from '@/shell/page.tsx'

export const DashboardList = () => {
  const t = useTranslations('dashboards')
  const user = useUser()
  const router = useRouter()
  const texts = useTableTexts(t('search'))
  const table = useTableUrl('title')
  const query = useQuery({
    queryKey: ['dashboards', table.link],
    queryFn: ({ signal }) => listDashboards(user, table.link, signal),
    placeholderData: keepPreviousData,
  })
  const columns: Column<DashboardView>[] = [
    {
      id: 'title',
      header: t('name'),
      fixed: true,
      onPhone: true,
      sortable: true,
      csv: (dashboard) => dashboard.title,
      cell: (dashboard) => (
        <Link
          href={`/dashboards/${dashboard.id.id}`}
          className="inline-flex items-center gap-2.5 font-medium hover:text-accent-text"
        >
          <LayoutDashboard aria-hidden className="size-4 stroke-[1.75] text-ink-3" />
          {dashboard.title}
        </Link>
      ),
    },
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
    {
      id: 'createdTime',
      header: t('created'),
      sortable: true,
      csv: (dashboard) => new Date(dashboard.createdTime).toISOString(),
      className: 'text-ink-2 tabular-nums',
      cell: (dashboard) => <Timestamp ts={dashboard.createdTime} />,
    },
  ]
  return (
    <Page fixed crumbs={[{ label: t('title') }]}>
      <DataTable
        name="dashboards"
        label={t('title')}
        columns={columns}
        rows={query.data?.data}
        total={query.data?.totalElements ?? 0}
        isRefreshing={query.isPlaceholderData}
        state={table.state}
        onStateChange={table.onStateChange}
        rowId={(dashboard) => dashboard.id.id}
        onOpen={(dashboard) => router.push(`/dashboards/${dashboard.id.id}`)}
        texts={texts}
        {...(query.error && !query.data
          ? { error: <LoadError error={query.error} retry={() => void query.refetch()} /> }
          : {})}
        empty={
          table.state.search ? (
            <TableMessage icon={<SearchX />} title={t('noneFound')} />
          ) : (
            <TableMessage icon={<LayoutDashboard />} title={t('none')} text={t('noneText')} />
          )
        }
      />
    </Page>
  )
}
