import { isRecord, type JsonRecord, recordOf } from '../../read.ts'
import { mappedMembers } from '../json.ts'
import { placesOf } from '../parts.ts'
import { flowOf, withFlow } from './reflow.ts'

/** A layout, or the grid of a breakpoint, with other ids for its widgets; in all its breakpoints. */
export const withWidgetIds = (grid: JsonRecord, ids: ReadonlyMap<string, string>): JsonRecord => {
  const named = (id: string): string => ids.get(id) ?? id
  const places = Object.fromEntries(Object.entries(placesOf(grid)).map(([id, place]) => [named(id), place]))
  const flow = flowOf(grid)
  const renamed = { ...grid, widgets: places }
  return {
    ...(flow ? withFlow(renamed, { ...flow, kept: flow.kept.map(named), hidden: flow.hidden.map(named) }) : renamed),
    ...(isRecord(grid.breakpoints) && {
      breakpoints: mappedMembers(grid.breakpoints, (one) => (isRecord(one) ? withWidgetIds(recordOf(one), ids) : one)),
    }),
  }
}
