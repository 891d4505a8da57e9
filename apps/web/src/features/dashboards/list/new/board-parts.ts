/** Short words for what dashboard files spell out, for the dashboards that templates make. */
export type Json = Readonly<Record<string, unknown>>
export type Tile = {
  fqn: string
  type: 'timeseries' | 'latest' | 'alarm'
  title: string
  /** Of 24 columns. */
  at: readonly [col: number, row: number, columns: number, rows: number]
  /** Rows on a phone. */
  phone: number
  config: Json
}
export type TemplateState = { name: string; tiles: readonly Tile[] }

const entityData = (alias: string, keys: readonly Json[], more: Json = {}) => ({
  datasources: [{ type: 'entity', entityAliasId: alias, dataKeys: keys, ...more }],
})

type Place = Pick<Tile, 'at' | 'phone'>
type Reading = Place & { title: string; of: string; keys: readonly Json[]; settings?: Json; config?: Json }

const reading =
  (fqn: string, type: Tile['type']) =>
  ({ title, of, keys, settings, config, ...place }: Reading): Tile => ({
    ...{ fqn, type, title, ...place },
    config: { ...entityData(of, keys), settings: settings ?? {}, ...config },
  })

export const chart = reading('system.time_series_chart', 'timeseries')
export const bars = reading('system.bar_chart', 'timeseries')
export const table = reading('system.cards.entities_table', 'latest')
export const about = reading('system.cards.attributes_card', 'latest')
export const valueWithLine = reading('system.simple_value_and_chart_card', 'timeseries')

export const entityCount = (
  o: Place & { label: string; icon: string; color: string; of: string; filter?: string },
): Tile => ({
  ...{ fqn: 'system.entity_count', type: 'latest', title: o.label, at: o.at, phone: o.phone },
  config: {
    showTitle: false,
    settings: { layout: 'row', label: o.label, icon: o.icon, iconBackgroundColor: { color: o.color } },
    datasources: [
      {
        ...{ type: 'entityCount', entityAliasId: o.of, ...(o.filter ? { filterId: o.filter } : {}) },
        dataKeys: [{ name: 'count', type: 'count', label: o.label, settings: {} }],
      },
    ],
  },
})

const quiet = '#7b8794'

/** Grey while there are none. */
export const alarmCount = (
  o: Place & { label: string; icon: string; color: string; of: string; severities?: string[]; statuses?: string[] },
): Tile => ({
  ...{ fqn: 'system.alarm_count', type: 'latest', title: o.label, at: o.at, phone: o.phone },
  config: {
    showTitle: false,
    settings: {
      ...{ layout: 'row', label: o.label, icon: o.icon },
      iconBackgroundColor: {
        ...{ type: 'range', color: o.color },
        rangeList: [
          { from: null, to: 1, color: quiet },
          { from: 1, to: null, color: o.color },
        ],
      },
    },
    datasources: [
      {
        ...{ type: 'alarmCount', entityAliasId: o.of },
        dataKeys: [{ name: 'count', type: 'count', label: o.label, settings: {} }],
        alarmFilterConfig: alarmFilter(o.statuses ?? ['ACTIVE'], o.severities ?? []),
      },
    ],
  },
})

const alarmFilter = (statusList: string[], severityList: string[]) => ({
  ...{ statusList, severityList, typeList: [], searchPropagatedAlarms: false },
})

const day = 86_400_000
export const lastMs = (timewindowMs: number, interval?: number, aggregation = 'AVG'): Json => ({
  selectedTab: 0,
  realtime: { realtimeType: 0, timewindowMs, ...(interval ? { interval } : {}) },
  aggregation: { type: aggregation, limit: 25_000 },
})
export const ownWindow = (timewindow: Json): Json => ({
  ...{ useDashboardTimewindow: false, displayTimewindow: true, timewindow },
})

export const alarmsTable = (
  o: Place & { title: string; of: string; columns: Readonly<Record<string, string>>; statuses?: string[] },
): Tile => ({
  ...{ fqn: 'system.alarm_widgets.alarms_table', type: 'alarm', title: o.title, at: o.at, phone: o.phone },
  config: {
    ...ownWindow(lastMs(day)),
    settings: {},
    alarmFilterConfig: alarmFilter(o.statuses ?? [], []),
    alarmSource: {
      ...{ type: 'entity', entityAliasId: o.of },
      dataKeys: Object.entries(o.columns).map(([name, label]) => ({ name, type: 'alarm', label, settings: {} })),
    },
  },
})

export const openState = (state: string, name: string): Json => ({
  ...{ id: `open-${state}`, name, icon: 'more_horiz', type: 'openDashboardState' },
  ...{ targetDashboardStateId: state, setEntityId: true },
})

/** Names of the keys of `aliases` and `filters` are their ids in the file, too. */
export const boardOf = (o: {
  timeWindow: Json
  aliases: Readonly<Record<string, { alias: string; filter: Json }>>
  filters?: Readonly<Record<string, Json>>
  /** The first is the root. */
  states: Readonly<Record<string, TemplateState>>
  newId: () => string
}): Json => {
  const widgets: Record<string, Json> = {}
  const states = Object.entries(o.states).map(([stateId, { name, tiles }], index) => {
    const places = tiles.map(({ fqn, type, title, at: [col, row, sizeX, sizeY], phone, config }, order) => {
      const id = o.newId()
      widgets[id] = {
        ...{ id, typeFullFqn: fqn, type, sizeX, sizeY, row: 0, col: 0 },
        config: { title, showTitle: title !== '', ...config },
      }
      return [id, { col, row, sizeX, sizeY, mobileOrder: order, mobileHeight: phone }] as const
    })
    const gridSettings = { columns: 24, margin: 10, outerMargin: true, mobileRowHeight: 56 }
    const layouts = { main: { widgets: Object.fromEntries(places), gridSettings } }
    return [stateId, { name, root: index === 0, layouts }] as const
  })
  return {
    widgets,
    states: Object.fromEntries(states),
    entityAliases: Object.fromEntries(Object.entries(o.aliases).map(([id, one]) => [id, { id, ...one }])),
    filters: Object.fromEntries(Object.entries(o.filters ?? {}).map(([id, one]) => [id, { id, ...one }])),
    timewindow: o.timeWindow,
    settings: {
      ...{ stateControllerId: 'entity', showTitle: false, showDashboardsSelect: true, showEntitiesSelect: false },
      ...{ showFilters: false, showDashboardTimewindow: true, toolbarAlwaysOpen: true },
    },
  }
}
