'use client'
import { type EntityParam, type StateEntry, writeStateParams } from '@thingwire/dashboards'
import { useMemo } from 'react'
import { useWidgetHost } from '../host/host-context.tsx'
import type { Viewer, WidgetHost } from '../host/host.ts'
import type { WidgetSeries } from '../widget.ts'

/** What code of files may look at of its widget, as plain values; the sandbox makes of it the context that such code knows. */
export type FunctionContext = {
  /** The stack of states, the one that is shown last, with parameters as links have them. */
  states: readonly { id: string; params: Readonly<Record<string, unknown>> }[]
  isMobile: boolean
  user: Viewer | null
  /** By source. */
  actions: Readonly<Record<string, readonly { id: string; name: string; displayName: string; source: string }[]>>
  datasources: readonly (EntityParam & { entity: object; entityType: string; name: string; aliasName: string })[]
}

const askedSources = ['elementClick', 'headerButton', 'actionCellButton', 'rowClick'] as const

const statesOf = (stack: readonly StateEntry[]): FunctionContext['states'] =>
  stack.map(({ id, params }) => ({ id, params: writeStateParams(params) }))

/** The `datasources` of a context: each entity that the widget shows. */
export const entitiesOf = (series: readonly WidgetSeries[]): FunctionContext['datasources'] => {
  const first = new Map(series.map((one) => [`${one.datasource} ${one.entity.id.id}`, one] as const).reverse())
  return [...first.values()].reverse().map(({ entity, datasourceName }) => ({
    entity: { id: entity.id, name: entity.name, label: entity.label, type: entity.type },
    entityId: entity.id,
    entityType: entity.id.entityType,
    entityName: entity.name,
    entityLabel: entity.label || entity.name,
    name: entity.name,
    aliasName: datasourceName,
  }))
}

/** @param series what the widget shows, whose entities are the `datasources` of the context */
export const functionContextOf = (
  { board, viewer, actions }: Pick<WidgetHost, 'board' | 'viewer' | 'actions'>,
  series: readonly WidgetSeries[] = [],
): FunctionContext => ({
  states: statesOf(board.stack),
  isMobile: board.isPhone,
  user: viewer.user,
  actions: Object.fromEntries(
    askedSources.map((source) => [
      source,
      actions.of(source).map(({ id, name }) => ({ id, name, displayName: name, source })),
    ]),
  ),
  datasources: entitiesOf(series),
})

/** The same until the state, the viewer or the widget changes. */
export const useFunctionContext = (): FunctionContext => {
  const { board, viewer, actions } = useWidgetHost()
  return useMemo(() => functionContextOf({ board, viewer, actions }), [board, viewer, actions])
}
