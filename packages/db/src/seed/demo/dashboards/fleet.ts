import {
  alarmCount,
  alarmsTable,
  attribute,
  board,
  chart,
  colors,
  commandSlider,
  commandSwitch,
  devicesOf,
  entitiesTable,
  entityCount,
  filterBy,
  hours,
  inARow,
  lastMs,
  map,
  nameOfEntity,
  openState,
  reading,
  series,
  stateEntity,
  type Tile,
  valueWithLine,
} from './parts.ts'

const keys = {
  temperature: series('temperature', 'Temperature', { color: colors.orange, units: '°C', decimals: 1 }),
  setpoint: series('setpoint', 'Setpoint', {
    ...{ color: colors.grey, units: '°C', decimals: 1 },
    settings: { lineSettings: { step: true, lineType: 'dashed' } },
  }),
  humidity: series('humidity', 'Humidity', { color: colors.blue, units: '%', decimals: 0 }),
  roomBattery: series('battery', 'Battery', { color: colors.green, units: '%', decimals: 0 }),
  level: series('level', 'Tank level', { color: colors.blue, units: '%', decimals: 0 }),
  flow: series('flow', 'Inflow', { color: colors.teal, units: 'L/min', decimals: 0 }),
  vibration: series('vibration', 'Vibration', { color: colors.violet, units: 'mm/s', decimals: 1 }),
  pressure: series('pressure', 'Pressure', { color: colors.green, units: 'bar', decimals: 1 }),
  pumpPower: series('power', 'Power', { color: colors.amber, units: 'kW', decimals: 1 }),
  running: series('running', 'Running'),
  speed: series('speed', 'Speed', { color: colors.teal, units: 'km/h', decimals: 0 }),
  cargo: series('cargoTemperature', 'Cargo', { color: colors.blue, units: '°C', decimals: 1 }),
  charge: series('battery', 'Battery', { color: colors.green, units: '%', decimals: 0 }),
  door: series('doorOpen', 'Door open'),
  active: attribute('active', 'Active'),
  site: attribute('site', 'Site'),
}

const gradient = { fillAreaSettings: { type: 'gradient', gradient: { start: 30, end: 2 } } }
const threshold = (value: number, color: string) => ({
  ...{ type: 'constant', value, lineColor: color, lineType: 'dashed', showLabel: false, endSymbol: 'none' },
})
const isOn = { type: 'constant', value: 1, label: 'Yes', sourceType: 'constant', sourceValue: true }
const isOff = { type: 'constant', value: 0, label: 'No', sourceType: 'constant', sourceValue: false }

const overview: Tile[] = [
  ...inARow(
    0,
    2,
    [
      entityCount({ label: 'Devices', icon: 'devices', color: colors.blue, of: 'Fleet' }),
      entityCount({ label: 'Active', icon: 'wifi', color: colors.green, of: 'Fleet', filter: 'Active' }),
      entityCount({ label: 'Inactive', icon: 'wifi_off', color: colors.grey, of: 'Fleet', filter: 'Inactive' }),
      alarmCount({ label: 'Critical alarms', icon: 'error', color: colors.red, of: 'Fleet', severities: ['CRITICAL'] }),
      alarmCount({
        label: 'Other alarms',
        icon: 'warning',
        color: colors.amber,
        of: 'Fleet',
        severities: ['MAJOR', 'MINOR', 'WARNING', 'INDETERMINATE'],
      }),
      alarmCount({
        label: 'Unattended',
        icon: 'notifications',
        color: colors.violet,
        of: 'Fleet',
        statuses: ['UNACK'],
      }),
    ],
    ['Active', 'Critical alarms', 'Other alarms'],
  ),
  {
    at: [0, 2, 12, 14],
    phone: 8,
    show: map({
      title: 'Where everything is',
      layers: [
        {
          ...{ of: 'Thermostats', place: 'attribute', icon: 'thermostat', color: colors.orange },
          keys: [keys.temperature],
          // biome-ignore lint/suspicious/noTemplateCurlyInString: tokens of the dashboard's own label language
          tooltip: '<b>${entityName}</b><br/>${Temperature:1} °C',
          click: openState('thermostat'),
        },
        {
          ...{ of: 'Pumps', place: 'attribute', icon: 'water_drop', color: colors.blue },
          keys: [keys.level],
          // biome-ignore lint/suspicious/noTemplateCurlyInString: tokens of the dashboard's own label language
          tooltip: '<b>${entityName}</b><br/>Tank: ${Tank level:0} %',
          click: openState('pump'),
        },
        {
          ...{ of: 'Vans', place: 'timeseries', icon: 'local_shipping', color: colors.teal },
          keys: [keys.speed, keys.cargo],
          // biome-ignore lint/suspicious/noTemplateCurlyInString: tokens of the dashboard's own label language
          tooltip: '<b>${entityName}</b><br/>${Speed:0} km/h, cargo at ${Cargo:1} °C',
          click: openState('van'),
        },
      ],
    }),
  },
  {
    at: [12, 2, 12, 5],
    phone: 8,
    show: entitiesTable({
      title: 'Vans',
      nameTitle: 'Van',
      of: 'Vans',
      keys: [keys.speed, keys.cargo, keys.charge],
      open: openState('van'),
    }),
  },
  {
    at: [12, 7, 12, 5],
    phone: 8,
    show: entitiesTable({
      title: 'Rooms',
      nameTitle: 'Thermostat',
      of: 'Thermostats',
      keys: [keys.site, keys.temperature, keys.setpoint, keys.humidity],
      open: openState('thermostat'),
    }),
  },
  {
    at: [12, 12, 12, 4],
    phone: 6,
    show: entitiesTable({
      title: 'Pump stations',
      nameTitle: 'Pump',
      of: 'Pumps',
      keys: [keys.site, keys.level, keys.flow, keys.running],
      open: openState('pump'),
    }),
  },
  {
    at: [0, 16, 24, 6],
    phone: 7,
    show: alarmsTable({
      title: 'Alarms now',
      of: 'Fleet',
      statuses: ['ACTIVE'],
      windowMs: hours(24),
      config: { displayTimewindow: false },
    }),
  },
]

