import { isEqual } from '@thingwire/editing'
import { isRecord, type JsonRecord, recordOf, textOf } from '../../read.ts'
import { type Clipboard, boxesOfClipboard, copyWidgets } from '../clipboard.ts'
import { configurationCommand } from '../command.ts'
import { boundsOf, firstFree } from '../grid/geometry.ts'
import { withWidgetIds } from '../grid/rename.ts'
import { own, withMember, without } from '../json.ts'
import type { Command, LayoutAddress, NewId } from '../model.ts'
import {
  aliasesOf,
  boxesOf,
  columnsOf,
  filtersOf,
  gridAt,
  gridsOfLayout,
  placesOf,
  stateOf,
  statesOf,
  titleOfWidget,
  widgetOf,
  withGrid,
  withState,
  withWidget,
} from '../parts.ts'
import { withRenamed } from '../references.ts'
import { titleOfOne } from './layout.ts'
import { withWidgetCopy } from './states.ts'
import { type NewPlace, withPlaces } from './places.ts'

type Named = { all: JsonRecord; brought: JsonRecord; nameMember: 'alias' | 'filter'; newId: NewId }
type Merged = { all: JsonRecord; ids: Map<string, string>; names: Map<string, string> }

const freeName = (name: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(name)) return name
  for (let number = 2; ; number++) if (!taken.has(`${name} ${number}`)) return `${name} ${number}`
}

/**
 * Brings aliases or filters into a dashboard: what is the same there already is used, whatever its id; what is another one
 * of the same name gets a new name.
 */
const mergeNamed = ({ all, brought, nameMember, newId }: Named): Merged => {
  const [ids, names] = [new Map<string, string>(), new Map<string, string>()]
  let now = all
  for (const [id, one] of Object.entries(brought)) {
    if (!isRecord(one)) continue
    const bare = without(one, ['id'])
    const same = Object.entries(now).find(([, other]) => isRecord(other) && isEqual(without(other, ['id']), bare))?.[0]
    if (same !== undefined) {
      ids.set(id, same)
      continue
    }
    const taken = new Set(Object.values(now).flatMap((other) => textOf(recordOf(other)[nameMember]) ?? []))
    const name = textOf(one[nameMember]) ?? id
    const renamed = freeName(name, taken)
    const fresh = Object.hasOwn(now, id) ? newId() : id
    ids.set(id, fresh)
    if (renamed !== name) names.set(name, renamed)
    now = { ...now, [fresh]: { ...one, id: fresh, [nameMember]: renamed } }
  }
  return { all: now, ids, names }
}

/** Where a group of boxes goes in a grid: to a place, or below the first free place for the whole of it. */
const cornerFor = (
  grid: JsonRecord,
  size: { sizeX: number; sizeY: number },
  place: { col: number; row: number } | null,
): { col: number; row: number } => {
  const columns = columnsOf(grid)
  const { col, row } = place ?? firstFree(boxesOf(grid).values(), size, columns)
  return { col: Math.min(Math.max(0, col), Math.max(0, columns - size.sizeX)), row: Math.max(0, row) }
}

const placeAll = (
  configuration: JsonRecord,
  at: LayoutAddress,
  clipboard: Clipboard,
  options: { ids: ReadonlyMap<string, string>; place: { col: number; row: number } | null },
): JsonRecord => {
  const grid = gridAt(configuration, at)
  const boxes = boxesOfClipboard(clipboard)
  const bounds = boundsOf(boxes.values())
  if (!grid || !bounds) return configuration
  const scale = columnsOf(grid) / clipboard.columns
  const across = (columns: number) => Math.max(1, Math.round(columns * scale))
  const corner = cornerFor(
    grid,
    { sizeX: Math.min(columnsOf(grid), across(bounds.sizeX)), sizeY: bounds.sizeY },
    options.place,
  )
  const group = [...boxes].map(([id, box]): [string, NewPlace] => {
    const members = without(recordOf(own(clipboard.places, id)), ['col', 'row', 'sizeX', 'sizeY', 'thingwire'])
    const left = Math.round((box.col - bounds.col) * scale)
    const sizeX = Math.max(1, across(box.col - bounds.col + box.sizeX) - left)
    return [
      options.ids.get(id) ?? id,
      { col: corner.col + left, row: corner.row + box.row - bounds.row, sizeX, sizeY: box.sizeY, members },
    ]
  })
  return withPlaces(configuration, at, new Map(group))
}

const titleOf = ({ places, widgets }: Clipboard): string => {
  const [only, ...more] = Object.keys(places)
  return only !== undefined && more.length === 0 ? titleOfWidget(recordOf(own(widgets, only))) : ''
}

