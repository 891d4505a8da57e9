import { isEqual, isObject, type MemberChange, memberChanges } from '@thingwire/editing'
import { type JsonRecord, recordOf, textOf } from '../read.ts'
import { sectionStates } from './container.ts'
import { own } from './json.ts'
import type { Box, EditedDashboard, LayoutAddress } from './model.ts'
import {
  aliasesOf,
  boxesOf,
  filtersOf,
  gridAt,
  gridsOfState,
  placesOf,
  statesOf,
  titleOfWidget,
  widgetsOf,
} from './parts.ts'

type Named = { id: string; title: string }
export type ChangedPart = Named & { members: readonly MemberChange[] }
export type PartDifferences = { added: readonly Named[]; removed: readonly Named[]; changed: readonly ChangedPart[] }

/** A widget that stands elsewhere in a grid than it did, or is there now, or no more (null). */
export type PlaceChange = Named & {
  at: LayoutAddress
  before: Box | null
  after: Box | null
  /** Members of the place beside the box: hidden on phones, locked, layer. */
  members: readonly MemberChange[]
}

/** How one dashboard became another, for people. Places of grids that follow another one are told only where set by hand. */
export type DashboardDifference = {
  /** Title, image and where it shows on phones. */
  dashboard: readonly MemberChange[]
  widgets: PartDifferences
  places: readonly PlaceChange[]
  /** States by name; sections of containers are among the members of the container. */
  states: PartDifferences
  aliases: PartDifferences
  filters: PartDifferences
  settings: readonly MemberChange[]
  timeWindow: readonly MemberChange[]
  /** Other members of the configuration. */
  other: readonly MemberChange[]
  /** How many things differ; 0: nothing that anybody sees. */
  count: number
}

type Sides = { before: JsonRecord; after: JsonRecord }

const parts = (
  { before, after }: Sides,
  titleOf: (part: JsonRecord, id: string) => string,
  membersOf: (before: unknown, after: unknown) => MemberChange[] = memberChanges,
): PartDifferences => {
  const named = (from: JsonRecord, id: string): Named => ({ id, title: titleOf(recordOf(own(from, id)), id) })
  const changed = Object.keys(after).flatMap((id): ChangedPart[] => {
    if (!Object.hasOwn(before, id) || own(before, id) === own(after, id)) return []
    const members = membersOf(own(before, id), own(after, id))
    return members.length > 0 ? [{ ...named(after, id), members }] : []
  })
  return {
    added: Object.keys(after).flatMap((id) => (Object.hasOwn(before, id) ? [] : [named(after, id)])),
    removed: Object.keys(before).flatMap((id) => (Object.hasOwn(after, id) ? [] : [named(before, id)])),
    changed,
  }
}

/** Places of a widget's own count only in files from before there were layouts. */
const formerPlace = new Set(['row', 'col', 'sizeX', 'sizeY'])
const widgetMembers = (before: unknown, after: unknown): MemberChange[] =>
  memberChanges(before, after).filter(({ path }) => !(path.length === 1 && formerPlace.has(path[0] ?? '')))

/** Grids of a state without where its widgets stand, which is told by itself. */
const withoutPlaces = (state: unknown): unknown => {
  const bare = (grid: unknown): unknown => {
    if (!isObject(grid)) return grid
    const { widgets: _widgets, breakpoints, ...rest } = grid
    return isObject(breakpoints)
      ? { ...rest, breakpoints: Object.fromEntries(Object.entries(breakpoints).map(([id, one]) => [id, bare(one)])) }
      : rest
  }
  if (!isObject(state) || !isObject(state.layouts)) return state
  return { ...state, layouts: Object.fromEntries(Object.entries(state.layouts).map(([id, one]) => [id, bare(one)])) }
}

const boxMembers = new Set(['col', 'row', 'sizeX', 'sizeY'])

