'use client'
import { Badge, type Column } from '@thingwire/ui'
import { Router } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type GatewayChild, listGatewayChildren } from '@/api/entities.ts'
import { Age } from '@/components/age.tsx'
import { nameColumn, useActiveColumn } from '@/components/entity-columns.tsx'
import { EntityTable, useEntityList, useEntityWords } from '@/components/entity-table.tsx'
import { useLiveRows } from '@/components/live-rows.ts'

const pathOf = (child: GatewayChild) => `/devices/${child.id}`

const useColumns = (): Column<GatewayChild>[] => {
  const t = useTranslations('children')
  return [
    nameColumn({ id: 'name', header: t('name'), text: (child) => child.name, href: pathOf }),
    useActiveColumn(),
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
  const columns = useColumns()
  const list = useEntityList<GatewayChild>({
    queryKey: ['device', gatewayId, 'children'],
    defaultSort: 'name',
    load: (link, signal) => listGatewayChildren(gatewayId, link, signal),
    refreshMs: 5_000,
  })
  useLiveRows(list, (child) => child.id)
  return (
    <EntityTable
      name="gateway-children"
      list={list}
      words={useEntityWords('children')}
      icon={<Router />}
      columns={columns}
      rowId={(child) => child.id}
      open={pathOf}
    />
  )
}
