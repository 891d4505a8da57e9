import { isObject } from '@thingwire/editing'
import type { JsonRecord } from '../read.ts'
import type { DashboardDifference } from './diff.ts'
import type { Box, EditedDashboard, LayoutAddress } from './model.ts'
import { allGrids, boxesOf, columnsOf, gridAt, nameOfState, ours, titleOfWidget, widgetOf } from './parts.ts'

/** What became of a widget. `changed` is one whose own members differ; where it stands is told beside. */
export type WidgetMark = 'same' | 'added' | 'removed' | 'changed'

export type PicturedWidget = {
  id: string
  title: string
  box: Box
  mark: WidgetMark
  /** Its place on the other side, where that is another one. */
  other: Box | null
}

/** A grid as it was or is; `rows`: how high it has to be drawn. */
export type GridPicture = { columns: number; rows: number; widgets: readonly PicturedWidget[] }

/** One grid of both dashboards; null: it was not there, or is no more. */
export type GridDifference = {
  at: LayoutAddress
  /** Name of its state. */
  state: string
  before: GridPicture | null
  after: GridPicture | null
  /** Widgets that are not as they were, or not where they were. */
  count: number
}

const keyOf = ({ stateId, layout, breakpoint }: LayoutAddress): string => JSON.stringify([stateId, layout, breakpoint])

const isSameBox = (a: Box, b: Box): boolean =>
  a.col === b.col && a.row === b.row && a.sizeX === b.sizeX && a.sizeY === b.sizeY

type Side = { of: JsonRecord; other: JsonRecord; at: LayoutAddress; missing: WidgetMark; changed: ReadonlySet<string> }

const pictureOf = ({ of, other, at, missing, changed }: Side): GridPicture | null => {
  const grid = gridAt(of, at)
  if (!grid) return null
  const there = boxesOf(gridAt(other, at))
  const columns = columnsOf(grid)
  const widgets = [...boxesOf(grid)].flatMap(([id, box]): PicturedWidget[] => {
    const widget = widgetOf(of, id)
    if (!widget) return []
    const place = there.get(id)
    const isThere = place !== undefined && widgetOf(other, id) !== null
    const mark = isThere ? (changed.has(id) ? 'changed' : 'same') : missing
    return [{ id, title: titleOfWidget(widget), box, mark, other: place && !isSameBox(place, box) ? place : null }]
  })
  const rows = widgets.reduce((most, { box, other: place }) => {
    const end = Math.max(box.row + box.sizeY, place ? place.row + place.sizeY : 0)
    return Math.max(most, end)
  }, 0)
  return { columns, rows, widgets }
}

/** The grids in which something differs, as pictures of both sides: those that there are first, then those that are gone. */
export const gridDifferences = (
  before: EditedDashboard,
  after: EditedDashboard,
  difference: DashboardDifference,
): GridDifference[] => {
  const [from, to] = [before.configuration, after.configuration]
  const changed = new Set(difference.widgets.changed.map(({ id }) => id))
  const present = allGrids(to)
  const known = new Set(present.map(keyOf))
  const all = [...present, ...allGrids(from).filter((at) => !known.has(keyOf(at)))]
  const told = new Set(difference.places.map(({ at }) => keyOf(at)))
  return all.flatMap((at): GridDifference[] => {
    // A grid that follows another one says nothing of its own, unless something was put there by hand.
    if (isObject(ours(gridAt(to, at)?.gridSettings).flow) && !told.has(keyOf(at))) return []
    const was = pictureOf({ of: from, other: to, at, missing: 'removed', changed })
    const is = pictureOf({ of: to, other: from, at, missing: 'added', changed })
    const ids = [...(was?.widgets ?? []), ...(is?.widgets ?? [])].flatMap(({ id, mark, other }) =>
      mark === 'same' && !other ? [] : [id],
    )
    const count = new Set(ids).size
    if (count === 0) return []
    return [{ at, state: nameOfState(gridAt(to, at) ? to : from, at.stateId), before: was, after: is, count }]
  })
}
