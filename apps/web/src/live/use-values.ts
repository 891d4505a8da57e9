'use client'
import type { AttributeScope, EntityId, LivePoint } from '@thingwire/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { AttributeView } from '@/api/telemetry.ts'
import { getAttributes, getLatest } from '@/api/telemetry.ts'
import { useLive } from './live-provider.tsx'
import { type Latest, mergeLatest, patchAttributes } from './patch.ts'

const latestKey = (id: string) => ['device', id, 'latest'] as const
const attributesKey = (id: string, scope: AttributeScope) => ['device', id, 'attributes', scope] as const

/** Newest value of every key of a device: REST first, then patched by live updates. */
export const useLatestValues = (entityId: EntityId) => {
  const client = useQueryClient()
  const { id } = entityId
  const query = useQuery({
    queryKey: latestKey(id),
    queryFn: async ({ signal }) => {
      const data = await getLatest(id, signal)
      const points = Object.entries(data).flatMap(([key, [point]]): [string, LivePoint][] =>
        point && point.value !== null ? [[key, [point.ts, point.value]]] : [],
      )
      return mergeLatest(client.getQueryData<Latest>(latestKey(id)), Object.fromEntries(points))
    },
  })
  useLive({ kind: 'latest', entityId }, (change) => {
    if (change.kind !== 'latest') return
    client.setQueryData<Latest>(latestKey(id), (known) => mergeLatest(known, change.values))
  })
  return query
}

/** Attributes of one scope: REST first, then patched by live updates. */
export const useAttributes = (entityId: EntityId, scope: AttributeScope) => {
  const client = useQueryClient()
  const { id } = entityId
  const query = useQuery({
    queryKey: attributesKey(id, scope),
    queryFn: ({ signal }) => getAttributes(id, scope, signal),
  })
  useLive({ kind: 'attributes', entityId, scope }, (change) => {
    if (change.kind !== 'attributes') return
    client.setQueryData<AttributeView[]>(attributesKey(id, scope), (known) => patchAttributes(known, scope, change))
  })
  const refresh = () => client.invalidateQueries({ queryKey: attributesKey(id, scope) })
  return { query, refresh }
}
