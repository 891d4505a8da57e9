import { type DashboardConfiguration, type DataKey, dashboardConfigurationSchema } from '@thingwire/contracts'

/** Fixed, so that two installations export the same file. */
const ids = {
  all: '0b7e6d3a-5c1f-4b0e-9a52-6f1c2d3e4a01',
  one: '0b7e6d3a-5c1f-4b0e-9a52-6f1c2d3e4a02',
  chart: '0b7e6d3a-5c1f-4b0e-9a52-6f1c2d3e4b01',
  temperature: '0b7e6d3a-5c1f-4b0e-9a52-6f1c2d3e4b02',
  humidity: '0b7e6d3a-5c1f-4b0e-9a52-6f1c2d3e4b03',
  table: '0b7e6d3a-5c1f-4b0e-9a52-6f1c2d3e4b04',
  power: '0b7e6d3a-5c1f-4b0e-9a52-6f1c2d3e4b05',
}

type Key = Pick<DataKey, 'name' | 'type' | 'label'> &
  Partial<Pick<DataKey, 'color' | 'units' | 'decimals' | 'settings'>>

const keys = {
  temperature: {
    name: 'temperature',
    type: 'timeseries',
    label: 'Temperature',
    color: '#e4572e',
    units: '°C',
    decimals: 1,
  },
  humidity: { name: 'humidity', type: 'timeseries', label: 'Humidity', color: '#2e86ab', units: '%', decimals: 0 },
  battery: { name: 'battery', type: 'timeseries', label: 'Battery', color: '#7a9e3b', units: '%', decimals: 0 },
  active: { name: 'active', type: 'attribute', label: 'Active', color: '#3a7d44' },
} satisfies Record<string, Key>

const widget = (o: {
  id: string
  fqn: string
  type: 'timeseries' | 'latest'
  title: string
  size: [columns: number, rows: number]
  alias: string
  dataKeys: Key[]
  settings?: Record<string, unknown>
}) => ({
  id: o.id,
  typeFullFqn: o.fqn,
  type: o.type,
  sizeX: o.size[0],
  sizeY: o.size[1],
  row: 0,
  col: 0,
  config: {
    title: o.title,
    showTitle: true,
    useDashboardTimewindow: true,
    datasources: [{ type: 'entity', name: '', entityAliasId: o.alias, dataKeys: o.dataKeys }],
    settings: o.settings ?? {},
  },
})

/** Sends `setPower`; shows the attribute `power`, which the device reports whenever it changes. */
const powerSwitch = (size: [columns: number, rows: number]) => {
  const update = (isOn: boolean) => ({
    action: 'EXECUTE_RPC',
    executeRpc: { method: 'setPower', requestTimeout: 5_000 },
    valueToData: { type: 'CONSTANT', constantValue: isOn },
  })
  return {
    id: ids.power,
    typeFullFqn: 'system.single_switch',
    type: 'rpc',
    sizeX: size[0],
    sizeY: size[1],
    row: 0,
    col: 0,
    config: {
      title: 'Thermostat 01: power',
      showTitle: true,
      targetDevice: { type: 'entity', entityAliasId: ids.one },
      settings: {
        initialState: { action: 'GET_ATTRIBUTE', getAttribute: { scope: 'CLIENT_SCOPE', key: 'power' } },
        onUpdateState: update(true),
        offUpdateState: update(false),
        label: 'Heater',
      },
    },
  }
}

const place = (col: number, row: number, [sizeX, sizeY]: [number, number]) => ({ col, row, sizeX, sizeY })

const sizes: Record<'chart' | 'card' | 'table', [number, number]> = { chart: [18, 6], card: [6, 2], table: [24, 6] }

/**
 * Temperature of all thermostats over the last hour, two cards and the switch of one of them, newest values of all.
 * @param deviceId the thermostat of the cards
 */
export const thermostatsDashboard = (deviceId: string): DashboardConfiguration =>
  dashboardConfigurationSchema.parse({
    description: 'Simulated thermostats of the demo tenant',
    widgets: {
      [ids.chart]: widget({
        id: ids.chart,
        fqn: 'system.time_series_chart',
        type: 'timeseries',
        title: 'Temperature',
        size: sizes.chart,
        alias: ids.all,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a token of the dashboard's own label language
        dataKeys: [{ ...keys.temperature, label: '${entityName}', settings: { lineSettings: { smooth: true } } }],
        settings: { showLegend: true },
      }),
      [ids.temperature]: widget({
        id: ids.temperature,
        fqn: 'system.cards.value_card',
        type: 'latest',
        title: 'Thermostat 01: temperature',
        size: sizes.card,
        alias: ids.one,
        dataKeys: [keys.temperature],
        settings: { layout: 'horizontal', icon: 'thermostat' },
      }),
      [ids.humidity]: widget({
        id: ids.humidity,
        fqn: 'system.cards.value_card',
        type: 'latest',
        title: 'Thermostat 01: humidity',
        size: sizes.card,
        alias: ids.one,
        dataKeys: [keys.humidity],
        settings: { layout: 'horizontal', icon: 'water_drop' },
      }),
      [ids.power]: powerSwitch(sizes.card),
      [ids.table]: widget({
        id: ids.table,
        fqn: 'system.cards.entities_table',
        type: 'latest',
        title: 'Thermostats',
        size: sizes.table,
        alias: ids.all,
        dataKeys: [keys.temperature, keys.humidity, keys.battery, keys.active],
        settings: {
          displayEntityName: true,
          entityNameColumnTitle: 'Thermostat',
          defaultSortOrder: 'entityName',
          displayEntityType: false,
        },
      }),
    },
    states: {
      default: {
        name: 'Thermostats',
        root: true,
        layouts: {
          main: {
            widgets: {
              [ids.chart]: { ...place(0, 0, sizes.chart), mobileOrder: 3 },
              [ids.temperature]: { ...place(18, 0, sizes.card), mobileOrder: 0 },
              [ids.humidity]: { ...place(18, 2, sizes.card), mobileOrder: 1 },
              [ids.power]: { ...place(18, 4, sizes.card), mobileOrder: 2 },
              [ids.table]: { ...place(0, 6, sizes.table), mobileOrder: 4 },
            },
          },
        },
      },
    },
    entityAliases: {
      [ids.all]: {
        id: ids.all,
        alias: 'Thermostats',
        filter: { type: 'deviceType', resolveMultiple: true, deviceTypes: ['thermostat'], deviceNameFilter: '' },
      },
      [ids.one]: {
        id: ids.one,
        alias: 'Thermostat 01',
        filter: { type: 'singleEntity', resolveMultiple: false, singleEntity: { entityType: 'DEVICE', id: deviceId } },
      },
    },
    timewindow: {
      selectedTab: 0,
      realtime: { realtimeType: 0, timewindowMs: 3_600_000, interval: 10_000 },
      history: { historyType: 0, timewindowMs: 86_400_000, interval: 300_000 },
      aggregation: { type: 'AVG', limit: 25_000 },
    },
    settings: { stateControllerId: 'entity', showTitle: false, toolbarAlwaysOpen: true },
    filters: {},
  })