const alarmsOfDevice = (at: Tile['at']): Tile => ({
  at,
  phone: 6,
  show: alarmsTable({
    title: 'Alarms',
    of: 'This device',
    windowMs: hours(24),
  }),
})

const about = (at: Tile['at'], keysOfDevice: Record<string, unknown>[]): Tile => ({
  at,
  phone: 4,
  show: reading('system.cards.attributes_card', 'latest', {
    title: 'About',
    of: 'This device',
    keys: [attribute('model', 'Model'), attribute('firmware', 'Firmware'), ...keysOfDevice],
  }),
})

const state = (tiles: Tile[]) => ({ name: nameOfEntity, tiles })

const thermostat: Tile[] = [
  ...[keys.temperature, keys.humidity, keys.roomBattery].map(
    (key, index): Tile => ({
      at: [index * 6, 0, 6, 3],
      phone: 2,
      show: valueWithLine({ title: String(key.label), of: 'This device', key }),
    }),
  ),
  {
    at: [18, 0, 6, 3],
    phone: 2,
    show: commandSwitch({
      title: 'Heater',
      label: 'May heat',
      of: 'This device',
      method: 'setPower',
      shows: { attribute: 'power', scope: 'CLIENT_SCOPE' },
    }),
  },
  {
    at: [18, 3, 6, 4],
    phone: 4,
    show: commandSlider({
      title: 'Setpoint',
      of: 'This device',
      method: 'setSetpoint',
      shows: { series: 'setpoint' },
      range: [15, 28],
      units: '°C',
      decimals: 1,
      icons: ['ac_unit', 'thermostat'],
      color: colors.orange,
    }),
  },
  {
    at: [0, 3, 18, 8],
    phone: 6,
    show: chart({
      title: 'Temperature and setpoint',
      of: 'This device',
      keys: [{ ...keys.temperature, settings: { lineSettings: { smooth: true, ...gradient } } }, keys.setpoint],
    }),
  },
  about([18, 7, 6, 4], [attribute('serialNumber', 'Serial number'), keys.site]),
  alarmsOfDevice([0, 11, 24, 6]),
]

