import type { DashboardLayout, LayoutGrid } from '../../document/model.ts'
import { isRecord, type JsonRecord, numberOf, recordOf } from '../../read.ts'
import { mappedMembers, own, withMember, without } from '../json.ts'
import { withOurs } from '../parts.ts'

/** The margin stood in a list once, which would be read before the number. */
export const gridForm = (settings: JsonRecord): JsonRecord => {
  const margin = Array.isArray(settings.margins) ? numberOf((settings.margins as unknown[])[0]) : null
  return margin === null ? settings : withMember(without(settings, ['margins']), 'margin', margin)
}

/** A grid whose places say themselves where they are and how large. */
const placesForm = (file: JsonRecord, read: LayoutGrid): JsonRecord => {
  const items = new Map(read.items.map((item) => [item.widgetId, item]))
  const places = mappedMembers(recordOf(file.widgets), (place, id) => {
    const item = items.get(id)
    if (!item) return place
    const given = recordOf(place)
    const missing = (['sizeX', 'sizeY', 'col', 'row'] as const).filter((name) => numberOf(given[name]) === null)
    if (isRecord(place) && missing.length === 0) return place
    const { col, row, sizeX, sizeY } = item
    const whole = { col, row, sizeX, sizeY }
    return { ...given, ...Object.fromEntries(missing.map((name) => [name, whole[name]])) }
  })
  const settings = recordOf(file.gridSettings)
  return withMember(withMember(file, 'widgets', places), 'gridSettings', gridForm(settings))
}

/** A layout in today's form. @param read what is drawn of it */
export const layoutForm = (file: unknown, read: DashboardLayout): JsonRecord => {
  const placed = placesForm(recordOf(file), read)
  if (!isRecord(placed.breakpoints)) return placed
  const breakpoints = mappedMembers(placed.breakpoints, (grid, id) => {
    const known = own(read.breakpoints, id)
    return isRecord(grid) && known ? placesForm(grid, known as LayoutGrid) : grid
  })
  return withMember(placed, 'breakpoints', breakpoints)
}

/** The layout of a file from before there were states. */
export const firstLayout = (read: DashboardLayout): JsonRecord => ({
  widgets: Object.fromEntries(
    read.items.map(({ widgetId, col, row, sizeX, sizeY }) => [widgetId, { sizeX, sizeY, row, col }]),
  ),
  gridSettings: {},
})

/** For a while the grid of the first state stood beside the states, and counted. What it hid is kept. */
export const withOlderGrid = (layout: JsonRecord, older: JsonRecord): JsonRecord => {
  const former = recordOf(layout.gridSettings)
  const settings = gridForm(older)
  const kept = Object.keys(former).length > 0 ? withOurs(settings, { former }) : settings
  return withMember(layout, 'gridSettings', kept)
}
