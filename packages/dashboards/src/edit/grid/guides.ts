import type { Box } from '../model.ts'

/** A line along which edges or middles meet, from one end to the other, in columns and rows. */
export type Guide = { axis: 'column' | 'row'; at: number; from: number; to: number }
/** `columns`, `rows`: how far to move so that they meet. */
export type Snap = { columns: number; rows: number; guides: readonly Guide[] }

type Side = { start: number; size: number }
const marks = ({ start, size }: Side): number[] => [start, start + size / 2, start + size]
const acrossOf = (box: Box): Side => ({ start: box.col, size: box.sizeX })
const downOf = (box: Box): Side => ({ start: box.row, size: box.sizeY })

/** The smallest step that brings a mark of one to a mark of another; null: none within reach. */
const nearest = (moving: Side, others: readonly Side[], reach: number): number | null => {
  let best: number | null = null
  for (const other of others) {
    for (const mark of marks(other)) {
      for (const own of marks(moving)) {
        const by = mark - own
        if (Math.abs(by) <= reach && Number.isInteger(by) && (best === null || Math.abs(by) < Math.abs(best))) best = by
      }
    }
  }
  return best
}

const guidesAlong = (axis: Guide['axis'], box: Box, others: readonly Box[]): Guide[] => {
  const [along, across] = axis === 'column' ? [acrossOf, downOf] : [downOf, acrossOf]
  const mine = marks(along(box))
  const found = new Map<number, Guide>()
  for (const other of others) {
    for (const at of marks(along(other)).filter((mark) => mine.includes(mark))) {
      const [a, b] = [across(box), across(other)]
      const known = found.get(at)
      found.set(at, {
        axis,
        at,
        from: Math.min(a.start, b.start, known?.from ?? Infinity),
        to: Math.max(a.start + a.size, b.start + b.size, known?.to ?? -Infinity),
      })
    }
  }
  return [...found.values()]
}

/**
 * Where a box that is dragged meets edges and middles of others.
 * @param reach in cells; 0 only tells what meets already, as suits grids of few columns
 */
export const snapped = (box: Box, others: readonly Box[], reach: number): Snap => {
  const columns = nearest(acrossOf(box), others.map(acrossOf), reach) ?? 0
  const rows = nearest(downOf(box), others.map(downOf), reach) ?? 0
  const moved = { ...box, col: box.col + columns, row: box.row + rows }
  return {
    columns,
    rows,
    guides: [...guidesAlong('column', moved, others), ...guidesAlong('row', moved, others)],
  }
}
