import {
  alarmCount,
  alarmField,
  alarmsTable,
  board,
  chart,
  colors,
  hours,
  inARow,
  lastMs,
  minutes,
  ownWindow,
  reading,
  series,
  type Tile,
} from './parts.ts'

const severities = [
  ['Critical', 'CRITICAL', 'error', colors.red],
  ['Major', 'MAJOR', 'report', colors.orange],
  ['Minor', 'MINOR', 'warning', colors.amber],
  ['Warning', 'WARNING', 'info', colors.blue],
] as const

const all = 'Devices'

const tiles: Tile[] = [
  ...inARow(
    0,
    2,
    [
      ...severities.map(([label, severity, icon, color]) =>
        alarmCount({ label, icon, color, of: all, severities: [severity] }),
      ),
      alarmCount({
        label: 'Unattended',
        icon: 'notifications',
        color: colors.violet,
        of: all,
        statuses: ['UNACK'],
      }),
      alarmCount({ label: 'Cleared', icon: 'task_alt', color: colors.green, of: all, statuses: ['CLEARED'] }),
    ],
    ['Critical', 'Major', 'Minor', 'Unattended'],
  ),
  {
    at: [0, 2, 16, 6],
    phone: 5,
    show: chart({
      title: 'Active alarms',
      of: 'Usage',
      keys: severities.map(([label, severity, , color]) =>
        series(`activeAlarms${severity.charAt(0)}${severity.slice(1).toLowerCase()}`, label, {
          ...{ color, decimals: 0 },
          settings: { type: 'bar' },
        }),
      ),
      settings: {
        stack: true,
        yAxes: { default: { id: 'default', min: 0, decimals: 0 } },
      },
    }),
  },
  {
    at: [16, 2, 8, 6],
    phone: 5,
    show: reading('system.bar_chart', 'timeseries', {
      title: 'New alarms by hour',
      of: 'Usage',
      keys: [series('createdAlarmsCountHourly', 'New alarms', { color: colors.orange, decimals: 0 })],
      config: ownWindow(lastMs(hours(24), { interval: hours(1), aggregation: 'SUM' }), true),
      settings: {
        showLegend: false,
        yAxes: { default: { id: 'default', min: 0, decimals: 0 } },
      },
    }),
  },
  {
    at: [0, 8, 24, 11],
    phone: 9,
    show: alarmsTable({
      title: 'Alarms',
      of: all,
      windowMs: hours(24),
      columns: [
        alarmField('createdTime', 'Since'),
        alarmField('originator', 'Device'),
        alarmField('type', 'Alarm'),
        alarmField('severity', 'Severity'),
        alarmField('status', 'Status'),
        alarmField('assignee', 'Assignee'),
      ],
      settings: { defaultPageSize: 20 },
    }),
  },
]

/** All alarms: how many, since when, whose; acknowledged, cleared and assigned from here. */
export const alarmCentreDashboard = () =>
  board({
    name: 'alarm centre',
    description: 'Alarms of all devices, by severity and over time',
    timewindow: lastMs(hours(1), { interval: minutes(1), aggregation: 'MAX' }),
    aliases: {
      [all]: { type: 'entityType', resolveMultiple: true, entityType: 'DEVICE' },
      Usage: { type: 'apiUsageState', resolveMultiple: false },
    },
    states: { default: { name: 'Alarm centre', tiles } },
  })
