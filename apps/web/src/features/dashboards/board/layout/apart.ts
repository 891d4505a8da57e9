/** Cells that something takes on a grid, from 0. */
type Cells = { column: number; row: number; columns: number; rows: number }

const meet = (a: Cells, b: Cells): boolean =>
  a.column < b.column + b.columns && b.column < a.column + a.columns && a.row < b.row + b.rows && b.row < a.row + a.rows

/** The first place in reading order where that many cells are free; a free place begins at an edge of what is there. */
const firstFree = <T extends Cells>(item: T, taken: readonly Cells[], columns: number): T => {
  const rows = [0, ...taken.map((one) => one.row + one.rows)].sort((a, b) => a - b)
  const starts = [0, ...taken.map((one) => one.column + one.columns)]
    .filter((column) => column + item.columns <= columns)
    .sort((a, b) => a - b)
  for (const row of rows) {
    const column = starts.find((start) => !taken.some((one) => meet(one, { ...item, row, column: start })))
    if (column !== undefined) return { ...item, row, column }
  }
  return item
}

/** Beyond this a file is broken rather than laid out, and looking for places would take longer than drawing. */
const mostMoved = 100

/**
 * Files may place a widget on another, which would hide it: whoever comes later in reading order is drawn at the first free
 * place, as the grid such files were made for does. Order stays.
 */
export const apart = <T extends Cells>(items: readonly T[], columns: number): readonly T[] => {
  const standing: T[] = []
  const moved = new Map<T, T>()
  const inOrder = items.toSorted((a, b) => a.row - b.row || a.column - b.column)
  const covering = inOrder.filter((item) => {
    const covers = standing.some((one) => meet(one, item))
    if (!covers) standing.push(item)
    return covers
  })
  for (const item of covering.slice(0, mostMoved)) {
    const free = firstFree(item, standing, columns)
    standing.push(free)
    moved.set(item, free)
  }
  return moved.size === 0 ? items : items.map((item) => moved.get(item) ?? item)
}
