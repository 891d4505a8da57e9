import type { WidgetKind } from '../../document/model.ts'
import { isRecord, type JsonRecord, recordOf } from '../../read.ts'
import { configurationCommand } from '../command.ts'
import { firstFree, inGrid } from '../grid/geometry.ts'
import { pushed } from '../grid/push.ts'
import { type JsonPath, own, withMember, withMembers, without, withValueAt } from '../json.ts'
import type { Box, Command, LayoutAddress } from '../model.ts'
import {
  allGrids,
  boxesOf,
  columnsOf,
  gridAt,
  gridsOfLayout,
  placementOf,
  placesOf,
  widgetOf,
  widgetsOf,
  withGrid,
  withWidget,
} from '../parts.ts'
import { lockedIn, titleOfOne, withBoxes } from './layout.ts'
import { withoutContainers } from './containers.ts'

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

/**
 * Puts a place for a widget into a grid: where it is told, with others making room in a pushing grid, else at the first
 * place that is free.
 */
export const withPlace = (
  grid: JsonRecord,
  id: string,
  size: { sizeX: number; sizeY: number },
  { at = null, members = {} }: { at?: { col: number; row: number } | null; members?: JsonRecord } = {},
): JsonRecord => {
  const columns = columnsOf(grid)
  const boxes = boxesOf(grid)
  const sizeX = Math.min(columns, Math.max(1, Math.round(size.sizeX)))
  const box: Box = at
    ? inGrid({ ...at, ...size, sizeX }, columns)
    : firstFree(boxes.values(), { sizeX, sizeY: Math.max(1, Math.round(size.sizeY)) }, columns)
  const added = withMember(grid, 'widgets', { ...placesOf(grid), [id]: { ...members, ...box } })
  if (!at || placementOf(grid) === 'free') return withBoxes(added, new Map([[id, box]]), [id])
  return withBoxes(added, pushed(boxes, new Map([[id, box]]), { columns, locked: lockedIn(grid) }), [id])
}

/** Puts a place into the grid of `at` as told, and at the first free place into every other grid of the same layout. */
export const withPlaces = (
  configuration: JsonRecord,
  at: LayoutAddress,
  id: string,
  size: { sizeX: number; sizeY: number },
  place: { at?: { col: number; row: number } | null; members?: JsonRecord } = {},
): JsonRecord => {
  const target = gridAt(configuration, at)
  if (!target) return configuration
  const all = gridsOfLayout(configuration, at.stateId, at.layout)
  return all.reduce((now, one) => {
    const grid = gridAt(now, one)
    if (!grid || own(placesOf(grid), id) !== undefined) return now
    if (one.breakpoint === at.breakpoint) return withGrid(now, one, withPlace(grid, id, size, place))
    const scale = columnsOf(grid) / columnsOf(target)
    const sized = { sizeX: Math.round(size.sizeX * scale * (one.breakpoint === 'xs' ? 2 : 1)), sizeY: size.sizeY }
    return withGrid(now, one, withPlace(grid, id, sized, place.members ? { members: place.members } : {}))
  }, configuration)
}

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
    return withPlaces(added, at, widget.id, size, { at: place })
  })

const withoutPlaces = (configuration: JsonRecord, at: LayoutAddress, ids: readonly string[]): JsonRecord => {
  const grid = gridAt(configuration, at)
  if (!grid) return configuration
  const places = without(placesOf(grid), ids)
  return places === placesOf(grid) ? configuration : withGrid(configuration, at, withMember(grid, 'widgets', places))
}

/** Widgets that stand in no grid. */
const unplaced = (configuration: JsonRecord): string[] => {
  const placed = new Set(allGrids(configuration).flatMap((at) => Object.keys(placesOf(gridAt(configuration, at)))))
  return Object.keys(widgetsOf(configuration)).filter((id) => !placed.has(id))
}

/** Takes widgets out that stand nowhere now and did before; with the sections of containers among them. */
export const withoutOrphans = (before: JsonRecord, after: JsonRecord): JsonRecord => {
  const lost = new Set(unplaced(before))
  const gone = unplaced(after).filter((id) => !lost.has(id))
  if (gone.length === 0) return after
  const inner = withoutContainers(after, gone)
  const left = withMember(inner, 'widgets', without(widgetsOf(inner), gone))
  return withoutOrphans(after, left)
}

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
    return left === configuration ? configuration : withoutOrphans(configuration, left)
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
