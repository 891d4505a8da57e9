import { isEqual, isObject, type Three, threeWay } from '@thingwire/editing'
import { type JsonRecord, recordOf, textOf } from '../read.ts'
import { withBoxes } from './commands/layout.ts'
import { collides } from './grid/geometry.ts'
import { pushed } from './grid/push.ts'
import { follow } from './grid/reflow.ts'
import { own, withMember } from './json.ts'
import type { EditedDashboard, LayoutAddress } from './model.ts'
import {
  allGrids,
  boxesOf,
  columnsOf,
  gridAt,
  placementOf,
  placesOf,
  statesOf,
  titleOfWidget,
  widgetsOf,
  withGrid,
} from './parts.ts'
import { withoutOrphans } from './commands/orphans.ts'

export type ContradictionKind =
  | 'dashboard'
  | 'widget'
  | 'state'
  | 'alias'
  | 'filter'
  | 'settings'
  | 'timeWindow'
  | 'other'

/** Where two sets of edits contradict: both changed the same thing, each to something else. */
export type DashboardContradiction = {
  /** Names it in a choice. */
  key: string
  kind: ContradictionKind
  /** Of the widget, state, alias or filter; '' for others. */
  id: string
  /** What people call it. */
  title: string
  /** Members from there down; empty: one side removed it as a whole, or it is the whole that differs. */
  path: readonly string[]
  /** Undefined: it is not there. */
  base: unknown
  mine: unknown
  theirs: unknown
}
export type Side = 'mine' | 'theirs'
/** By key; what is not chosen is mine. */
export type Choices = Readonly<Record<string, Side>>
export type DashboardMerge = { dashboard: EditedDashboard; contradictions: readonly DashboardContradiction[] }

type Found = { choices: Choices; contradictions: DashboardContradiction[] }
type About = { kind: ContradictionKind; id: string; title: string }

const settle = (three: Three, path: readonly string[], about: About, { choices, contradictions }: Found): unknown => {
  const { kind, id, title } = about
  const key = [kind, id, ...path].join('/')
  contradictions.push({ key, kind, id, title, path, ...three })
  return Object.hasOwn(choices, key) && choices[key] === 'theirs' ? three.theirs : three.mine
}

/** Members whose clash is nothing to ask about: mine counts. Where somebody put a widget is no contradiction of ideas. */
const isQuiet = (kind: ContradictionKind, path: readonly string[]): boolean => {
  if (kind === 'widget') return path.length === 1 && ['row', 'col', 'sizeX', 'sizeY'].includes(path[0] ?? '')
  // layouts / main / widgets / id / col, or with breakpoints / xs before widgets.
  const widgets = path.indexOf('widgets')
  if (kind === 'state' && path.includes('flow')) return true
  return kind === 'state' && path[0] === 'layouts' && widgets > 0 && path.length > widgets + 1
}

/** Merges one widget, state, alias or filter, or another part of the dashboard. */
const mergePart = (three: Three, about: About, found: Found): unknown =>
  threeWay(three, [], {
    isWhole: false,
    clash: (at, path) => (isQuiet(about.kind, path) ? at.mine : settle(at, path, about, found)),
  })

/** One side removed what the other changed: that is asked. What nobody changed since is gone. */
const mergeRemoved = (three: Three, about: About, found: Found): unknown => {
  const left = three.mine ?? three.theirs
  if (three.base === undefined) return left
  return isEqual(bare(three.base, about.kind), bare(left, about.kind)) ? undefined : settle(three, [], about, found)
}

/** Of a state only what a person would miss: not where its widgets stood. */
const bare = (part: unknown, kind: ContradictionKind): unknown => {
  if (kind === 'widget' && isObject(part)) {
    const { row: _row, col: _col, sizeX: _sizeX, sizeY: _sizeY, ...rest } = part
    return rest
  }
  return part
}

type Sides = { base: JsonRecord; mine: JsonRecord; theirs: JsonRecord }

type Kind = { kind: ContradictionKind; titleOf: (part: unknown) => string }

