import type { Box, Boxes } from '../model.ts'
import { bottom, boundsOf, byPlace, collides, inGrid } from './geometry.ts'

type Push = {
  columns: number
  /** Those that stay where they are, whatever comes. */
  locked?: ReadonlySet<string>
}

/** Moved down until it covers none of those. */
const below = (box: Box, taken: readonly Box[]): Box => {
  let now = box
  for (;;) {
    const hit = taken.filter((one) => collides(one, now))
    if (hit.length === 0) return now
    now = { ...now, row: Math.max(...hit.map(bottom)) }
  }
}

const shifted = (boxes: readonly (readonly [string, Box])[], rows: number) =>
  boxes.map(([id, box]) => [id, { ...box, row: box.row + rows }] as const)

/**
 * Boxes pulled onto the grid together, keeping their shape. Those of a group that is wider than the grid, and would come to
 * lie over each other for it, go below each other.
 */
export const onGrid = (boxes: Boxes, columns: number): Boxes => {
  const bounds = boundsOf(boxes.values())
  if (!bounds) return boxes
  const columnsOver = Math.max(0, bounds.col + bounds.sizeX - columns)
  const left = bounds.col < 0 ? -bounds.col : -Math.min(columnsOver, bounds.col)
  const down = Math.max(0, -bounds.row)
  const result = new Map<string, Box>()
  for (const [id, box] of [...boxes].toSorted(([, a], [, b]) => byPlace(a, b))) {
    const pulled = inGrid({ ...box, col: box.col + left, row: box.row + down }, columns)
    // Where they lay over each other before, they may.
    const others = [...result].filter(([other]) => !collides(boxes.get(other) ?? box, box)).map(([, one]) => one)
    result.set(id, below(pulled, others))
  }
  return new Map(
    [...boxes.keys()].flatMap((id) => {
      const box = result.get(id)
      return box ? [[id, box] as const] : []
    }),
  )
}

/** What is moved, on the grid and below whatever is locked, keeping its shape. */
const settled = (moved: Boxes, fixed: readonly Box[], columns: number) => {
  let now: (readonly [string, Box])[] = [...onGrid(moved, columns)]
  for (;;) {
    const gap = Math.max(
      0,
      ...now.map(([, box]) =>
        Math.max(0, ...fixed.filter((one) => collides(one, box)).map((one) => bottom(one) - box.row)),
      ),
    )
    if (gap === 0) return now
    now = shifted(now, gap)
  }
}

/**
 * The grid while some of its boxes are dragged or resized, and when they are dropped: others make room. A box that is
 * moved downwards lets those it comes over go up into the room it left; all else goes down. Always counted from where the
 * boxes were when the drag began, so that what made room comes back as the drag goes on.
 * @param start all boxes of the grid as they were
 * @param moved those that are dragged, where they are now
 */
export const pushed = (start: Boxes, moved: Boxes, { columns, locked = new Set() }: Push): Boxes => {
  const fixed = [...start].filter(([id]) => locked.has(id) && !moved.has(id))
  const held = settled(
    moved,
    fixed.map(([, box]) => box),
    columns,
  )
  const others = [...start].filter(([id]) => !locked.has(id) && !moved.has(id))
  const taken = [...fixed, ...held].map(([, box]) => box)
  const result = new Map<string, Box>([...fixed, ...held])
  const isDown = held.some(([id, box]) => box.row > (start.get(id)?.row ?? box.row))
  const lifted = isDown ? liftedOver(others, held, [...taken]) : new Map<string, Box>()
  taken.push(...lifted.values())
  for (const [id, box] of lifted) result.set(id, box)
  for (const [id, box] of others.toSorted(([, a], [, b]) => byPlace(a, b))) {
    if (lifted.has(id)) continue
    const place = below(box, taken)
    taken.push(place)
    result.set(id, place)
  }
  return new Map(
    [...start.keys(), ...moved.keys()].flatMap((id) => {
      const box = result.get(id)
      return box ? [[id, box] as const] : []
    }),
  )
}

/** Those under the moved ones that fit right above them, where nothing else stands. */
const liftedOver = (
  others: readonly (readonly [string, Box])[],
  held: readonly (readonly [string, Box])[],
  taken: readonly Box[],
): Map<string, Box> => {
  const hit = others.filter(([, box]) => held.some(([, one]) => collides(one, box)))
  const staying = others.filter(([id]) => !hit.some(([other]) => other === id)).map(([, box]) => box)
  const lifted = new Map<string, Box>()
  for (const [id, box] of hit.toSorted(([, a], [, b]) => byPlace(a, b))) {
    const top = Math.min(...held.filter(([, one]) => collides(one, box)).map(([, one]) => one.row))
    const up = { ...box, row: top - box.sizeY }
    const obstacles = [...taken, ...staying, ...lifted.values()]
    if (up.row >= 0 && up.row < box.row && !obstacles.some((one) => collides(one, up))) lifted.set(id, up)
  }
  return lifted
}

/** Moves everything up as far as it goes, in reading order; locked ones stay. */
export const compacted = (boxes: Boxes, locked: ReadonlySet<string> = new Set()): Boxes => {
  const fixed = [...boxes].filter(([id]) => locked.has(id)).map(([, box]) => box)
  const result = new Map<string, Box>()
  for (const [id, box] of [...boxes].toSorted(([, a], [, b]) => byPlace(a, b))) {
    if (locked.has(id)) {
      result.set(id, box)
      continue
    }
    const taken = [...fixed, ...result.values()]
    // Nothing to stop at in between: the free rows above it begin below the lowest that it would meet.
    const above = taken.filter(
      (one) => one.col < box.col + box.sizeX && box.col < one.col + one.sizeX && one.row < bottom(box),
    )
    const row = Math.min(box.row, Math.max(0, ...above.map(bottom)))
    result.set(id, { ...box, row })
  }
  return new Map(
    [...boxes.keys()].flatMap((id) => {
      const box = result.get(id)
      return box ? [[id, box] as const] : []
    }),
  )
}
