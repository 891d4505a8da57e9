import { createHash } from 'node:crypto'
import { type DashboardConfiguration, type DataKey, dashboardConfigurationSchema } from '@thingwire/contracts'

/** Builders for the dashboards of the demo tenant: short words for what dashboard files spell out. */

type Json = Record<string, unknown>

/** The same name makes the same id, so that two installations export the same file. */
const idOf = (name: string): string => {
  const hex = createHash('sha1').update(`thingwire demo ${name}`).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-')
}

/** One colour for one thing on all boards; they carry on light and dark ground. */
export const colors = {
  blue: '#3b82c4',
  teal: '#1f9e8f',
  orange: '#e8833a',
  violet: '#8b6fd6',
  green: '#4c9f50',
  red: '#d9463e',
  amber: '#d99a1c',
  grey: '#7b8794',
} as const

type KeyMore = Partial<Pick<DataKey, 'color' | 'units' | 'decimals' | 'settings'>> & Json
const key =
  (type: DataKey['type']) =>
  (name: string, label: string, more: KeyMore = {}): Json => ({ name, type, label, settings: {}, ...more })
export const series = key('timeseries')
export const attribute = key('attribute')
export const alarmField = key('alarm')

export type Widget = {
  fqn: string
  type: 'timeseries' | 'latest' | 'rpc' | 'alarm' | 'static'
  title: string
  config: Json
}

type Alias = string
type Source = { of: Alias | null; type?: 'entity' | 'entityCount' | 'alarmCount'; keys?: Json[]; more?: Json }

const sourceOf = (source: Source) => ({
  type: source.type ?? 'entity',
  name: '',
  ...(source.of === null ? {} : { entityAliasId: idOf(source.of) }),
  dataKeys: source.keys ?? [],
  ...source.more,
})

type Basic = { title: string; config?: Json; settings?: Json }
const configOf = ({ title, config, settings }: Basic) => ({
  showTitle: title !== '',
  settings: settings ?? {},
  ...config,
})

type Reading = { of: Alias; keys: Json[]; latestKeys?: Json[] }

/** A widget that reads values: of one alias, or of several, each with its keys. */
export const reading = (
  fqn: string,
  type: 'timeseries' | 'latest',
  o: Basic & (Reading | { sources: Reading[] }),
): Widget => ({
  fqn,
  type,
  title: o.title,
  config: {
    ...configOf(o),
    datasources: ('sources' in o ? o.sources : [o]).map(({ of, keys, latestKeys }) =>
      sourceOf({ of, keys, ...(latestKeys ? { more: { latestDataKeys: latestKeys } } : {}) }),
    ),
  },
})

export const chart = (o: Basic & { of: Alias; keys: Json[] }): Widget =>
  reading('system.time_series_chart', 'timeseries', o)

/** A large value with the line of its window beside it. */
export const valueWithLine = (o: Basic & { of: Alias; key: Json }): Widget =>
  reading('system.simple_value_and_chart_card', 'timeseries', { ...o, keys: [o.key] })

export const entityCount = (o: { label: string; icon: string; color: string; of: Alias; filter?: string }): Widget => ({
  fqn: 'system.entity_count',
  type: 'latest',
  title: o.label,
  config: {
    showTitle: false,
    settings: { layout: 'row', label: o.label, icon: o.icon, iconBackgroundColor: { color: o.color } },
    datasources: [
      sourceOf({
        of: o.of,
        type: 'entityCount',
        keys: [{ name: 'count', type: 'count', label: o.label, settings: {} }],
        more: o.filter ? { filterId: idOf(o.filter) } : {},
      }),
    ],
  },
})

export const alarmCount = (o: {
  label: string
  icon: string
  color: string
  /** Of which entities. */
  of: Alias
  severities?: string[]
  statuses?: string[]
}): Widget => ({
  fqn: 'system.alarm_count',
  type: 'latest',
  title: o.label,
  config: {
    showTitle: false,
    settings: {
      layout: 'row',
      label: o.label,
      icon: o.icon,
      iconBackgroundColor: {
        type: 'range',
        color: o.color,
        rangeList: [
          { from: null, to: 1, color: colors.grey },
          { from: 1, to: null, color: o.color },
        ],
      },
    },
    datasources: [
      sourceOf({
        of: o.of,
        type: 'alarmCount',
        keys: [{ name: 'count', type: 'count', label: o.label, settings: {} }],
        more: {
          alarmFilterConfig: {
            statusList: o.statuses ?? ['ACTIVE'],
            severityList: o.severities ?? [],
            typeList: [],
            searchPropagatedAlarms: false,
          },
        },
      }),
    ],
  },
})

