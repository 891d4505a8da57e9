'use client'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { Badge, type Column, DataTable, StatusDot, TableMessage } from '@thingwire/ui'
import { Router, SearchX } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type GatewayChild, listGatewayChildren } from '@/api/entities.ts'
import type { Page as PageOf } from '@/api/entities.ts'
import { Age } from '@/components/age.tsx'
import { useTableTexts } from '@/components/table-texts.ts'
import { useTableUrl } from '@/components/table-url.ts'
import { useLiveActive } from '@/live/use-active.ts'
import { LoadError } from '@/shell/page.tsx'

const useColumns = (): Column<GatewayChild>[] => {
  const t = useTranslations('children')
  const devices = useTranslations('devices')
  const state = (child: GatewayChild) => (child.active ? devices('active') : devices('inactive'))
  return [
    {
      id: 'name',
      header: t('name'),
      fixed: true,
      onPhone: true,
      sortable: true,
      csv: (child) => child.name,
      cell: (child) => (
        <Link href={`/devices/${child.id}`} className="font-medium text-ink hover:text-accent-text">
          {child.name}
        </Link>
      ),
    },
    {
      id: 'active',
      header: t('state'),
      onPhone: true,
      csv: state,
      cell: (child) => (
        <span className="inline-flex items-center gap-2 text-ink-2">
          <StatusDot tone={child.active ? 'ok' : 'neutral'} />
          {state(child)}
        </span>
      ),
    },
    {
      id: 'type',
      header: t('profile'),
      sortable: true,
      csv: (child) => child.type,
      cell: (child) => <Badge>{child.type}</Badge>,
    },
    {
      id: 'lastActivityTime',
      header: t('activity'),
      csv: (child) => (child.lastActivityTime ? new Date(child.lastActivityTime).toISOString() : ''),
      className: 'text-ink-2 tabular-nums',
      cell: (child) => (child.lastActivityTime ? <Age ts={child.lastActivityTime} /> : null),
    },
  ]
}

/** The devices that came by a gateway; new ones appear by themselves. */
export const GatewayChildren = ({ gatewayId }: { gatewayId: string }) => {
  const t = useTranslations('children')
  const router = useRouter()
  const columns = useColumns()
  const texts = useTableTexts(t('search'))
  const table = useTableUrl('name')
  const client = useQueryClient()
  const queryKey = ['device', gatewayId, 'children', table.link]
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => listGatewayChildren(gatewayId, table.link, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })
  useLiveActive(
    (query.data?.data ?? []).map((child) => child.id),
    (id, active) =>
      client.setQueryData<PageOf<GatewayChild>>(queryKey, (known) =>
        known?.data.some((child) => child.id === id && child.active !== active)
          ? { ...known, data: known.data.map((child) => (child.id === id ? { ...child, active } : child)) }
          : known,
      ),
  )
  return (
    <div className="flex min-h-0 flex-1 flex-col pt-3">
      <DataTable
        name="gateway-children"
        label={t('title')}
        columns={columns}
        rows={query.data?.data}
        total={query.data?.totalElements ?? 0}
        isRefreshing={query.isPlaceholderData}
        state={table.state}
        onStateChange={table.onStateChange}
        rowId={(child) => child.id}
        onOpen={(child) => router.push(`/devices/${child.id}`)}
        texts={texts}
        {...(query.error && !query.data
          ? { error: <LoadError error={query.error} retry={() => void query.refetch()} /> }
          : {})}
        empty={
          table.state.search ? (
            <TableMessage icon={<SearchX />} title={t('noneFound')} />
          ) : (
            <TableMessage icon={<Router />} title={t('none')} text={t('noneText')} />
          )
        }
      />
    </div>
  )
}
