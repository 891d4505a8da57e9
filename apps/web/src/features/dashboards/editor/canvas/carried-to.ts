import { sectionStates } from '@thingwire/dashboards'
import {
  type Command,
  type EditedDashboard,
  type LayoutAddress,
  moveToLayout,
  putIntoSection,
  takeOutOfSection,
} from '@thingwire/dashboards/edit'

type Carried = {
  from: LayoutAddress
  /** A place of another grid; or a section, where the first free place is meant. */
  to: { at: LayoutAddress; place: { col: number; row: number } } | { containerId: string; sectionId: string }
  ids: readonly string[]
}

/** The step that brings widgets of one grid to a place of another, named by what it is: into a section, out of one. */
export const carriedTo = ({ configuration }: EditedDashboard, { from, to, ids }: Carried): Command => {
  if ('sectionId' in to) return putIntoSection(to.containerId, to.sectionId, from, ids)
  const sections = sectionStates(configuration)
  const [into, outOf] = [sections.get(to.at.stateId), sections.get(from.stateId)]
  if (into) return putIntoSection(into.widgetId, into.sectionId, from, ids, to.place)
  if (outOf) return takeOutOfSection(outOf.widgetId, outOf.sectionId, ids, to.at, to.place)
  return moveToLayout(from, to.at, ids, to.place)
}
