import {
  board,
  chart,
  colors,
  days,
  deviceNamed,
  entitiesTable,
  hours,
  lastMs,
  minutes,
  nameOfEntity,
  ownWindow,
  reading,
  series,
  type Tile,
  valueWithLine,
} from './parts.ts'

const power = (label: string, color: string, more = {}) =>
  series('power', label, { color, units: 'kW', decimals: 1, ...more })
const energy = (label: string, color: string, more = {}) =>
  series('energy', label, { color, units: 'kWh', decimals: 0, ...more })

const loads = [
  ['Climate', colors.blue],
  ['Servers', colors.violet],
  ['Charging', colors.teal],
  ['Lighting', colors.amber],
] as const

const change = {
  color: {
    type: 'range',
    color: colors.grey,
    rangeList: [
      { from: null, to: 0, color: colors.green },
      { from: 0, to: null, color: colors.red },
    ],
  },
  showArrow: true,
  font: { size: 14, sizeUnit: 'px' },
}

/** What was used in the window, beside it by how much that is more or less than in the one before. */
const usage = (title: string, window: ReturnType<typeof lastMs>) =>
  reading('system.cards.aggregated_value_card', 'timeseries', {
    title,
    of: 'Building',
    keys: [power('Power', colors.blue)],
    latestKeys: [
      energy('Used', colors.blue, {
        aggregationType: 'SUM',
        settings: { position: 'center', font: { size: 36, sizeUnit: 'px', weight: '500' } },
      }),
      energy('Change', colors.grey, {
        ...{ aggregationType: 'SUM', comparisonEnabled: true, timeForComparison: 'previousInterval' },
        ...{ comparisonResultType: 'DELTA_PERCENT', units: '%' },
        settings: { position: 'rightTop', ...change },
      }),
    ],
    config: ownWindow(window),
    settings: { showSubtitle: false, showDate: false },
  })

/** Datasources of several aliases, in the order of the legend. */
const ofEveryLoad = (keyOf: (label: string, color: string) => Record<string, unknown>) =>
  loads.map(([name, color]) => ({
    of: name,
    keys: [keyOf(nameOfEntity, color)],
  }))

const tiles: Tile[] = [
  {
    at: [0, 0, 6, 4],
    phone: 3,
    show: valueWithLine({
      title: 'Power now',
      of: 'Building',
      key: power('Building', colors.blue),
      config: ownWindow(lastMs(hours(1))),
    }),
  },
  {
    at: [6, 0, 6, 4],
    phone: 3,
    show: usage('Last 24 hours', lastMs(days(1), { interval: minutes(30) })),
  },
  {
    at: [12, 0, 6, 4],
    phone: 3,
    show: usage('Last 7 days', lastMs(days(7), { interval: hours(3) })),
  },
  {
    at: [18, 0, 6, 4],
    phone: 3,
    show: reading('system.cards.value_card', 'latest', {
      title: 'Peak of the last 7 days',
      of: 'Building',
      keys: [power('Peak', colors.red, { aggregationType: 'MAX' })],
      config: ownWindow(lastMs(days(7))),
      settings: { layout: 'horizontal', icon: 'bolt', iconColor: colors.amber, showDate: false, showLabel: false },
    }),
  },
  {
    at: [0, 4, 16, 8],
    phone: 6,
    show: reading('system.bar_chart', 'timeseries', {
      title: 'Energy by day',
      sources: ofEveryLoad((name, color) => energy(name, color)),
      config: ownWindow(lastMs(days(7), { interval: days(1), aggregation: 'SUM' }), true),
      settings: {
        stack: true,
        tooltipStackedShowTotal: true,
        yAxes: { default: { id: 'default', units: 'kWh', min: 0 } },
        legendConfig: { position: 'top', showLatest: false, showTotal: true },
      },
    }),
  },
  {
    at: [16, 4, 8, 8],
    phone: 6,
    show: reading('system.doughnut', 'latest', {
      title: 'Shares of the last 7 days',
      sources: ofEveryLoad((name, color) => energy(name, color, { aggregationType: 'SUM' })),
      config: ownWindow(lastMs(days(7))),
      settings: { layout: 'with_total', legendPosition: 'bottom' },
    }),
  },
  {
    at: [0, 12, 12, 7],
    phone: 6,
    show: reading('system.heat_map', 'timeseries', {
      title: 'Power by day and hour',
      of: 'Building',
      keys: [power('Power', colors.orange)],
      config: ownWindow(lastMs(days(14), { interval: hours(1) }), true),
      settings: { layout: 'hoursByDays', cellValue: 'avg' },
    }),
  },
  {
    at: [12, 12, 12, 7],
    phone: 6,
    show: chart({
      title: 'Power, with the week before',
      of: 'Building',
      keys: [
        power('Building', colors.blue, {
          settings: {
            lineSettings: { fillAreaSettings: { type: 'gradient', gradient: { start: 30, end: 2 } } },
            comparisonSettings: {
              ...{ showValuesForComparison: true, comparisonValuesLabel: 'A week before', color: colors.grey },
            },
          },
        }),
      ],
      config: ownWindow(lastMs(days(1), { interval: minutes(15) }), true),
      settings: {
        ...{ comparisonEnabled: true, timeForComparison: 'weeks' },
        yAxes: { default: { id: 'default', units: 'kW', min: 0 } },
      },
    }),
  },
  {
    at: [0, 19, 24, 5],
    phone: 6,
    show: entitiesTable({
      title: 'Meters',
      nameTitle: 'Meter',
      of: 'Meters',
      keys: [power('Power', colors.blue, { decimals: 2 }), series('voltage', 'Voltage', { units: 'V', decimals: 1 })],
      open: { id: 'open', name: 'Open', icon: 'open_in_new', type: 'openEntity' },
      settings: { defaultSortOrder: '-Power' },
    }),
  },
]

/** The meters of a building: power now, energy of days and weeks, and who used it. */
export const energyDashboard = () =>
  board({
    name: 'energy',
    description: 'What a building uses, where and when',
    timewindow: lastMs(days(7), { interval: hours(1) }),
    aliases: {
      Building: deviceNamed('Meter Building'),
      Meters: { type: 'deviceType', resolveMultiple: true, deviceTypes: ['energy meter'], deviceNameFilter: '' },
      ...Object.fromEntries(loads.map(([name]) => [name, deviceNamed(`Meter ${name}`)])),
    },
    states: { default: { name: 'Energy', tiles } },
  })