/** Alarms of an alias over a window of its own. */
export const alarmsTable = (
  o: Basic & { of: Alias; columns?: Json[]; statuses?: string[]; windowMs?: number },
): Widget => ({
  fqn: 'system.alarm_widgets.alarms_table',
  type: 'alarm',
  title: o.title,
  config: {
    ...configOf(o),
    useDashboardTimewindow: o.windowMs === undefined,
    displayTimewindow: o.windowMs !== undefined,
    ...(o.windowMs === undefined ? {} : { timewindow: lastMs(o.windowMs) }),
    alarmFilterConfig: {
      statusList: o.statuses ?? [],
      severityList: [],
      typeList: [],
      searchPropagatedAlarms: false,
    },
    alarmSource: sourceOf({
      of: o.of,
      keys: o.columns ?? [
        alarmField('createdTime', 'Since'),
        alarmField('originator', 'Device'),
        alarmField('type', 'Alarm'),
        alarmField('severity', 'Severity'),
        alarmField('status', 'Status'),
      ],
    }),
  },
})

export const entitiesTable = (o: Basic & { of: Alias; keys: Json[]; nameTitle: string; open?: Json }): Widget =>
  reading('system.cards.entities_table', 'latest', {
    ...o,
    settings: {
      displayEntityName: true,
      entityNameColumnTitle: o.nameTitle,
      displayEntityType: false,
      displayPagination: true,
      defaultSortOrder: 'entityName',
      enableSelectColumnDisplay: false,
      ...o.settings,
    },
    config: { ...(o.open ? { actions: { rowClick: [o.open] } } : {}), ...o.config },
  })

/** Opens a state for the entity that was clicked on. */
export const openState = (state: string, name = 'Details'): Json => ({
  id: idOf(`open ${state}`),
  name,
  icon: 'more_horiz',
  type: 'openDashboardState',
  targetDashboardStateId: state,
  setEntityId: true,
})

type Read = { attribute: string; scope: 'CLIENT_SCOPE' } | { series: string }
const readOf = (read: Read): Json =>
  'series' in read
    ? { action: 'GET_TIME_SERIES', getTimeSeries: { key: read.series } }
    : { action: 'GET_ATTRIBUTE', getAttribute: { scope: read.scope, key: read.attribute } }
const call = (method: string): Json => ({
  action: 'EXECUTE_RPC',
  executeRpc: { method, requestTimeout: 5_000, requestPersistent: false, persistentPollingInterval: 1_000 },
})

/** A switch that sends true and false by a command, and shows what the device says of itself. */
export const commandSwitch = (o: { title: string; label: string; of: Alias; method: string; shows: Read }): Widget => {
  const sends = (isOn: boolean) => ({ ...call(o.method), valueToData: { type: 'CONSTANT', constantValue: isOn } })
  return {
    fqn: 'system.single_switch',
    type: 'rpc',
    title: o.title,
    config: {
      showTitle: o.title !== '',
      targetDevice: { type: 'entity', entityAliasId: idOf(o.of) },
      settings: {
        initialState: { ...readOf(o.shows), dataToValue: { type: 'NONE', compareToValue: true } },
        onUpdateState: sends(true),
        offUpdateState: sends(false),
        label: o.label,
      },
    },
  }
}

/** A slider that sends its number by a command. */
export const commandSlider = (o: {
  title: string
  of: Alias
  method: string
  shows: Read
  range: [from: number, to: number]
  units: string
  decimals?: number
  icons: [left: string, right: string]
  color: string
}): Widget => ({
  fqn: 'system.slider',
  type: 'rpc',
  title: o.title,
  config: {
    showTitle: true,
    targetDevice: { type: 'entity', entityAliasId: idOf(o.of) },
    settings: {
      initialState: { ...readOf(o.shows), defaultValue: o.range[0], dataToValue: { type: 'NONE' } },
      valueChange: { ...call(o.method), valueToData: { type: 'VALUE' } },
      layout: 'extended',
      valueUnits: o.units,
      valueDecimals: o.decimals ?? 0,
      tickMin: o.range[0],
      tickMax: o.range[1],
      showTickMarks: false,
      mainColor: o.color,
      leftIcon: o.icons[0],
      leftIconColor: o.color,
      rightIcon: o.icons[1],
      rightIconColor: o.color,
      padding: '12px',
    },
  },
})

type MarkerLayer = {
  of: Alias
  /** Where positions are: attributes of what stands still, time series of what moves. */
  place: 'attribute' | 'timeseries'
  icon: string
  color: string
  /** Keys that the tooltip names, besides the place. */
  keys?: Json[]
  tooltip: string
  click?: Json
}

export const map = (o: Basic & { layers: MarkerLayer[] }): Widget => ({
  fqn: 'system.map',
  type: 'latest',
  title: o.title,
  config: {
    ...configOf(o),
    settings: {
      mapType: 'geoMap',
      fitMapBounds: true,
      ...o.settings,
      markers: o.layers.map((layer) => ({
        dsType: 'entity',
        dsEntityAliasId: idOf(layer.of),
        xKey: key(layer.place)('latitude', 'latitude'),
        yKey: key(layer.place)('longitude', 'longitude'),
        additionalDataKeys: layer.keys ?? [],
        markerType: 'icon',
        markerIcon: { icon: layer.icon, size: 34, color: { type: 'constant', color: layer.color } },
        label: { show: true, type: 'pattern', pattern: nameOfEntity },
        tooltip: { show: true, type: 'pattern', pattern: layer.tooltip, trigger: 'click', autoclose: true },
        ...(layer.click ? { click: layer.click } : {}),
      })),
    },
  },
})

