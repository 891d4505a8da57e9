'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { EntityId } from '@thingwire/contracts'
import { Badge } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { listAlarms } from '@/api/alarms.ts'
import { useLive } from '@/live/live-provider.tsx'
import { toAlarmQuery, toLiveQuery, usualFilter } from './alarm-filter.ts'

const refreshMs = 30_000
const link = { page: 0, pageSize: 1, sortProperty: 'createdTime', sortOrder: 'DESC' as const }
const nobody = { userId: '', nowMs: 0, viewerZone: 'UTC' }

/** How many alarms of an entity are active; nothing while there are none. */
export const ActiveAlarms = ({ of }: { of: EntityId }) => {
  const t = useTranslations('alarms')
  const client = useQueryClient()
  const queryKey = ['alarms', 'active', of.id]
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }) =>
      (await listAlarms(of, toAlarmQuery(usualFilter, link, nobody), signal)).totalElements,
    refetchInterval: refreshMs,
  })
  useLive({ kind: 'alarms', query: toLiveQuery(usualFilter, link, { ...nobody, of }) }, (change) => {
    if (change.kind === 'alarms' && change.page) client.setQueryData<number>(queryKey, change.page.totalElements)
  })
  if (!query.data) return null
  return (
    <Badge tone="danger" className="px-1.5 tabular-nums">
      <span aria-hidden>{query.data}</span>
      <span className="sr-only">{t('activeCount', { count: query.data })}</span>
    </Badge>
  )
}
