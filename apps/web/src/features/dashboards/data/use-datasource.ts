'use client'
import type { EntityCountQuery } from '@thingwire/contracts'
import type { DashboardDatasource, DashboardDocument, DashboardWidget, StateEntry } from '@thingwire/dashboards'
import { useMemo } from 'react'
import { useDashboardData } from './data-provider.tsx'
import { type FilterValues, resolveDatasource } from './resolve.ts'
import { useUnresolvedText } from './use-unresolved-text.ts'

type DatasourceAnswer =
  | {
      status: 'ready'
      datasource: DashboardDatasource
      /** Which entities: what any query of them begins with. */
      query: EntityCountQuery
      /** Only the first entity counts. */
      single: boolean
      /** Of the alias, else of the datasource. */
      name: string
    }
  | { status: 'empty'; reason: string }

type Request = {
  widget: Pick<DashboardWidget, 'datasources' | 'alarmSource'>
  document: Pick<DashboardDocument, 'aliases' | 'filters'>
  stack: readonly StateEntry[]
  filters: FilterValues
}

/** The question that a datasource of a widget is, for those who turn its pages themselves; or why it is none. */
export const useDatasource = (
  { widget, document, stack, filters }: Request,
  which: number | 'alarmSource',
): DatasourceAnswer => {
  const { picks } = useDashboardData()
  const say = useUnresolvedText()
  return useMemo(() => {
    const datasource = which === 'alarmSource' ? widget.alarmSource : widget.datasources[which]
    if (!datasource) return { status: 'empty', reason: say({ reason: 'noDatasource' }) }
    const resolved = resolveDatasource(datasource, { document, stack, filters, picks })
    if (resolved.status === 'unresolved') return { status: 'empty', reason: say(resolved) }
    const { question, single, name } = resolved
    return { status: 'ready', datasource, query: question, single, name: name || datasource.name }
  }, [widget, document, stack, filters, picks, which, say])
}
