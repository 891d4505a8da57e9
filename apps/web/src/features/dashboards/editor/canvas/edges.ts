import type { Box } from '@thingwire/dashboards/edit'

export const edges = ['n', 's', 'w', 'e', 'nw', 'ne', 'sw', 'se'] as const
export type Edge = (typeof edges)[number]
export const isEdge = (value: unknown): value is Edge => edges.some((edge) => edge === value)

/** The box with one edge or corner pulled by so many cells; never smaller than `least`, never over the side of the grid. */
export const pulled = (
  box: Box,
  edge: Edge,
  by: { columns: number; rows: number },
  { columns, least }: { columns: number; least: { columns: number; rows: number } },
): Box => {
  const result = { ...box }
  if (edge.includes('e')) result.sizeX = Math.min(columns - box.col, Math.max(least.columns, box.sizeX + by.columns))
  if (edge.includes('s')) result.sizeY = Math.max(least.rows, box.sizeY + by.rows)
  if (edge.includes('w')) {
    result.col = Math.max(0, Math.min(box.col + by.columns, box.col + box.sizeX - least.columns))
    result.sizeX = box.sizeX + box.col - result.col
  }
  if (edge.includes('n')) {
    result.row = Math.max(0, Math.min(box.row + by.rows, box.row + box.sizeY - least.rows))
    result.sizeY = box.sizeY + box.row - result.row
  }
  return result
}
