import { type JsonRecord, recordOf } from '../../read.ts'
import { configurationCommand } from '../command.ts'
import { type Alignment, aligned, type Direction, distributed, sameSized } from '../grid/align.ts'
import { bottom, inGrid, isSameBox, mostRows, movedBy, wholeWithin } from '../grid/geometry.ts'
import { compacted, onGrid, pushed } from '../grid/push.ts'
import { flowOf, withFlow } from '../grid/reflow.ts'
import { own, withMember, withMembers } from '../json.ts'
import type { Box, Boxes, Command, LayoutAddress, StepKey } from '../model.ts'
import {
  boxesOf,
  columnsOf,
  gridAt,
  isLocked,
  layerOf,
  placementOf,
  placesOf,
  type Placement,
  titleOfWidget,
  widgetOf,
  withGrid,
  withOurs,
} from '../parts.ts'

export const lockedIn = (grid: JsonRecord | null): ReadonlySet<string> =>
  new Set(Object.entries(placesOf(grid)).flatMap(([id, place]) => (isLocked(place) ? [id] : [])))

/**
 * Puts widgets of a grid to other places. In a grid that follows another one, those that a person placed (`byHand`) stay
 * there from then on.
 */
export const withBoxes = (grid: JsonRecord, boxes: Boxes, byHand: readonly string[]): JsonRecord => {
  const places = placesOf(grid)
  const changed = [...boxes].flatMap(([id, box]): [string, JsonRecord][] => {
    const place = own(places, id)
    return place === undefined ? [] : [[id, withMembers(recordOf(place), box)]]
  })
  if (changed.every(([id, place]) => place === own(places, id))) return grid
  const moved = withMember(grid, 'widgets', { ...places, ...Object.fromEntries(changed) })
  const flow = flowOf(grid)
  if (!flow) return moved
  const hidden = flow.hidden.filter((id) => !byHand.includes(id))
  return withFlow(moved, { ...flow, kept: [...new Set([...flow.kept, ...byHand])], hidden })
}

type About = { key: StepKey; at: LayoutAddress; ids: readonly string[]; join?: string | null }

/** The title of the one widget that a command is about. */
export const titleOfOne =
  (ids: readonly string[]) =>
  (configuration: JsonRecord): string =>
    ids.length === 1 ? titleOfWidget(widgetOf(configuration, ids[0] ?? '')) : ''

/** A command on the boxes of some widgets; locked ones stay, and in a pushing grid others make room. */
const boxCommand = ({ key, at, ids, join = null }: About, to: (boxes: Boxes, columns: number) => Boxes): Command =>
  configurationCommand({ key, count: ids.length, title: titleOfOne(ids), join }, (configuration) => {
    const grid = gridAt(configuration, at)
    if (!grid) return configuration
    const [all, locked, columns] = [boxesOf(grid), lockedIn(grid), columnsOf(grid)]
    const chosen = new Map([...all].filter(([id]) => ids.includes(id) && !locked.has(id)))
    if (chosen.size === 0) return configuration
    const moved = new Map([...to(chosen, columns)].map(([id, box]) => [id, inGrid(box, columns)]))
    if ([...moved].every(([id, box]) => isSameBox(box, all.get(id) ?? box))) return configuration
    const result = placementOf(grid) === 'push' ? pushedApart(all, moved, { columns, locked }) : moved
    return withGrid(configuration, at, withBoxes(grid, result, [...moved.keys()]))
  })

/** As `pushed`, for changes after which some of the moved ones would lie over each other: those make room, too. */
const pushedApart = (all: Boxes, moved: Boxes, options: { columns: number; locked: ReadonlySet<string> }): Boxes => {
  let now = all
  const held = new Map<string, Box>()
  for (const [id, box] of moved) {
    held.set(id, box)
    const rest = new Map([...now].map(([other, one]) => [other, held.get(other) ?? moved.get(other) ?? one]))
    now = pushed(rest, new Map([[id, box]]), {
      ...options,
      locked: new Set([...options.locked, ...[...held.keys()].filter((other) => other !== id)]),
    })
    for (const [other, one] of now) if (held.has(other)) held.set(other, one)
  }
  return new Map([...now].map(([id, box]) => [id, held.get(id) ?? box]))
}

/**
 * Puts widgets where a drag or a resize has brought them. In a pushing grid the others make room as `pushed` has shown it.
 * @param boxes of those that the person moved; others in it are not looked at
 * @param ids those that the person moved
 */
