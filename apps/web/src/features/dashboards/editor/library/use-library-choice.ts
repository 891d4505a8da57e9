'use client'
import { useQuery } from '@tanstack/react-query'
import { readDashboard } from '@thingwire/dashboards'
import { suggestWidgets } from '@thingwire/dashboards/edit'
import { findWidget } from '@thingwire/widgets/manifests'
import { useMemo } from 'react'
import { countAlarms, getKeySummaries } from '@/api/key-summaries.ts'
import { useBoard, useStateScope } from '../../board/board-context.ts'
import { resolveAlias } from '../../data/resolve.ts'
import type { LibraryData } from './library-data.ts'

const most = 12

/** What is known of the chosen data, and the widgets that suit them best. `keys`: those alone; empty: all. */
export const useLibraryChoice = (data: LibraryData | null, keys: ReadonlySet<string>) => {
  const { filterValues, picks } = useBoard()
  const { stack } = useStateScope()
  const resolved = useMemo(() => {
    if (!data) return null
    const { document } = readDashboard({
      entityAliases: { [data.aliasId]: { ...data, alias: data.name, id: data.aliasId } },
    })
    const answer = resolveAlias(data.aliasId, { document, stack, filters: filterValues, picks })
    return answer.status === 'ready' ? answer.question.entityFilter : null
  }, [data, stack, filterValues, picks])
  const query = useQuery({
    queryKey: ['library-data', resolved],
    queryFn: async ({ signal }) => {
      if (!resolved) return null
      const [summary, alarms] = await Promise.all([getKeySummaries(resolved, signal), countAlarms(resolved, signal)])
      return { summary, hasAlarms: alarms > 0 }
    },
    enabled: resolved !== null,
    staleTime: 30_000,
    retry: false,
  })
  return useMemo(() => {
    const known = query.data
    const chosen =
      data && known
        ? {
            data,
            all: known.summary,
            summary: narrowed(known.summary, keys),
            suggestions: suggestWidgets(
              { ...data, keys: narrowed(known.summary, keys), hasAlarms: known.hasAlarms },
              (fqn) => findWidget(fqn) !== undefined,
              most,
            ),
          }
        : null
    return {
      chosen,
      /** The alias finds nobody here: a state has to be opened for an entity, say. */
      isUnresolved: data !== null && resolved === null,
      isLoading: query.isLoading,
      error: query.error,
      retry: () => void query.refetch(),
    }
  }, [data, keys, query, resolved])
}

type Summaries = Awaited<ReturnType<typeof getKeySummaries>>

const narrowed = (summary: Summaries, keys: ReadonlySet<string>): Summaries =>
  keys.size === 0
    ? summary
    : {
        ...summary,
        timeseries: summary.timeseries.filter(({ key }) => keys.has(key)),
        attributes: summary.attributes.filter(({ key }) => keys.has(key)),
      }
