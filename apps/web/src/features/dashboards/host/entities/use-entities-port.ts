'use client'
import type { EntityData } from '@thingwire/contracts'
import type { DashboardWidget } from '@thingwire/dashboards'
import type { EntityPage, EntityRow, WidgetHost } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useState } from 'react'
import { findEntities } from '@/api/entities.ts'
import { useConnectionState, useLiveClient } from '@/live/live-provider.tsx'
import { useBoard, useStateScope } from '../../board/board-context.ts'
import { useDatasource } from '../../data/use-datasource.ts'
import { type PageQuery, pageQuery, rowOf } from './page-query.ts'

/** What the server answered to a question; `asked` tells whether it is still the one that is asked. */
type Known = {
  asked: string
  refused: string | null
  page: { rows: ReadonlyMap<string, EntityRow>; total: number } | null
}

const rowsOf = (data: readonly EntityData[]) => new Map(data.map((one) => [one.entityId.id, rowOf(one)]))

/** What the pages of one widget are asked of, and the question that was asked last by each datasource. */
type Place = {
  widget: DashboardWidget
  document: ReturnType<typeof useBoard>['document']
  stack: ReturnType<typeof useStateScope>['stack']
  filters: ReturnType<typeof useBoard>['filterValues']
  asked: Map<number, PageQuery>
}

const pagesOf = (place: Place): WidgetHost['entities']['usePage'] => {
  const usePage: WidgetHost['entities']['usePage'] = (request) => {
    const answer = useDatasource(place, request.datasource)
    const query = useMemo(
      () => (answer.status === 'ready' ? pageQuery(answer.query, answer.datasource, request) : null),
      [answer, request],
    )
    useEffect(() => {
      if (query) place.asked.set(request.datasource, query)
      else place.asked.delete(request.datasource)
    }, [query, request.datasource])
    return useLivePage(query, answer.status === 'empty' ? answer.reason : null)
  }
  return usePage
}

/** Every row of what a datasource shows, as it is searched and sorted. */
const allOf = async (
  { asked }: Place,
  request: Parameters<WidgetHost['entities']['all']>[0],
  signal: AbortSignal | undefined,
): Promise<EntityRow[]> => {
  const shown = asked.get(request.datasource)
  if (!shown) return []
  const rows: EntityRow[] = []
  const sortOrder = request.sort ?? shown.query.pageLink.sortOrder
  for (let page = 0; ; page++) {
    const pageLink = { page, pageSize: exportPageSize, textSearch: request.search || null, sortOrder }
    const { data, hasNext } = await findEntities({ ...shown.query, pageLink }, signal)
    rows.push(...data.map((one) => rowOf(one)))
    if (!hasNext) return rows
  }
}

/** Pages of the entities of one widget's datasources. */
export const useEntitiesPort = (widget: DashboardWidget): WidgetHost['entities'] => {
  const { document, filterValues } = useBoard()
  const { stack } = useStateScope()
  return useMemo(() => {
    const place: Place = { widget, document, stack, filters: filterValues, asked: new Map() }
    return { usePage: pagesOf(place), find: findEntities, all: (request, signal) => allOf(place, request, signal) }
  }, [widget, document, stack, filterValues])
}

const exportPageSize = 1_000

const useLivePage = (query: PageQuery | null, empty: string | null): EntityPage => {
  const t = useTranslations('board')
  const client = useLiveClient()
  const { status: connection, since } = useConnectionState()
  const asked = useMemo(() => (query ? JSON.stringify(query) : ''), [query])
  const [known, setKnown] = useState<Known | null>(null)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    if (!client || asked === '') return
    const { query: question, keys } = JSON.parse(asked) as PageQuery
    return client.subscribe({ kind: 'entity-data', query: question, keys, series: [] }, (change) => {
      if (change.kind === 'refused') setKnown({ asked, refused: change.message, page: null })
      if (change.kind !== 'entity-data') return
      setKnown((before) => {
        const whole = change.page ? { rows: rowsOf(change.page.data), total: change.page.totalElements } : null
        const page = whole ?? (before?.asked === asked ? before.page : null)
        if (!page) return before
        if (change.changed.length === 0) return { asked, refused: null, page }
        const rows = new Map(page.rows)
        for (const one of change.changed) {
          const row = rows.get(one.entityId.id)
          if (row) rows.set(one.entityId.id, rowOf(one, row))
        }
        return { asked, refused: null, page: { ...page, rows } }
      })
    })
  }, [client, asked, attempt])
  const rows = useMemo(() => [...(known?.page?.rows.values() ?? [])], [known])
  if (empty !== null) return { status: 'empty', reason: empty }
  if (known?.refused && known.asked === asked)
    return { status: 'failed', reason: known.refused, retry: () => setAttempt((n) => n + 1) }
  if (!known?.page) return { status: 'loading' }
  const isLoadingNext = known.asked !== asked
  if (known.page.total === 0 && !isLoadingNext && query?.query.pageLink.textSearch === null)
    return { status: 'empty', reason: t('noData') }
  return {
    status: 'ready',
    rows,
    total: known.page.total,
    isLoadingNext,
    staleSince: connection === 'lost' ? since : null,
  }
}
