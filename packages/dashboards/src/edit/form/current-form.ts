import { readAlias } from '../../aliases/read.ts'
import type { DashboardDocument } from '../../document/model.ts'
import { readDashboard } from '../../document/read.ts'
import { flagOf, isRecord, type JsonRecord, numberOf, recordOf, textOf } from '../../read.ts'
import { writeTimeWindow } from '../../time-window/read.ts'
import { mappedMembers, own, withMember, withMembers, without } from '../json.ts'
import { firstLayout, layoutForm, withOlderGrid } from './layout-form.ts'
import { widgetForm } from './widget-form.ts'

const freeId = (id: string, taken: ReadonlySet<string>): string => {
  for (let number = 2; ; number++) if (!taken.has(`${id}-${number}`)) return `${id}-${number}`
}

/** Widgets by id. Of several with the same id in a list the last is drawn; the others get ids of their own. */
const widgetsById = (file: unknown): JsonRecord => {
  if (!Array.isArray(file)) return recordOf(file)
  const list: unknown[] = file
  const ids = list.map((one, index) => textOf(recordOf(one).id) ?? `widget-${index}`)
  const taken = new Set(ids)
  const entries = list.map((one, index): [string, unknown] => {
    const id = ids[index] ?? ''
    if (ids.lastIndexOf(id) === index) return [id, one]
    const free = freeId(id, taken)
    taken.add(free)
    return [free, isRecord(one) ? { ...one, id: free } : one]
  })
  return Object.fromEntries(entries)
}

const flags = [
  'showTitle',
  'showDashboardsSelect',
  'showFilters',
  'showDashboardTimewindow',
  'showDashboardExport',
  'showDashboardLogo',
  'toolbarAlwaysOpen',
  'hideToolbar',
]

/** Settings of the toolbar stood with the grid, and counted there. */
const settingsForm = (file: JsonRecord): { settings: JsonRecord; grid: JsonRecord } => {
  const grid = recordOf(file.gridSettings)
  const found: [string, unknown][] = flags.flatMap((name): [string, unknown][] => {
    const flag = flagOf(grid[name])
    return flag === null ? [] : [[name, flag]]
  })
  const entities = flagOf(grid.showDevicesSelect) ?? flagOf(grid.showEntitiesSelect)
  if (entities !== null) found.push(['showEntitiesSelect', entities])
  const color = textOf(grid.titleColor)
  if (color !== null) found.push(['titleColor', color])
  const moved = [
    ...found.map(([name]) => name),
    ...(flagOf(grid.showDevicesSelect) === null ? [] : ['showDevicesSelect']),
  ]
  return {
    settings: withMembers(recordOf(file.settings), Object.fromEntries(found)),
    grid: without(grid, moved),
  }
}

const statesForm = (file: JsonRecord, read: DashboardDocument, older: JsonRecord): JsonRecord => {
  const states = recordOf(file.states)
  const hasOlderGrid = isRecord(file.gridSettings)
  const given = Object.values(states).some(isRecord) ? states : { ...states, default: { name: 'default', root: true } }
  return mappedMembers(given, (state, id) => {
    const known = read.states.get(id)
    if (!isRecord(state) || !known) return state
    const layouts = recordOf(state.layouts)
    const isFirst = !isRecord(own(states, id))
    const main = isFirst ? firstLayout(known.layouts.main) : layoutForm(layouts.main, known.layouts.main)
    const right =
      isRecord(layouts.right) && known.layouts.right ? layoutForm(layouts.right, known.layouts.right) : layouts.right
    const graded = id === 'default' && hasOlderGrid ? withOlderGrid(main, older) : main
    return withMembers(state, {
      name: textOf(state.name) ?? id,
      root: known.isRoot,
      layouts: withMembers(layouts, { main: graded, ...(right !== undefined && { right }) }),
    })
  })
}

const aliasForm = (id: string, file: unknown): unknown => {
  const read = readAlias(id, file)
  if (!isRecord(file) || !read) return file
  const named = withMembers(file, { id: textOf(file.id) ?? id, alias: textOf(file.alias) ?? id })
  return read.isOlder ? withMember(named, 'filter', read.alias.filter) : named
}

/** Aliases of devices alone have the name of the member that came after them. */
const aliasesForm = (file: JsonRecord): JsonRecord => {
  const isOld = !isRecord(file.entityAliases) && isRecord(file.deviceAliases)
  return mappedMembers(recordOf(isOld ? file.deviceAliases : file.entityAliases), (one, id) => aliasForm(id, one))
}

const windowForm = (file: JsonRecord, read: DashboardDocument): JsonRecord =>
  isRecord(file.timewindow) && numberOf(file.timewindow.selectedTab) !== null
    ? file.timewindow
    : writeTimeWindow(read.timeWindow, file.timewindow)

/**
 * A dashboard's configuration, of any age, in the form that ThingsBoard writes today: widgets, states, aliases and filters
 * by id, every place in its layout. It is drawn as it was, nothing is lost, and a second time changes nothing. What is no
 * configuration at all becomes an empty dashboard.
 */
export const currentForm = (configuration: unknown): JsonRecord => {
  const file = recordOf(configuration)
  const { document: read } = readDashboard(configuration)
  const { settings, grid } = settingsForm(file)
  const usesGrid = isRecord(file.gridSettings) && read.states.has('default')
  const rest = !isRecord(file.entityAliases) && isRecord(file.deviceAliases) ? without(file, ['deviceAliases']) : file
  const left =
    usesGrid || (isRecord(rest.gridSettings) && Object.keys(grid).length === 0)
      ? without(rest, ['gridSettings'])
      : withMember(rest, 'gridSettings', isRecord(rest.gridSettings) ? grid : rest.gridSettings)
  return withMembers(left, {
    widgets: mappedMembers(widgetsById(file.widgets), (one, id) => (isRecord(one) ? widgetForm(id, one) : one)),
    states: statesForm(file, read, grid),
    entityAliases: aliasesForm(file),
    filters: recordOf(file.filters),
    timewindow: windowForm(file, read),
    settings,
  })
}
