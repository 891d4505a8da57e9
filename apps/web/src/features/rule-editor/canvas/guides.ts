import type { Place } from '../model/places.ts'

export type Box = Place & { width: number; height: number }

/** A line through what stands in line, in px of the canvas. */
export type Guide = { axis: 'x' | 'y'; at: number; from: number; to: number }

export type Snap = { dx: number; dy: number; guides: readonly Guide[] }

export const boundsOf = (boxes: readonly Box[]): Box => {
  const left = Math.min(...boxes.map((box) => box.x))
  const top = Math.min(...boxes.map((box) => box.y))
  return {
    x: left,
    y: top,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - left,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - top,
  }
}

type Axis = 'x' | 'y'
const start = (box: Box, axis: Axis) => box[axis]
const size = (box: Box, axis: Axis) => (axis === 'x' ? box.width : box.height)
/** What can stand in line: edges with edges, the middle with the middle. */
const marks = (box: Box, axis: Axis) => [
  [start(box, axis), start(box, axis) + size(box, axis)],
  [start(box, axis) + size(box, axis) / 2],
]

type Hit = { shift: number; at: number; boxes: Box[] }

const nearest = (moving: Box, others: readonly Box[], axis: Axis, reach: number): Hit | null => {
  let best: Hit | null = null
  const own = marks(moving, axis)
  const [low, high] = [start(moving, axis) - reach, start(moving, axis) + size(moving, axis) + reach]
  for (const other of others) {
    if (start(other, axis) > high || start(other, axis) + size(other, axis) < low) continue
    const pairs = marks(other, axis).flatMap((ats, kind) =>
      ats.flatMap((at) => own[kind]?.map((mark) => [at, mark]) ?? []),
    )
    for (const [at = 0, mark = 0] of pairs) {
      const shift = at - mark
      if (Math.abs(shift) > reach) continue
      if (best === null || Math.abs(shift) < Math.abs(best.shift) - 0.01) best = { shift, at, boxes: [other] }
      else if (Math.abs(shift - best.shift) <= 0.01 && Math.abs(at - best.at) <= 0.01) best.boxes.push(other)
    }
  }
  return best
}

const toGuide = (hit: Hit, moved: Box, axis: Axis): Guide => {
  const across = axis === 'x' ? 'y' : 'x'
  const all = [...hit.boxes, moved]
  return {
    axis,
    at: hit.at,
    from: Math.min(...all.map((box) => start(box, across))),
    to: Math.max(...all.map((box) => start(box, across) + size(box, across))),
  }
}

const toGrid = (value: number, step: number) => Math.round(value / step) * step - value

/**
 * Where a box that is dragged wants to be: in line with another that is at most `reach` away, else on the grid (null: there
 * is none).
 */
export const snapBox = (
  moving: Box,
  others: readonly Box[],
  { reach, grid }: { reach: number; grid: Place | null },
): Snap => {
  const x = nearest(moving, others, 'x', reach)
  const y = nearest(moving, others, 'y', reach)
  const dx = x?.shift ?? (grid ? toGrid(moving.x, grid.x) : 0)
  const dy = y?.shift ?? (grid ? toGrid(moving.y, grid.y) : 0)
  const moved = { ...moving, x: moving.x + dx, y: moving.y + dy }
  return { dx, dy, guides: [...(x ? [toGuide(x, moved, 'x')] : []), ...(y ? [toGuide(y, moved, 'y')] : [])] }
}