/** Pastes copies of widgets, with the aliases and filters that they need. @param place null: the first free one */
export const pasteWidgets = (
  clipboard: Clipboard,
  at: LayoutAddress,
  place: { col: number; row: number } | null,
  newId: NewId,
): Command => {
  // Made once: the same command applied again makes the same widgets.
  const ids = new Map(Object.keys(clipboard.widgets).map((id) => [id, newId()]))
  const stateIds = new Map(Object.keys(clipboard.states).map((id) => [id, newId()]))
  const fresh = new Map(
    [...Object.keys(clipboard.aliases), ...Object.keys(clipboard.filters)].map((id) => [id, newId()]),
  )
  const idFor =
    (used: Iterator<string>): NewId =>
    () =>
      used.next().value ?? newId()
  return configurationCommand(
    { key: 'paste', count: Object.keys(clipboard.places).length, title: titleOf(clipboard) },
    (configuration) => {
      if (!gridAt(configuration, at)) return configuration
      const made = idFor(fresh.values())
      const aliases = mergeNamed({
        all: aliasesOf(configuration),
        brought: clipboard.aliases,
        nameMember: 'alias',
        newId: made,
      })
      const filters = mergeNamed({
        all: filtersOf(configuration),
        brought: clipboard.filters,
        nameMember: 'filter',
        newId: made,
      })
      const renames = { aliases: aliases.ids, aliasNames: aliases.names, filters: filters.ids, states: stateIds }
      const withNamed = withMember(
        Object.keys(clipboard.aliases).length > 0
          ? withMember(configuration, 'entityAliases', aliases.all)
          : configuration,
        'filters',
        Object.keys(clipboard.filters).length > 0 ? filters.all : configuration.filters,
      )
      const withWidgets = Object.entries(clipboard.widgets).reduce((now, [id, widget]) => {
        const copy = ids.get(id)
        if (copy === undefined || !isRecord(widget)) return now
        return withWidget(now, copy, withRenamed({ ...widget, id: copy }, renames))
      }, withNamed)
      const withStates = Object.entries(clipboard.states).reduce((now, [id, state]) => {
        const copy = stateIds.get(id)
        return copy !== undefined && isRecord(state) ? withState(now, copy, withWidgetsRenamed(state, ids)) : now
      }, withWidgets)
      return placeAll(withStates, at, clipboard, { ids, place })
    },
  )
}

const withWidgetsRenamed = (state: JsonRecord, ids: ReadonlyMap<string, string>): JsonRecord => ({
  ...state,
  root: false,
  layouts: Object.fromEntries(
    Object.entries(recordOf(state.layouts)).map(([name, layout]) => [name, withWidgetIds(recordOf(layout), ids)]),
  ),
})

/** Whether references can be pasted: the widgets are those of this dashboard, and do not stand in that layout yet. */
export const canPasteReference = (
  configuration: JsonRecord,
  clipboard: Clipboard,
  at: LayoutAddress,
  dashboardId: string | null,
): boolean =>
  clipboard.dashboardId !== null &&
  clipboard.dashboardId === dashboardId &&
  Object.keys(clipboard.places).some(
    (id) => widgetOf(configuration, id) && own(placesOf(gridAt(configuration, at)), id) === undefined,
  )

/** Lets the same widgets stand in another layout, too: what is changed of one is changed everywhere. */
export const pasteReferences = (
  clipboard: Clipboard,
  at: LayoutAddress,
  place: { col: number; row: number } | null,
): Command =>
  configurationCommand(
    { key: 'pasteReference', count: Object.keys(clipboard.places).length, title: titleOf(clipboard) },
    (configuration) => {
      const standing = gridsOfLayout(configuration, at.stateId, at.layout).flatMap((one) =>
        Object.keys(placesOf(gridAt(configuration, one))),
      )
      const places = Object.fromEntries(
        Object.entries(clipboard.places).filter(([id]) => widgetOf(configuration, id) && !standing.includes(id)),
      )
      return placeAll(configuration, at, { ...clipboard, places }, { ids: new Map(), place })
    },
  )

/** Copies of widgets beside them, in the same grid. */
export const duplicateWidgets = (at: LayoutAddress, ids: readonly string[], newId: NewId): Command => {
  const copies = new Map(ids.map((id) => [id, newId()]))
  return configurationCommand(
    { key: 'duplicateWidgets', count: ids.length, title: titleOfOne(ids) },
    (configuration) => {
      const clipboard = copyWidgets(configuration, at, ids, null)
      const chosen = Object.keys(clipboard.places)
      const copied = chosen.reduce(
        (now, id) => withWidgetCopy(now, id, copies.get(id) ?? newId(), newId),
        configuration,
      )
      return placeAll(copied, at, clipboard, { ids: copies, place: null })
    },
  )
}

/** Makes a widget of its own of one that stands in several layouts; what stands elsewhere stays as it is. */
export const replaceWithCopy = (at: LayoutAddress, id: string, newId: NewId): Command => {
  const copy = newId()
  const ids = new Map([[id, copy]])
  return configurationCommand({ key: 'replaceWithCopy', title: titleOfOne([id]) }, (configuration) => {
    const elsewhere = isShared(configuration, at, id)
    if (!elsewhere || own(placesOf(gridAt(configuration, at)), id) === undefined) return configuration
    const copied = withWidgetCopy(configuration, id, copy, newId)
    const whole = { ...at, breakpoint: null }
    const layout = gridAt(copied, whole)
    return layout ? withGrid(copied, whole, withWidgetIds(layout, ids)) : copied
  })
}

/** Whether a widget stands in another layout than this one, too. */
export const isShared = (configuration: JsonRecord, at: Omit<LayoutAddress, 'breakpoint'>, id: string): boolean =>
  Object.keys(statesOf(configuration)).some(
    (stateId) =>
      stateOf(configuration, stateId) !== null &&
      (['main', 'right'] as const).some(
        (layout) =>
          !(stateId === at.stateId && layout === at.layout) &&
          gridsOfLayout(configuration, stateId, layout).some(
            (one) => own(placesOf(gridAt(configuration, one)), id) !== undefined,
          ),
      ),
  )