const mergeById = ({ base, mine, theirs }: Sides, { kind, titleOf }: Kind, found: Found): JsonRecord => {
  if (mine === theirs || base === theirs) return mine
  if (base === mine) return theirs
  const isOrdered = isEqual(Object.keys(base), Object.keys(mine))
  const ids = isOrdered
    ? [...Object.keys(theirs), ...Object.keys(mine)]
    : [...Object.keys(mine), ...Object.keys(theirs)]
  const entries = [...new Set(ids)].flatMap((id): [string, unknown][] => {
    const three: Three = { base: own(base, id), mine: own(mine, id), theirs: own(theirs, id) }
    const isGone = three.mine === undefined || three.theirs === undefined
    const about = { kind, id, title: titleOf(three.mine) || titleOf(three.theirs) }
    const value = isGone ? mergeRemoved(three, about, found) : mergePart(three, about, found)
    return value === undefined ? [] : [[id, value]]
  })
  const merged = Object.fromEntries(entries)
  return isSameRecord(merged, mine) ? mine : isSameRecord(merged, theirs) ? theirs : merged
}

const isSameRecord = (a: JsonRecord, b: JsonRecord): boolean => isEqual(a, b) && isEqual(Object.keys(a), Object.keys(b))

const nameOf = (member: string) => (part: unknown) => textOf(recordOf(part)[member]) ?? ''

const byId = {
  widgets: { kind: 'widget', titleOf: (part: unknown) => titleOfWidget(recordOf(part)) },
  states: { kind: 'state', titleOf: nameOf('name') },
  entityAliases: { kind: 'alias', titleOf: nameOf('alias') },
  filters: { kind: 'filter', titleOf: nameOf('filter') },
} as const satisfies Record<string, Kind>

const kindOfMember = (member: string): ContradictionKind =>
  member === 'settings' ? 'settings' : member === 'timewindow' ? 'timeWindow' : 'other'

const mergeConfigurations = (sides: Sides, found: Found): JsonRecord => {
  const { base, mine, theirs } = sides
  const members = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
  const entries = members.flatMap((member): [string, unknown][] => {
    const three: Three = { base: own(base, member), mine: own(mine, member), theirs: own(theirs, member) }
    if (Object.hasOwn(byId, member)) {
      const all = { base: recordOf(three.base), mine: recordOf(three.mine), theirs: recordOf(three.theirs) }
      return [[member, mergeById(all, byId[member as keyof typeof byId], found)]]
    }
    const kind = kindOfMember(member)
    const path = kind === 'other' ? [member] : []
    const value = threeWay(three, path, {
      isWhole: false,
      clash: (at, inner) => settle(at, inner, { kind, id: '', title: '' }, found),
    })
    return value === undefined ? [] : [[member, value]]
  })
  return Object.fromEntries(entries)
}

/** Places of widgets that are gone, and widgets that stand nowhere, though the side that has them placed them. */
const mended = (merged: JsonRecord, { base, mine, theirs }: Sides): JsonRecord => {
  const withKnown = allGrids(merged).reduce((now, at) => {
    const grid = gridAt(now, at)
    if (!grid) return now
    const lost = Object.keys(placesOf(grid)).filter((id) => own(widgetsOf(now), id) === undefined)
    const wasThere = (id: string) => [base, mine, theirs].some((side) => own(widgetsOf(side), id) !== undefined)
    const gone = lost.filter(wasThere)
    if (gone.length === 0) return now
    const places = Object.fromEntries(Object.entries(placesOf(grid)).filter(([id]) => !gone.includes(id)))
    return withGrid(now, at, withMember(grid, 'widgets', places))
  }, merged)
  const rooted = withOneRoot(withKnown, mine)
  const followed = allGrids(rooted).reduce((now, at) => follow(now, at), rooted)
  return allGrids(followed).reduce((now, at) => apart(now, at, { base, mine, theirs }), followed)
}

/** Two who each moved a widget to the same place: in a pushing grid mine stays, and theirs makes room. */
const apart = (merged: JsonRecord, at: LayoutAddress, { mine, theirs }: Sides): JsonRecord => {
  const grid = gridAt(merged, at)
  const known = [mine, theirs].map((side) => gridAt(side, at))
  if (!grid || placementOf(grid) === 'free' || known.some((one) => one !== null && isEqual(one, grid))) return merged
  const [boxes, ours] = [boxesOf(grid), boxesOf(gridAt(mine, at))]
  const all = [...boxes.values()]
  if (!all.some((one, index) => all.slice(index + 1).some((other) => collides(one, other)))) return merged
  const held = new Map([...boxes].filter(([id, box]) => isEqual(ours.get(id), box)))
  return withGrid(merged, at, withBoxes(grid, pushed(boxes, held, { columns: columnsOf(grid) }), []))
}

