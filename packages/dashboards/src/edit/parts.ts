import { breakpointIds, type BreakpointId } from '../document/model.ts'
import { isRecord, type JsonRecord, numberOf, recordOf, textOf } from '../read.ts'
import { own, withMember, withValueAt } from './json.ts'
import type { Box, Boxes, LayoutAddress, LayoutName } from './model.ts'

/** Readers and writers of the parts of a configuration in its newest form. What is not of the right kind is not there. */

export const widgetsOf = (configuration: JsonRecord): JsonRecord => recordOf(configuration.widgets)
export const statesOf = (configuration: JsonRecord): JsonRecord => recordOf(configuration.states)
export const aliasesOf = (configuration: JsonRecord): JsonRecord => recordOf(configuration.entityAliases)
export const filtersOf = (configuration: JsonRecord): JsonRecord => recordOf(configuration.filters)

const recordAt = (from: JsonRecord, name: string): JsonRecord | null => {
  const found = own(from, name)
  return isRecord(found) ? found : null
}

export const widgetOf = (configuration: JsonRecord, id: string): JsonRecord | null =>
  recordAt(widgetsOf(configuration), id)
export const stateOf = (configuration: JsonRecord, id: string): JsonRecord | null =>
  recordAt(statesOf(configuration), id)
export const aliasOf = (configuration: JsonRecord, id: string): JsonRecord | null =>
  recordAt(aliasesOf(configuration), id)
export const filterOf = (configuration: JsonRecord, id: string): JsonRecord | null =>
  recordAt(filtersOf(configuration), id)

/** What people call it; '' where it has no title. */
export const titleOfWidget = (widget: JsonRecord | null): string => textOf(recordOf(widget?.config).title) ?? ''
export const nameOfState = (configuration: JsonRecord, id: string): string =>
  textOf(stateOf(configuration, id)?.name) ?? id

export const withWidget = (configuration: JsonRecord, id: string, widget: JsonRecord | undefined): JsonRecord =>
  withMember(configuration, 'widgets', withMember(widgetsOf(configuration), id, widget))
export const withState = (configuration: JsonRecord, id: string, state: JsonRecord | undefined): JsonRecord =>
  withMember(configuration, 'states', withMember(statesOf(configuration), id, state))

export const layoutNames: readonly LayoutName[] = ['main', 'right']

/** A layout of a state with all its breakpoints; null: the state has none. */
export const layoutOf = (configuration: JsonRecord, stateId: string, layout: LayoutName): JsonRecord | null =>
  recordAt(recordOf(stateOf(configuration, stateId)?.layouts), layout)

export const breakpointsOf = (layout: JsonRecord | null): BreakpointId[] =>
  breakpointIds.filter((id) => isRecord(own(recordOf(layout?.breakpoints), id)))

/** The grid there: `widgets` by id, and `gridSettings`. */
export const gridAt = (configuration: JsonRecord, at: LayoutAddress): JsonRecord | null => {
  const layout = layoutOf(configuration, at.stateId, at.layout)
  if (!layout || at.breakpoint === null) return layout
  return recordAt(recordOf(layout.breakpoints), at.breakpoint)
}

export const pathOfGrid = ({ stateId, layout, breakpoint }: LayoutAddress): string[] => [
  'states',
  stateId,
  'layouts',
  layout,
  ...(breakpoint === null ? [] : ['breakpoints', breakpoint]),
]

/** The configuration with another grid there, or without it; unchanged where there is no such state. */
export const withGrid = (configuration: JsonRecord, at: LayoutAddress, grid: JsonRecord | undefined): JsonRecord =>
  stateOf(configuration, at.stateId) ? recordOf(withValueAt(configuration, pathOfGrid(at), grid)) : configuration

/** Every grid of the dashboard. */
export const allGrids = (configuration: JsonRecord): LayoutAddress[] =>
  Object.keys(statesOf(configuration)).flatMap((stateId) => gridsOfState(configuration, stateId))

export const gridsOfState = (configuration: JsonRecord, stateId: string): LayoutAddress[] =>
  layoutNames.flatMap((layout) => gridsOfLayout(configuration, stateId, layout))

/** The grid for all widths first. */
export const gridsOfLayout = (configuration: JsonRecord, stateId: string, layout: LayoutName): LayoutAddress[] => {
  const found = layoutOf(configuration, stateId, layout)
  if (!found) return []
  return [null, ...breakpointsOf(found)].map((breakpoint) => ({ stateId, layout, breakpoint }))
}

export const placesOf = (grid: JsonRecord | null): JsonRecord => recordOf(grid?.widgets)

const whole = (value: unknown, fallback: number, least: number): number =>
  Math.max(least, Math.round(numberOf(value) ?? fallback))

const boxOf = (place: JsonRecord): Box => ({
  col: whole(place.col, 0, 0),
  row: whole(place.row, 0, 0),
  sizeX: whole(place.sizeX, 8, 1),
  sizeY: whole(place.sizeY, 5, 1),
})

/** Where the widgets of a grid stand. */
export const boxesOf = (grid: JsonRecord | null): Boxes =>
  new Map(
    Object.entries(placesOf(grid)).flatMap(([id, place]) => (isRecord(place) ? [[id, boxOf(place)] as const] : [])),
  )

export const columnsOf = (grid: JsonRecord | null): number =>
  Math.min(1_008, whole(recordOf(grid?.gridSettings).columns, 24, 1))

/** Members of ours beside those of files: others keep what they do not know. */
export const ours = (record: unknown): JsonRecord => recordOf(recordOf(record).thingwire)
export const withOurs = (record: JsonRecord, members: JsonRecord): JsonRecord => {
  const kept = Object.entries({ ...ours(record), ...members }).filter(([, value]) => value !== undefined)
  return withMember(record, 'thingwire', kept.length > 0 ? Object.fromEntries(kept) : undefined)
}

export const isLocked = (place: unknown): boolean => ours(place).locked === true
/** Higher ones are drawn over lower ones. */
export const layerOf = (place: unknown): number => Math.round(numberOf(ours(place).layer) ?? 0)

/** How widgets of a grid make room: `push` moves others down, `free` lets widgets lie over each other. */
export type Placement = 'push' | 'free'
export const placementOf = (grid: JsonRecord | null): Placement =>
  ours(grid?.gridSettings).placement === 'free' ? 'free' : 'push'
