import type { Box, Boxes } from '../model.ts'

export const right = (box: Box): number => box.col + box.sizeX
export const bottom = (box: Box): number => box.row + box.sizeY

export const collides = (a: Box, b: Box): boolean =>
  a.col < right(b) && b.col < right(a) && a.row < bottom(b) && b.row < bottom(a)

/** Reading order: row by row. */
export const byPlace = (a: Box, b: Box): number => a.row - b.row || a.col - b.col

export const isSameBox = (a: Box, b: Box): boolean =>
  a.col === b.col && a.row === b.row && a.sizeX === b.sizeX && a.sizeY === b.sizeY

/** The box that holds all; null for none. */
export const boundsOf = (boxes: Iterable<Box>): Box | null => {
  let [left, top, end, low] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const box of boxes) {
    left = Math.min(left, box.col)
    top = Math.min(top, box.row)
    end = Math.max(end, right(box))
    low = Math.max(low, bottom(box))
  }
  return left === Infinity ? null : { col: left, row: top, sizeX: end - left, sizeY: low - top }
}

/** Rows up to the lowest end. */
export const heightOf = (boxes: Boxes): number =>
  (boundsOf(boxes.values())?.row ?? 0) + (boundsOf(boxes.values())?.sizeY ?? 0)

/** As far down as a grid goes; what is read of files ends there, too. */
export const mostRows = 20_000

/** A whole number from `least` to `most`; `least` for what is none. */
export const wholeWithin = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, Number.isNaN(value) ? least : Math.round(value)))

/** Pulled in so that it is on the grid; what is wider than it, is cut. */
export const inGrid = (box: Box, columns: number): Box => {
  const sizeX = wholeWithin(box.sizeX, 1, columns)
  return {
    col: wholeWithin(box.col, 0, columns - sizeX),
    row: wholeWithin(box.row, 0, mostRows),
    sizeX,
    sizeY: wholeWithin(box.sizeY, 1, mostRows),
  }
}

/** Boxes moved together by whole cells, as far as the grid lets all of them go. */
export const movedBy = (boxes: Boxes, by: { columns: number; rows: number }, columns: number): Boxes => {
  const bounds = boundsOf(boxes.values())
  if (!bounds) return boxes
  const x = wholeWithin(bounds.col + by.columns, 0, Math.max(0, columns - bounds.sizeX)) - bounds.col
  const y = wholeWithin(bounds.row + by.rows, 0, mostRows) - bounds.row
  return new Map([...boxes].map(([id, box]) => [id, { ...box, col: box.col + x, row: box.row + y }]))
}

/** Ids of the boxes that a rectangle touches; it may end within cells. */
export const within = (boxes: Boxes, rectangle: Box): string[] =>
  [...boxes].flatMap(([id, box]) => (collides(box, rectangle) ? [id] : []))

const isFree = (box: Box, taken: readonly Box[]): boolean => !taken.some((one) => collides(one, box))

/** The first place in reading order where a box of that size covers nothing, from a row on. */
export const firstFree = (
  taken: Iterable<Box>,
  size: { sizeX: number; sizeY: number },
  columns: number,
  fromRow = 0,
): Box => {
  const all = [...taken].filter((one) => bottom(one) > fromRow)
  const sizeX = Math.min(size.sizeX, columns)
  // The first free place touches the end of another box, or the edge of the grid.
  const rows = [...new Set([fromRow, ...all.map(bottom)])].sort((a, b) => a - b)
  const starts = [...new Set([0, ...all.map(right)])].filter((col) => col + sizeX <= columns).sort((a, b) => a - b)
  for (const row of rows) {
    const beside = all.filter((one) => one.row < row + size.sizeY && bottom(one) > row)
    for (const col of starts) {
      const box = { col, row, sizeX, sizeY: size.sizeY }
      if (isFree(box, beside)) return box
    }
  }
  return { col: 0, row: rows.at(-1) ?? fromRow, sizeX, sizeY: size.sizeY }
}
