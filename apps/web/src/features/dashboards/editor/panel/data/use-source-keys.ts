'use client'
import { useQuery } from '@tanstack/react-query'
import { getKeySummaries } from '../../../../../api/key-summaries.ts'
import { useBoard, useStateScope } from '../../../board/board-context.ts'
import { useDashboardData } from '../../../data/data-provider.tsx'
import { resolveDatasource } from '../../../data/resolve.ts'
import type { Json } from '../../side/json.ts'

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** What keys the entities of a source have, as it finds them on the board now. */
export const useSourceKeys = (source: Json) => {
  const { document, filterValues } = useBoard()
  const { stack } = useStateScope()
  const { picks } = useDashboardData()
  const [entityAliasId, deviceId] = [textOf(source.entityAliasId), textOf(source.deviceId)]
  const resolved = resolveDatasource(
    {
      type: deviceId === null ? 'entity' : 'device',
      name: '',
      entityAliasId: deviceId === null ? entityAliasId : null,
      deviceId,
      filterId: null,
    },
    { document, stack, filters: filterValues, picks },
  )
  const filter = resolved.status === 'ready' ? resolved.question.entityFilter : null
  return useQuery({
    queryKey: ['key-summaries', filter],
    queryFn: ({ signal }) => (filter ? getKeySummaries(filter, signal) : null),
    enabled: filter !== null,
    staleTime: 30_000,
    retry: false,
  })
}