export const placeWidgets = (
  at: LayoutAddress,
  boxes: Boxes,
  ids: readonly string[],
  { key = 'moveWidgets', join = null }: { key?: 'moveWidgets' | 'resizeWidgets'; join?: string | null } = {},
): Command =>
  configurationCommand({ key, count: ids.length, title: titleOfOne(ids), join }, (configuration) => {
    const grid = gridAt(configuration, at)
    if (!grid) return configuration
    const [all, locked, columns] = [boxesOf(grid), lockedIn(grid), columnsOf(grid)]
    const moved = new Map([...boxes].filter(([id]) => ids.includes(id) && all.has(id) && !locked.has(id)))
    if (moved.size === 0) return configuration
    const placed = placementOf(grid) === 'push' ? pushed(all, moved, { columns, locked }) : onGrid(moved, columns)
    return withGrid(configuration, at, withBoxes(grid, placed, ids))
  })

/** Moves widgets together by whole cells (arrow keys). */
export const nudgeWidgets = (
  at: LayoutAddress,
  ids: readonly string[],
  by: { columns: number; rows: number },
): Command =>
  boxCommand({ key: 'moveWidgets', at, ids, join: `nudge ${ids.join(' ')}` }, (boxes, columns) =>
    movedBy(boxes, by, columns),
  )

/** Makes widgets larger or smaller by whole cells (keys). */
export const growWidgets = (
  at: LayoutAddress,
  ids: readonly string[],
  by: { columns: number; rows: number },
): Command =>
  boxCommand(
    { key: 'resizeWidgets', at, ids, join: `grow ${ids.join(' ')}` },
    (boxes, columns) =>
      new Map(
        [...boxes].map(([id, box]) => [
          id,
          {
            ...box,
            sizeX: Math.max(1, Math.min(columns - box.col, box.sizeX + by.columns)),
            sizeY: Math.max(1, box.sizeY + by.rows),
          },
        ]),
      ),
  )

export const alignWidgets = (at: LayoutAddress, ids: readonly string[], to: Alignment): Command =>
  boxCommand({ key: 'alignWidgets', at, ids }, (boxes) => aligned(boxes, to))

export const distributeWidgets = (at: LayoutAddress, ids: readonly string[], direction: Direction): Command =>
  boxCommand({ key: 'distributeWidgets', at, ids }, (boxes) => distributed(boxes, direction))

/** @param like the widget whose size counts; null: the largest of each side */
export const sameSize = (
  at: LayoutAddress,
  ids: readonly string[],
  which: 'width' | 'height' | 'both',
  like: string | null = null,
): Command => boxCommand({ key: 'sameSize', at, ids }, (boxes, columns) => sameSized(boxes, which, columns, like))

/** Two widgets take each other's place and size. */
export const swapWidgets = (at: LayoutAddress, a: string, b: string): Command =>
  configurationCommand({ key: 'swapWidgets', count: 2 }, (configuration) => {
    const grid = gridAt(configuration, at)
    const boxes = boxesOf(grid)
    const [one, other] = [boxes.get(a), boxes.get(b)]
    const locked = lockedIn(grid)
    if (!grid || !one || !other || locked.has(a) || locked.has(b)) return configuration
    const swapped = new Map([
      [a, other],
      [b, one],
    ])
    return withGrid(configuration, at, withBoxes(grid, swapped, [a, b]))
  })

/** Moves all widgets of a grid, locked ones too, as far as the grid lets them go. */
export const moveAll = (at: LayoutAddress, by: { columns: number; rows: number }): Command =>
  wholeGrid('moveAll', at, (boxes, columns) => movedBy(boxes, by, columns))

/** Makes room: what begins at that row or below goes down by so many rows. */
export const insertRows = (at: LayoutAddress, row: number, count: number): Command =>
  wholeGrid(
    'insertRows',
    at,
    (boxes) =>
      new Map(
        [...boxes].map(([id, box]) => [
          id,
          box.row >= row ? { ...box, row: wholeWithin(box.row + Math.max(0, count), 0, mostRows) } : box,
        ]),
      ),
  )

/** Takes out rows that hold nothing, from that one on; as many as there are, at most `count`. */
export const removeRows = (at: LayoutAddress, row: number, count: number): Command =>
  wholeGrid('removeRows', at, (boxes) => {
    const after = [...boxes.values()].filter((box) => bottom(box) > row)
    const free = wholeWithin(Math.min(count, ...after.map((box) => box.row - row)), 0, mostRows)
    return new Map([...boxes].map(([id, box]) => [id, box.row >= row ? { ...box, row: box.row - free } : box]))
  })

/** Moves everything up as far as it goes. */
export const compactGrid = (at: LayoutAddress): Command =>
  configurationCommand({ key: 'compact' }, (configuration) => {
    const grid = gridAt(configuration, at)
    if (!grid) return configuration
    const boxes = compacted(boxesOf(grid), lockedIn(grid))
    return withGrid(configuration, at, withBoxes(grid, boxes, [...boxes.keys()]))
  })

