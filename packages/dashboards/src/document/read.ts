import type { AliasDefinition } from '../aliases/model.ts'
import { readAlias } from '../aliases/read.ts'
import type { FilterDefinition } from '../filters/model.ts'
import { readFilter } from '../filters/read.ts'
import { withoutTranslations } from '../labels/translations.ts'
import { flagOf, isRecord, type JsonRecord, recordOf, textOf } from '../read.ts'
import { defaultTimeWindow, readTimeWindow } from '../time-window/read.ts'
import type { DashboardDocument, DashboardSettings, DashboardState, DashboardWidget, DocumentReport } from './model.ts'
import { layoutOfWidgets, readGrid, readLayout } from './read-layout.ts'
import { readWidget } from './read-widget.ts'
import { type Remarks, startRemarks } from './remarks.ts'

type Widgets = ReadonlyMap<string, DashboardWidget>

const readWidgets = (file: unknown, known: Widgets | undefined, remarks: Remarks): Widgets => {
  const entries: [string, unknown, string][] = Array.isArray(file)
    ? file.map((one: unknown, index) => [textOf(recordOf(one).id) ?? `widget-${index}`, one, `widgets[${index}]`])
    : Object.entries(recordOf(file)).map(([id, one]) => [id, one, `widgets.${id}`])
  if (Array.isArray(file)) remarks.note('widgets', 'upgraded', 'a list of widgets')
  else if (file !== undefined && file !== null && !isRecord(file)) remarks.note('widgets', 'left out', 'not widgets')
  return new Map(
    entries.flatMap(([id, one, path]) => {
      const before = known?.get(id)
      const widget = before && before.raw === one ? before : readWidget(id, one, path, remarks)
      return widget ? [[id, widget] as const] : []
    }),
  )
}

const readState = (id: string, file: JsonRecord, widgets: Widgets, remarks: Remarks): DashboardState => {
  const path = `states.${id}.layouts`
  if (!isRecord(file.layouts)) remarks.note(path, 'repaired', 'a state without layouts')
  const layouts = recordOf(file.layouts)
  return {
    id,
    name: withoutTranslations(textOf(file.name) ?? id),
    isRoot: flagOf(file.root) ?? false,
    layouts: {
      main: readLayout(layouts.main, widgets, `${path}.main`, remarks),
      right: isRecord(layouts.right) ? readLayout(layouts.right, widgets, `${path}.right`, remarks) : null,
    },
  }
}

/** Of files from before there were states. */
const defaultState = (widgets: Widgets, remarks: Remarks): DashboardState => ({
  id: 'default',
  name: 'default',
  isRoot: true,
  layouts: { main: layoutOfWidgets(widgets, remarks), right: null },
})

/** For a while there were states, and the grid of the first of them still stood beside. */
const withOlderGrid = (states: ReadonlyMap<string, DashboardState>, file: unknown) => {
  const first = states.get('default')
  if (!first || !isRecord(file)) return states
  const main = { ...first.layouts.main, grid: readGrid(file) }
  return new Map(states).set('default', { ...first, layouts: { ...first.layouts, main } })
}

const readStates = (file: JsonRecord, widgets: Widgets, remarks: Remarks) => {
  const states = new Map<string, DashboardState>()
  for (const [id, state] of Object.entries(recordOf(file.states))) {
    if (isRecord(state)) states.set(id, readState(id, state, widgets, remarks))
    else remarks.note(`states.${id}`, 'left out', 'not a state')
  }
  if (states.size === 0) {
    if (widgets.size > 0) remarks.note('states', 'upgraded', 'widgets without states')
    states.set('default', defaultState(widgets, remarks))
  }
  const all = [...states.values()]
  const root = all.find((state) => state.isRoot) ?? all[0]
  if (root && !root.isRoot) {
    remarks.note('states', 'repaired', `no root state; ${root.id} is taken for it`)
    states.set(root.id, { ...root, isRoot: true })
  }
  return { states: withOlderGrid(states, file.gridSettings), rootStateId: root?.id ?? 'default' }
}