/** When each side made another state the root, mine counts. */
const withOneRoot = (merged: JsonRecord, mine: JsonRecord): JsonRecord => {
  const isRoot = (state: unknown) => recordOf(state).root === true
  const roots = Object.keys(statesOf(merged)).filter((id) => isRoot(own(statesOf(merged), id)))
  const first = Object.keys(statesOf(merged))[0]
  if (roots.length === 1 || first === undefined) return merged
  const root = roots.find((id) => isRoot(own(statesOf(mine), id))) ?? roots[0] ?? first
  const states = Object.entries(statesOf(merged)).map(([id, state]): [string, unknown] => [
    id,
    isObject(state) ? withMember(state, 'root', id === root) : state,
  ])
  return withMember(merged, 'states', Object.fromEntries(states))
}

/** Widgets that one side brought back by a choice, but that stand nowhere, come where they stood on that side. */
const replaced = (merged: JsonRecord, sides: Sides): JsonRecord => {
  const placed = new Set(allGrids(merged).flatMap((at) => Object.keys(placesOf(gridAt(merged, at)))))
  const lost = Object.keys(widgetsOf(merged)).filter((id) => !placed.has(id))
  return lost.reduce(
    (now, id) =>
      [sides.theirs, sides.mine].reduce(
        (one, side) =>
          allGrids(side).reduce((result, at) => {
            const place = own(placesOf(gridAt(side, at)), id)
            const grid = gridAt(result, at)
            if (place === undefined || !grid || own(placesOf(grid), id) !== undefined) return result
            return withGrid(result, at, withMember(grid, 'widgets', { ...placesOf(grid), [id]: place }))
          }, one),
        now,
      ),
    merged,
  )
}

const stateOrder = ({ configuration }: EditedDashboard) => Object.keys(statesOf(configuration))

/** Whether two documents say the same; the order of states is part of it, that of other members is not. */
export const isSameDashboard = (a: EditedDashboard, b: EditedDashboard): boolean =>
  a === b || (isEqual(a, b) && isEqual(stateOrder(a), stateOrder(b)))

/**
 * Brings together what two people made of the same dashboard: by widget, state, alias and filter, and by member within.
 * Where both changed the same member, the choice counts, and without one mine. Where somebody put a widget is nothing to
 * ask about: mine counts.
 */
export const mergeDashboards = (
  base: EditedDashboard,
  mine: EditedDashboard,
  theirs: EditedDashboard,
  choices: Choices = {},
): DashboardMerge => {
  if (isSameDashboard(mine, theirs) || isSameDashboard(base, theirs)) return { dashboard: mine, contradictions: [] }
  if (isSameDashboard(base, mine)) return { dashboard: theirs, contradictions: [] }
  const found: Found = { choices, contradictions: [] }
  const sides = { base: base.configuration, mine: mine.configuration, theirs: theirs.configuration }
  const merged = mergeConfigurations(sides, found)
  const settled = mended(replaced(merged, sides), sides)
  const configuration = withoutOrphans(mine.configuration, settled)
  const outer = <K extends 'title' | 'image' | 'mobileHide' | 'mobileOrder'>(member: K): EditedDashboard[K] => {
    const three = { base: base[member], mine: mine[member], theirs: theirs[member] }
    if (three.mine === three.theirs || three.base === three.theirs) return three.mine
    if (three.base === three.mine) return three.theirs
    const about = { kind: 'dashboard', id: '', title: '' } as const
    return settle(three, [member], about, found) === three.theirs ? three.theirs : three.mine
  }
  const dashboard: EditedDashboard = {
    title: outer('title'),
    image: outer('image'),
    mobileHide: outer('mobileHide'),
    mobileOrder: outer('mobileOrder'),
    configuration,
  }
  const same = [mine, theirs].find((one) => isSameDashboard(one, dashboard))
  return { dashboard: same ?? dashboard, contradictions: found.contradictions }
}
