import type { WidgetKind } from '../../document/model.ts'
import { isRecord, type JsonRecord, recordOf } from '../../read.ts'
import { configurationCommand } from '../command.ts'
import { type JsonPath, withMember, withMembers, without, withValueAt } from '../json.ts'
import type { Command, LayoutAddress } from '../model.ts'
import { columnsOf, gridAt, gridsOfLayout, widgetOf, withGrid, withWidget } from '../parts.ts'
import { titleOfOne } from './layout.ts'
import { flowOf, reflowed, withFlow } from '../grid/reflow.ts'
import { withoutOrphans, withoutPlaces } from './orphans.ts'
import { withPlaces } from './places.ts'

/** A widget that is to be added; of a manifest's defaults, or ready-made. */
export type NewWidget = {
  id: string
  typeFullFqn: string
  type: WidgetKind
  title: string
  /** In columns of a grid of 24. */
  sizeX: number
  sizeY: number
  /** Members of `config` beside those that every widget has. */
  config?: JsonRecord
}

/** The JSON of a new widget. */
export const widgetJson = (widget: NewWidget): JsonRecord => ({
  id: widget.id,
  typeFullFqn: widget.typeFullFqn,
  type: widget.type,
  sizeX: widget.sizeX,
  sizeY: widget.sizeY,
  row: 0,
  col: 0,
  config: {
    title: widget.title,
    showTitle: widget.title !== '',
    datasources: [],
    useDashboardTimewindow: true,
    enableFullscreen: true,
    dropShadow: true,
    settings: {},
    ...widget.config,
  },
})

/** Sizes are in columns of a grid of 24. */
const scaledTo = (grid: JsonRecord | null, sizeX: number): number =>
  Math.max(1, Math.round((sizeX * columnsOf(grid)) / 24))

/**
 * Adds a widget; in all grids of the layout.
 * @param place null: the first free one
 */
export const addWidget = (
  widget: NewWidget,
  at: LayoutAddress,
  place: { col: number; row: number; sizeX?: number; sizeY?: number } | null = null,
): Command =>
  configurationCommand({ key: 'addWidget', title: widget.title }, (configuration) => {
    const grid = gridAt(configuration, at)
    if (!grid) return configuration
    const size = { sizeX: place?.sizeX ?? scaledTo(grid, widget.sizeX), sizeY: place?.sizeY ?? widget.sizeY }
    const added = withWidget(configuration, widget.id, widgetJson(widget))
    const box = { ...size, ...(place && { col: place.col, row: place.row }) }
    return withPlaces(added, at, new Map([[widget.id, box]]))
  })

/**
 * Removes widgets from a layout, in all its grids; those that stand nowhere else (references) are gone, containers with
 * what is in them.
 */
export const removeWidgets = (at: Omit<LayoutAddress, 'breakpoint'>, ids: readonly string[]): Command =>
  configurationCommand({ key: 'removeWidgets', count: ids.length, title: titleOfOne(ids) }, (configuration) => {
    const grids = gridsOfLayout(configuration, at.stateId, at.layout)
    const left = grids.reduce((now, one) => withoutPlaces(now, one, ids), configuration)
    return left === configuration ? configuration : withoutOrphans(configuration, left)
  })

/** Takes widgets out of one grid alone: they are not shown at those widths. */
export const hideAtBreakpoint = (at: LayoutAddress, ids: readonly string[]): Command =>
  configurationCommand({ key: 'removeWidgets', count: ids.length, title: titleOfOne(ids) }, (configuration) => {
    const left = withoutPlaces(configuration, at, ids)
    const grid = gridAt(left, at)
    if (!grid || left === configuration) return configuration
    const flow = flowOf(grid)
    const hidden = flow
      ? withGrid(left, at, withFlow(grid, { ...flow, hidden: [...new Set([...flow.hidden, ...ids])] }))
      : left
    return withoutOrphans(configuration, reflowed(configuration, hidden))
  })

const changedWidget = (
  configuration: JsonRecord,
  id: string,
  change: (widget: JsonRecord) => JsonRecord,
): JsonRecord => {
  const widget = widgetOf(configuration, id)
  return widget ? withWidget(configuration, id, change(widget)) : configuration
}

export type MemberValue = { path: JsonPath; value: unknown }

/**
 * Sets members of widgets, by the path from the widget down (`['config', 'title']`); undefined takes one out. Repeated
 * changes of the same members are one step.
 */
export const setMembers = (ids: readonly string[], members: readonly MemberValue[]): Command =>
  configurationCommand(
    {
      key: 'changeWidget',
      count: ids.length,
      title: titleOfOne(ids),
      join: `set ${ids.join(' ')} ${members.map(({ path }) => path.join('/')).join(' ')}`,
    },
    (configuration) =>
      ids.reduce(
        (now, id) =>
          changedWidget(now, id, (widget) =>
            members.reduce((one, { path, value }) => recordOf(withValueAt(one, path, value)), widget),
          ),
        configuration,
      ),
  )

export const setMember = (id: string, path: JsonPath, value: unknown): Command => setMembers([id], [{ path, value }])

/** The widget as it was written in the JSON view; its id stays. */
export const setWidgetJson = (id: string, json: JsonRecord): Command =>
  configurationCommand({ key: 'changeWidget', title: titleOfOne([id]), join: `json ${id}` }, (configuration) =>
    changedWidget(configuration, id, () => withMember(json, 'id', id)),
  )

/** What stays when a widget becomes one of another type: its card, sources, actions, window; not its settings. */
const typeBound = ['settings', 'legendConfig', 'showLegend', 'configMode']

/** Makes another widget of it; sources, title, place and actions stay. */
export const replaceType = (id: string, to: { typeFullFqn: string; type: WidgetKind; config?: JsonRecord }): Command =>
  configurationCommand({ key: 'replaceType', title: titleOfOne([id]) }, (configuration) =>
    changedWidget(configuration, id, (widget) => {
      const config = recordOf(widget.config)
      const { datasources, ...defaults } = to.config ?? {}
      const kept = without(config, typeBound)
      const hasSources = Array.isArray(config.datasources) && config.datasources.length > 0
      const alarms = alarmSourceFor(to.type, config)
      return withMembers(widget, {
        typeFullFqn: to.typeFullFqn,
        type: to.type,
        config: {
          ...defaults,
          ...kept,
          ...alarms,
          datasources: hasSources ? config.datasources : (datasources ?? []),
          settings: recordOf(defaults.settings),
        },
      })
    }),
  )

/** Alarm widgets have one source of their own; what showed an alias before, shows the alarms of it. */
const alarmSourceFor = (type: WidgetKind, config: JsonRecord): JsonRecord => {
  if (type !== 'alarm' || isRecord(config.alarmSource)) return {}
  const [source] = Array.isArray(config.datasources) ? (config.datasources as unknown[]) : []
  return isRecord(source) ? { alarmSource: { ...source, dataKeys: [] } } : {}
}