const pump: Tile[] = [
  {
    at: [0, 0, 5, 7],
    phone: 5,
    show: reading('system.vertical_cylinder_tank', 'latest', {
      title: 'Tank',
      of: 'This device',
      keys: [keys.level],
      settings: { datasourceUnits: '%', units: '%', volumeConstant: 3_000, volumeUnits: 'L' },
    }),
  },
  ...[keys.flow, keys.pressure, keys.vibration].map(
    (key, index): Tile => ({
      at: [5, [0, 2, 4][index] ?? 0, 7, index === 2 ? 3 : 2],
      phone: 2,
      show: valueWithLine({ title: String(key.label), of: 'This device', key }),
    }),
  ),
  {
    at: [12, 0, 6, 3],
    phone: 2,
    show: commandSwitch({
      title: 'Pump',
      label: 'Automatic',
      of: 'This device',
      method: 'setPump',
      shows: { attribute: 'pump', scope: 'CLIENT_SCOPE' },
    }),
  },
  {
    at: [12, 3, 6, 4],
    phone: 4,
    show: commandSlider({
      title: 'Speed of the pump',
      of: 'This device',
      method: 'setSpeed',
      shows: { attribute: 'speed', scope: 'CLIENT_SCOPE' },
      range: [30, 100],
      units: '%',
      icons: ['speed', 'bolt'],
      color: colors.blue,
    }),
  },
  about([18, 0, 6, 7], [keys.site, attribute('tankLitres', 'Tank', { units: 'L' }), keys.pumpPower, keys.running]),
  {
    at: [0, 7, 24, 7],
    phone: 6,
    show: chart({
      title: 'Level and inflow',
      of: 'This device',
      keys: [
        { ...keys.level, settings: { lineSettings: { ...gradient } } },
        { ...keys.flow, settings: { yAxisId: 'flow' } },
      ],
      settings: {
        yAxes: {
          default: { id: 'default', units: '%', min: 0, max: 100 },
          flow: { id: 'flow', order: 1, units: 'L/min', position: 'right', showSplitLines: false, min: 0 },
        },
        thresholds: [threshold(35, colors.red)],
      },
    }),
  },
  alarmsOfDevice([0, 14, 24, 6]),
]

const van: Tile[] = [
  {
    at: [0, 0, 10, 8],
    phone: 5,
    show: map({
      title: 'Position',
      layers: [
        {
          ...{ of: 'This device', place: 'timeseries', icon: 'local_shipping', color: colors.teal },
          keys: [keys.speed],
          // biome-ignore lint/suspicious/noTemplateCurlyInString: tokens of the dashboard's own label language
          tooltip: '<b>${entityName}</b><br/>${Speed:0} km/h',
        },
      ],
      settings: { minZoomLevel: 7 },
    }),
  },
  ...[keys.cargo, keys.speed, keys.charge].map(
    (key, index): Tile => ({
      at: [10, [0, 3, 6][index] ?? 0, 7, index === 2 ? 2 : 3],
      phone: 2,
      show: valueWithLine({ title: String(key.label), of: 'This device', key }),
    }),
  ),
  {
    at: [17, 0, 7, 3],
    phone: 2,
    show: commandSwitch({
      title: 'Cooling',
      label: 'May cool',
      of: 'This device',
      method: 'setCooling',
      shows: { attribute: 'cooling', scope: 'CLIENT_SCOPE' },
    }),
  },
  {
    at: [17, 3, 7, 5],
    phone: 4,
    show: commandSlider({
      title: 'Setpoint of the cargo',
      of: 'This device',
      method: 'setCargoSetpoint',
      shows: { attribute: 'cargoSetpoint', scope: 'CLIENT_SCOPE' },
      range: [-25, -10],
      units: '°C',
      icons: ['ac_unit', 'thermostat'],
      color: colors.blue,
    }),
  },
  {
    at: [0, 8, 17, 6],
    phone: 6,
    show: chart({
      title: 'Cargo temperature',
      of: 'This device',
      keys: [keys.cargo],
      settings: { thresholds: [threshold(-15.5, colors.red)] },
    }),
  },
  about([17, 8, 7, 6], [attribute('licencePlate', 'Licence plate'), attribute('tour', 'Tour')]),
  {
    at: [0, 14, 24, 3],
    phone: 3,
    show: reading('system.state_chart', 'timeseries', {
      title: 'Doors',
      of: 'This device',
      keys: [{ ...keys.door, color: colors.amber }],
      settings: { states: [isOff, isOn], showLegend: false },
    }),
  },
  alarmsOfDevice([0, 17, 24, 6]),
]

/** Everything that moves and stands around: map, counts, alarms; and a state for each kind of device. */
export const fleetDashboard = () =>
  board({
    name: 'fleet',
    description: 'Where the devices are, how they are, and what they are told to do',
    timewindow: lastMs(hours(1), { interval: 10_000 }),
    aliases: {
      Fleet: devicesOf('van', 'thermostat', 'pump', 'energy meter'),
      Vans: devicesOf('van'),
      Thermostats: devicesOf('thermostat'),
      Pumps: devicesOf('pump'),
      'This device': stateEntity,
    },
    filters: {
      Active: filterBy({ key: 'active', type: 'ATTRIBUTE', is: true }),
      Inactive: filterBy({ key: 'active', type: 'ATTRIBUTE', is: false }),
    },
    states: {
      default: { name: 'Fleet', tiles: overview },
      thermostat: state(thermostat),
      pump: state(pump),
      van: state(van),
    },
  })