const readAliases = (file: JsonRecord, remarks: Remarks): ReadonlyMap<string, AliasDefinition> => {
  const isOld = !isRecord(file.entityAliases) && isRecord(file.deviceAliases)
  const name = isOld ? 'deviceAliases' : 'entityAliases'
  const aliases = new Map<string, AliasDefinition>()
  for (const [id, one] of Object.entries(recordOf(file[name]))) {
    const read = readAlias(id, one)
    const path = `${name}.${id}`
    if (!read) {
      remarks.note(path, 'left out', 'not an alias')
      continue
    }
    if (read.isOlder) remarks.note(path, 'upgraded', 'an alias without a type')
    else if (read.alias.type === null) remarks.note(path, 'repaired', 'an alias of an unknown type finds nothing')
    aliases.set(id, read.alias)
  }
  return aliases
}

const readFilters = (file: unknown, remarks: Remarks): ReadonlyMap<string, FilterDefinition> => {
  const filters = new Map<string, FilterDefinition>()
  for (const [id, one] of Object.entries(recordOf(file))) {
    const read = readFilter(id, one)
    if (!read) {
      remarks.note(`filters.${id}`, 'left out', 'not a filter')
      continue
    }
    for (const problem of read.problems) remarks.note(`filters.${id}`, 'left out', problem)
    filters.set(id, read.definition)
  }
  return filters
}

/** Settings that stood with the grid before they had a place of their own come first. */
const readSettings = (file: JsonRecord): DashboardSettings => {
  const grid = recordOf(file.gridSettings)
  const settings = recordOf(file.settings)
  const flag = (name: string, otherwise: boolean) => flagOf(grid[name]) ?? flagOf(settings[name]) ?? otherwise
  return {
    stateController: settings.stateControllerId === 'default' ? 'default' : 'entity',
    showTitle: flag('showTitle', false),
    titleColor: textOf(grid.titleColor) ?? textOf(settings.titleColor),
    showDashboardsSelect: flag('showDashboardsSelect', true),
    showEntitiesSelect: flagOf(grid.showDevicesSelect) ?? flag('showEntitiesSelect', true),
    showFilters: flag('showFilters', true),
    showDashboardTimewindow: flag('showDashboardTimewindow', true),
    showDashboardExport: flag('showDashboardExport', true),
    showDashboardLogo: flag('showDashboardLogo', false),
    dashboardLogoUrl: textOf(settings.dashboardLogoUrl),
    toolbarAlwaysOpen: flag('toolbarAlwaysOpen', true),
    hideToolbar: flag('hideToolbar', false),
    dashboardCss: textOf(settings.dashboardCss),
  }
}

/**
 * A dashboard's configuration, of any age, as the board draws it, and what was not as it should be. Never throws: what
 * cannot be read is left out and told about, and stays in `raw`, which is the configuration itself, untouched.
 * @param known widgets of a former reading: those that are the same objects in the file still are taken from there, and
 *   nothing is told of them
 */
export const readDashboard = (
  configuration: unknown,
  known?: ReadonlyMap<string, DashboardWidget>,
): { document: DashboardDocument; report: DocumentReport } => {
  const remarks = startRemarks()
  if (configuration !== undefined && configuration !== null && !isRecord(configuration)) {
    remarks.note('', 'left out', 'not the configuration of a dashboard')
  }
  const file = recordOf(configuration)
  const widgets = readWidgets(file.widgets, known, remarks)
  const document: DashboardDocument = {
    description: textOf(file.description),
    timeWindow: isRecord(file.timewindow) ? readTimeWindow(file.timewindow) : defaultTimeWindow,
    settings: readSettings(file),
    widgets,
    ...readStates(file, widgets, remarks),
    aliases: readAliases(file, remarks),
    filters: readFilters(file.filters, remarks),
    raw: configuration,
  }
  return { document, report: remarks.report() }
}