const wholeGrid = (key: StepKey, at: LayoutAddress, to: (boxes: Boxes, columns: number) => Boxes): Command =>
  configurationCommand({ key }, (configuration) => {
    const grid = gridAt(configuration, at)
    if (!grid) return configuration
    const boxes = to(boxesOf(grid), columnsOf(grid))
    return withGrid(configuration, at, withBoxes(grid, boxes, [...boxes.keys()]))
  })

/** Members of places beside the box: hidden on phones or desktops, order and height on phones, ratio. */
export const setPlaces = (
  at: LayoutAddress,
  ids: readonly string[],
  members: JsonRecord,
  key: StepKey = 'changeWidget',
  join: string | null = null,
): Command =>
  configurationCommand({ key, count: ids.length, title: titleOfOne(ids), join }, (configuration) =>
    changedPlaces(configuration, at, ids, (place) => withMembers(place, members)),
  )

export const changedPlaces = (
  configuration: JsonRecord,
  at: LayoutAddress,
  ids: readonly string[],
  change: (place: JsonRecord, id: string) => JsonRecord,
): JsonRecord => {
  const grid = gridAt(configuration, at)
  if (!grid) return configuration
  const places = placesOf(grid)
  const changed = ids.flatMap((id): [string, JsonRecord][] => {
    const place = own(places, id)
    if (place === undefined) return []
    const after = change(recordOf(place), id)
    return after === place ? [] : [[id, after]]
  })
  if (changed.length === 0) return configuration
  return withGrid(configuration, at, withMember(grid, 'widgets', { ...places, ...Object.fromEntries(changed) }))
}

/** Locked widgets are neither moved nor resized, and others do not push them. */
export const lockWidgets = (at: LayoutAddress, ids: readonly string[], locked: boolean): Command =>
  configurationCommand(
    { key: locked ? 'lockWidgets' : 'unlockWidgets', count: ids.length, title: titleOfOne(ids) },
    (configuration) =>
      changedPlaces(configuration, at, ids, (place) => withOurs(place, { locked: locked ? true : undefined })),
  )

export type LayerMove = 'front' | 'back' | 'forward' | 'backward'

/** The order of all widgets of a grid, the lowest first; ties by the order of the file. */
export const layersOf = (grid: JsonRecord | null): string[] =>
  Object.entries(placesOf(grid))
    .map(([id, place], index) => ({ id, layer: layerOf(place), index }))
    .sort((a, b) => a.layer - b.layer || a.index - b.index)
    .map(({ id }) => id)

const reordered = (order: readonly string[], ids: ReadonlySet<string>, to: LayerMove): string[] => {
  const [moved, rest] = [order.filter((id) => ids.has(id)), order.filter((id) => !ids.has(id))]
  if (to === 'front') return [...rest, ...moved]
  if (to === 'back') return [...moved, ...rest]
  const result = to === 'forward' ? order.toReversed() : [...order]
  for (let index = 1; index < result.length; index++) {
    const [before, id] = [result[index - 1], result[index]]
    if (before !== undefined && id !== undefined && ids.has(id) && !ids.has(before)) {
      result[index - 1] = id
      result[index] = before
    }
  }
  return to === 'forward' ? result.toReversed() : result
}

/** Brings widgets in front of others, or behind them. */
export const layerWidgets = (at: LayoutAddress, ids: readonly string[], to: LayerMove): Command =>
  configurationCommand({ key: 'layerWidgets', count: ids.length, title: titleOfOne(ids) }, (configuration) => {
    const grid = gridAt(configuration, at)
    const order = layersOf(grid)
    const result = reordered(order, new Set(ids), to)
    if (result.every((id, index) => id === order[index])) return configuration
    const layers = new Map(result.map((id, index) => [id, index]))
    return changedPlaces(configuration, at, order, (place, id) => {
      const layer = layers.get(id) ?? 0
      return withOurs(place, { layer: layer === 0 ? undefined : layer })
    })
  })

/** Members of a grid's settings: columns, row height, margins, background, how it fills. Undefined takes one out. */
export const setGrid = (at: LayoutAddress, members: JsonRecord, join: string | null = null): Command =>
  configurationCommand({ key: 'changeGrid', join }, (configuration) => {
    const grid = gridAt(configuration, at)
    if (!grid) return configuration
    const settings = withMembers(recordOf(grid.gridSettings), members)
    return withGrid(configuration, at, withMember(grid, 'gridSettings', settings))
  })

/** Whether widgets push each other away or lie over each other. */
export const setPlacement = (at: LayoutAddress, placement: Placement): Command =>
  configurationCommand({ key: 'changeGrid' }, (configuration) => {
    const grid = gridAt(configuration, at)
    if (!grid) return configuration
    const settings = withOurs(recordOf(grid.gridSettings), { placement: placement === 'free' ? 'free' : undefined })
    return withGrid(configuration, at, withMember(grid, 'gridSettings', settings))
  })