// biome-ignore lint/suspicious/noTemplateCurlyInString: a token of the dashboard's own label language
export const nameOfEntity = '${entityName}'

/** The last stretch of time, moving on by itself. */
export const lastMs = (timewindowMs: number, o: { interval?: number; aggregation?: string } = {}): Json => ({
  selectedTab: 0,
  realtime: { realtimeType: 0, timewindowMs, ...(o.interval ? { interval: o.interval } : {}) },
  aggregation: { type: o.aggregation ?? 'AVG', limit: 25_000 },
})

/** A window of the widget itself. */
export const ownWindow = (timewindow: Json, isShown = false): Json => ({
  useDashboardTimewindow: false,
  displayTimewindow: isShown,
  timewindow,
})

export const minutes = (n: number) => n * 60_000
export const hours = (n: number) => n * 3_600_000
export const days = (n: number) => n * 86_400_000

export const devicesOf = (...deviceTypes: string[]): Json => ({
  type: 'deviceType',
  resolveMultiple: true,
  deviceTypes,
  deviceNameFilter: '',
})
export const deviceNamed = (name: string): Json => ({
  type: 'entityName',
  resolveMultiple: false,
  entityType: 'DEVICE',
  entityNameFilter: name,
})
export const stateEntity: Json = { type: 'stateEntity', resolveMultiple: false }

/** One comparison of a key. */
export const filterBy = (o: { key: string; type: 'ATTRIBUTE' | 'TIME_SERIES'; is: boolean }): Json => ({
  editable: false,
  keyFilters: [
    {
      key: { type: o.type, key: o.key },
      valueType: 'BOOLEAN',
      predicates: [
        {
          keyFilterPredicate: {
            type: 'BOOLEAN',
            operation: 'EQUAL',
            value: { defaultValue: o.is, dynamicValue: null },
          },
          userInfo: { editable: false, label: '', autogeneratedLabel: true, order: 0 },
        },
      ],
    },
  ],
})

/** Where a widget stands, in columns (of 24) and rows; `phone`: its rows of 56 px there, 0 for not at all. */
export type Tile = { at: [col: number, row: number, columns: number, rows: number]; phone?: number; show: Widget }

/** Tiles beside each other, in one row of cells of the same size; phones have room for those with the given titles. */
export const inARow = (row: number, height: number, widgets: Widget[], onPhone: readonly string[]): Tile[] =>
  widgets.map((show, index) => {
    const columns = 24 / widgets.length
    return { at: [index * columns, row, columns, height], phone: onPhone.includes(show.title) ? 1 : 0, show }
  })

const phoneRow = 56

/**
 * A whole board. Widgets are named by their state and title, which are therefore not taken twice in a state; on phones
 * they stand in the order in which they are written.
 */
export const board = (o: {
  /** Names the board in ids. */
  name: string
  description: string
  timewindow: Json
  aliases: Record<Alias, Json>
  filters?: Record<string, Json>
  /** The first is the root. */
  states: Record<string, { name: string; tiles: Tile[] }>
}): DashboardConfiguration => {
  const widgets: Json = {}
  const states: Json = {}
  for (const [stateId, { name, tiles }] of Object.entries(o.states)) {
    const places: Json = {}
    tiles.forEach(({ at: [col, row, sizeX, sizeY], phone, show }, order) => {
      const id = idOf(`${o.name} ${stateId} ${show.title} ${show.fqn}`)
      if (id in widgets) throw new Error(`The board ${o.name} has two widgets "${show.title}" in ${stateId}`)
      widgets[id] = {
        id,
        typeFullFqn: show.fqn,
        type: show.type,
        ...{ sizeX, sizeY, row: 0, col: 0 },
        config: { title: show.title, ...show.config },
      }
      places[id] = {
        ...{ col, row, sizeX, sizeY, mobileOrder: order },
        ...(phone === 0 ? { mobileHide: true } : phone ? { mobileHeight: phone } : {}),
      }
    })
    const gridSettings = {
      columns: 24,
      margin: 10,
      outerMargin: true,
      backgroundColor: null,
      mobileRowHeight: phoneRow,
    }
    states[stateId] = {
      name,
      root: stateId === Object.keys(o.states)[0],
      layouts: { main: { widgets: places, gridSettings } },
    }
  }
  const named = (all: Record<string, Json>, member: 'alias' | 'filter', inside: (one: Json) => Json) =>
    Object.fromEntries(
      Object.entries(all).map(([name, one]) => [idOf(name), { id: idOf(name), [member]: name, ...inside(one) }]),
    )
  return dashboardConfigurationSchema.parse({
    description: o.description,
    widgets,
    states,
    entityAliases: named(o.aliases, 'alias', (filter) => ({ filter })),
    filters: named(o.filters ?? {}, 'filter', (one) => one),
    timewindow: o.timewindow,
    settings: {
      stateControllerId: 'entity',
      showTitle: false,
      showDashboardsSelect: true,
      showEntitiesSelect: false,
      showFilters: false,
      showDashboardTimewindow: true,
      toolbarAlwaysOpen: true,
    },
  })
}
