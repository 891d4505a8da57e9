import type { JsonRecord } from '../../read.ts'
import { firstFree } from '../grid/geometry.ts'
import { onGrid, pushed } from '../grid/push.ts'
import { own, withMember } from '../json.ts'
import type { Box, LayoutAddress } from '../model.ts'
import { boxesOf, columnsOf, gridAt, gridsOfLayout, placementOf, placesOf, withGrid } from '../parts.ts'
import { lockedIn, withBoxes } from './layout.ts'

/** A place for a widget; without column and row the first free one. `members`: others that the place has. */
export type NewPlace = { sizeX: number; sizeY: number; col?: number; row?: number; members?: JsonRecord }
type Group = ReadonlyMap<string, NewPlace>

const sized = ({ sizeX, sizeY }: NewPlace, columns: number) => ({
  sizeX: Math.min(columns, Math.max(1, Math.round(sizeX))),
  sizeY: Math.max(1, Math.round(sizeY)),
})

/** The grid with places for widgets; in a pushing grid others make room for those that are told where. */
const withGroup = (grid: JsonRecord, group: Group): JsonRecord => {
  const columns = columnsOf(grid)
  const given = new Map<string, Box>()
  for (const [id, place] of group) {
    const { col, row } = place
    if (col !== undefined && row !== undefined) given.set(id, { col, row, ...sized(place, columns) })
  }
  const told = onGrid(given, columns)
  const before = boxesOf(grid)
  const isPushing = placementOf(grid) === 'push' && told.size > 0
  const boxes = new Map(isPushing ? pushed(before, told, { columns, locked: lockedIn(grid) }) : [...before, ...told])
  for (const [id, place] of group) {
    if (!told.has(id)) boxes.set(id, firstFree(boxes.values(), sized(place, columns), columns))
  }
  const members = Object.fromEntries([...group].map(([id, place]) => [id, place.members ?? {}]))
  const added = withMember(grid, 'widgets', { ...placesOf(grid), ...members })
  return withBoxes(added, boxes, [...told.keys()])
}

/**
 * Puts places for widgets into the grid of `at` as told, and at the first free places into every other grid of the same
 * layout, so that a widget is there at every width.
 */
export const withPlaces = (configuration: JsonRecord, at: LayoutAddress, group: Group): JsonRecord => {
  const target = gridAt(configuration, at)
  if (!target) return configuration
  return gridsOfLayout(configuration, at.stateId, at.layout).reduce((now, one) => {
    const grid = gridAt(now, one)
    if (!grid) return now
    const missing = [...group].filter(([id]) => own(placesOf(grid), id) === undefined)
    if (missing.length === 0) return now
    if (one.breakpoint === at.breakpoint) return withGrid(now, one, withGroup(grid, new Map(missing)))
    const scale = (columnsOf(grid) / columnsOf(target)) * (one.breakpoint === 'xs' ? 2 : 1)
    const free = missing.map(([id, { sizeX, sizeY, members }]): [string, NewPlace] => [
      id,
      { sizeX: sizeX * scale, sizeY, ...(members && { members }) },
    ])
    return withGrid(now, one, withGroup(grid, new Map(free)))
  }, configuration)
}