const placeChanges = (before: JsonRecord, after: JsonRecord, at: LayoutAddress): PlaceChange[] => {
  const [from, to] = [gridAt(before, at), gridAt(after, at)]
  if (from === to || !from || !to) return []
  const kept = keptOf(to)
  const [boxesBefore, boxesAfter] = [boxesOf(from), boxesOf(to)]
  return [...new Set([...boxesBefore.keys(), ...boxesAfter.keys()])].flatMap((id): PlaceChange[] => {
    if (kept && !kept.has(id)) return []
    const [was, is] = [own(placesOf(from), id), own(placesOf(to), id)]
    if (was === is || isEqual(was, is)) return []
    const members = memberChanges(recordOf(was), recordOf(is)).filter(({ path }) => !boxMembers.has(path[0] ?? ''))
    const title = titleOfWidget(recordOf(own(widgetsOf(after), id) ?? own(widgetsOf(before), id)))
    const isNew = was === undefined || is === undefined
    return [
      {
        ...{ id, title, at, members: isNew ? [] : members },
        ...{ before: boxesBefore.get(id) ?? null, after: boxesAfter.get(id) ?? null },
      },
    ]
  })
}

/** Widgets that were placed by hand, in a grid that follows another; null: it follows none. */
const keptOf = (grid: JsonRecord): ReadonlySet<string> | null => {
  const flow = recordOf(recordOf(grid.gridSettings).thingwire).flow
  if (!isObject(flow)) return null
  return new Set(Array.isArray(flow.kept) ? flow.kept.map(String) : [])
}

const known = new Set(['widgets', 'states', 'entityAliases', 'filters', 'settings', 'timewindow'])
const without = (from: JsonRecord, names: ReadonlySet<string>): JsonRecord =>
  Object.fromEntries(Object.entries(from).filter(([name]) => !names.has(name)))

const statesOnly = (configuration: JsonRecord): JsonRecord =>
  without(statesOf(configuration), new Set(sectionStates(configuration).keys()))

const sizeOf = ({ added, removed, changed }: PartDifferences): number => added.length + removed.length + changed.length

export const diffDashboards = (before: EditedDashboard, after: EditedDashboard): DashboardDifference => {
  const { configuration: from, ...outerBefore } = before
  const { configuration: to, ...outerAfter } = after
  const widgets = parts({ before: widgetsOf(from), after: widgetsOf(to) }, (one) => titleOfWidget(one), widgetMembers)
  const isNew = new Set([...widgets.added, ...widgets.removed].map(({ id }) => id))
  const places = Object.keys(statesOf(to))
    .filter((id) => own(statesOf(from), id) !== own(statesOf(to), id))
    .flatMap((id) => gridsOfState(to, id))
    .flatMap((at) => placeChanges(from, to, at))
    // A widget that is new or gone is told of once.
    .filter(({ id }) => !isNew.has(id))
  const states = parts(
    { before: statesOnly(from), after: statesOnly(to) },
    (one, id) => textOf(one.name) ?? id,
    (a, b) => memberChanges(withoutPlaces(a), withoutPlaces(b)),
  )
  const difference = {
    dashboard: memberChanges(outerBefore, outerAfter),
    widgets,
    places,
    states,
    aliases: parts({ before: aliasesOf(from), after: aliasesOf(to) }, (one, id) => textOf(one.alias) ?? id),
    filters: parts({ before: filtersOf(from), after: filtersOf(to) }, (one, id) => textOf(one.filter) ?? id),
    settings: memberChanges(recordOf(from.settings), recordOf(to.settings)),
    timeWindow: memberChanges(recordOf(from.timewindow), recordOf(to.timewindow)),
    other: memberChanges(without(from, known), without(to, known)),
  }
  const count =
    [difference.dashboard, places, difference.settings, difference.timeWindow, difference.other].reduce(
      (sum, list) => sum + list.length,
      0,
    ) + [widgets, states, difference.aliases, difference.filters].reduce((sum, one) => sum + sizeOf(one), 0)
  return { ...difference, count }
}
