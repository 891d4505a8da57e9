import type { JsonRecord } from '../../read.ts'
import { readContainer } from '../container.ts'
import { withMember, without } from '../json.ts'
import type { LayoutAddress } from '../model.ts'
import { allGrids, gridAt, placesOf, statesOf, widgetOf, widgetsOf, withGrid } from '../parts.ts'

/** The configuration without the states of sections of these containers. */
const withoutSections = (configuration: JsonRecord, ids: readonly string[]): JsonRecord => {
  const states = ids.flatMap((id) => {
    const widget = widgetOf(configuration, id)
    return widget ? (readContainer(widget)?.sections ?? []).map(({ stateId }) => stateId) : []
  })
  return withMember(configuration, 'states', without(statesOf(configuration), states))
}

/** Takes widgets out of one grid. */
export const withoutPlaces = (configuration: JsonRecord, at: LayoutAddress, ids: readonly string[]): JsonRecord => {
  const grid = gridAt(configuration, at)
  if (!grid) return configuration
  const places = without(placesOf(grid), ids)
  return places === placesOf(grid) ? configuration : withGrid(configuration, at, withMember(grid, 'widgets', places))
}

/** Widgets that stand in no grid. */
const unplaced = (configuration: JsonRecord): string[] => {
  const placed = new Set(allGrids(configuration).flatMap((at) => Object.keys(placesOf(gridAt(configuration, at)))))
  return Object.keys(widgetsOf(configuration)).filter((id) => !placed.has(id))
}

/** Takes widgets out that stand nowhere now and did before; with the sections of containers among them. */
export const withoutOrphans = (before: JsonRecord, after: JsonRecord): JsonRecord => {
  const lost = new Set(unplaced(before))
  const gone = unplaced(after).filter((id) => !lost.has(id))
  if (gone.length === 0) return after
  const inner = withoutSections(after, gone)
  const left = withMember(inner, 'widgets', without(widgetsOf(inner), gone))
  return withoutOrphans(after, left)
}
