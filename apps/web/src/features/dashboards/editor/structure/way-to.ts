import { sectionStates } from '@thingwire/dashboards'
import { allGrids, type EditedDashboard, gridAt, type LayoutAddress, placesOf } from '@thingwire/dashboards/edit'

/** Where a widget is found: the state that is shown, the sections to be opened on the way, and the grid that it stands in. */
type WayTo = { stateId: string; sections: readonly { widgetId: string; sectionId: string }[]; at: LayoutAddress }

/** Null: it stands in no grid. Grids for all widths come first, and what stands in no section. */
export const wayTo = (configuration: EditedDashboard['configuration'], widgetId: string): WayTo | null => {
  const owners = sectionStates(configuration)
  const standing = (id: string): LayoutAddress | undefined =>
    allGrids(configuration)
      .filter((at) => Object.hasOwn(placesOf(gridAt(configuration, at)), id))
      .sort(
        (a, b) =>
          Number(owners.has(a.stateId)) - Number(owners.has(b.stateId)) ||
          Number(a.breakpoint !== null) - Number(b.breakpoint !== null),
      )[0]
  const at = standing(widgetId)
  if (!at) return null
  const sections: { widgetId: string; sectionId: string }[] = []
  let { stateId } = at
  for (let owner = owners.get(stateId); owner; owner = owners.get(stateId)) {
    const around = standing(owner.widgetId)
    // A container in itself, or one that stands nowhere.
    if (!around || sections.some((one) => one.widgetId === owner?.widgetId)) return null
    sections.unshift(owner)
    stateId = around.stateId
  }
  return { stateId, sections, at }
}
