import {
  board,
  chart,
  colors,
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

const count = (name: string, label: string, color: string, more = {}) =>
  series(name, label, { color, decimals: 0, ...more })
const ms = (name: string, label: string, color: string, more = {}) =>
  series(name, label, { color, units: 'ms', decimals: 2, ...more })

const bar = { settings: { type: 'bar' } }

const tiles: Tile[] = [
  {
    at: [0, 0, 8, 3],
    phone: 2,
    show: valueWithLine({
      title: 'Messages a minute',
      of: 'Main queue',
      key: count('totalMsgs', 'Messages', colors.blue),
    }),
  },
  {
    at: [8, 0, 8, 3],
    phone: 2,
    show: valueWithLine({
      title: 'From arrival to the end',
      of: 'Main queue',
      key: ms('averageLatencyMs', 'Latency', colors.teal, { decimals: 1 }),
    }),
  },
  {
    at: [16, 0, 8, 3],
    phone: 2,
    show: reading('system.cards.value_card', 'latest', {
      title: 'Failed for good',
      of: 'Main queue',
      keys: [count('failedMsgs', 'Failed', colors.red, { aggregationType: 'SUM' })],
      settings: { layout: 'horizontal', icon: 'error', iconColor: colors.red, showDate: false, showLabel: false },
    }),
  },
  {
    at: [0, 3, 12, 7],
    phone: 6,
    show: chart({
      title: 'Messages by queue',
      of: 'Queues',
      keys: [count('totalMsgs', nameOfEntity, colors.blue)],
      settings: { yAxes: { default: { id: 'default', min: 0, decimals: 0 } } },
    }),
  },
  {
    at: [12, 3, 12, 7],
    phone: 6,
    show: chart({
      title: 'Latency',
      of: 'Main queue',
      keys: [
        ms('averageLatencyMs', 'Average', colors.teal),
        ms('maxLatencyMs', 'Longest', colors.orange, { settings: { lineSettings: { lineType: 'dashed' } } }),
      ],
      settings: { yAxes: { default: { id: 'default', units: 'ms', min: 0 } } },
    }),
  },
  {
    at: [0, 10, 12, 6],
    phone: 6,
    show: chart({
      title: 'Failures and timeouts',
      of: 'Main queue',
      keys: [
        count('failedMsgs', 'Failed for good', colors.red, bar),
        count('timeoutMsgs', 'Timed out for good', colors.amber, bar),
        count('tmpFailed', 'Failed, tried again', colors.violet, bar),
        count('tmpTimeout', 'Timed out, tried again', colors.grey, bar),
      ],
      settings: { stack: true, yAxes: { default: { id: 'default', min: 0, decimals: 0 } } },
    }),
  },
  {
    at: [12, 10, 12, 6],
    phone: 6,
    show: chart({
      title: 'Time in rule chains',
      of: 'Rule chains',
      keys: [ms('averageMs', nameOfEntity, colors.violet)],
      settings: { yAxes: { default: { id: 'default', units: 'ms', min: 0 } } },
    }),
  },
  {
    at: [0, 16, 12, 6],
    phone: 6,
    show: entitiesTable({
      title: 'Rule chains',
      nameTitle: 'Rule chain',
      of: 'Rule chains',
      keys: [
        count('messagesProcessed', 'Messages a minute', colors.blue),
        count('errorsOccurred', 'Failures', colors.red),
        ms('averageMs', 'Average time', colors.violet),
      ],
    }),
  },
  {
    at: [12, 16, 12, 6],
    phone: 6,
    show: reading('system.cards.timeseries_table', 'timeseries', {
      title: 'Last errors',
      of: 'Queues',
      keys: [series('ruleEngineException', 'Error')],
      config: ownWindow(lastMs(hours(24), { aggregation: 'NONE' }), true),
      settings: { showTimestamp: true },
    }),
  },
]

/** What the rule engine did: messages, failures and times, by queue and by chain. */
export const ruleEngineDashboard = () =>
  board({
    name: 'rule engine',
    description: 'Messages, failures and times of queues and rule chains',
    timewindow: lastMs(hours(1), { interval: minutes(1), aggregation: 'AVG' }),
    aliases: {
      Queues: { type: 'entityType', resolveMultiple: true, entityType: 'QUEUE_STATS' },
      'Main queue': { type: 'entityName', resolveMultiple: false, entityType: 'QUEUE_STATS', entityNameFilter: 'Main' },
      'Rule chains': { type: 'entityType', resolveMultiple: true, entityType: 'RULE_CHAIN' },
    },
    states: { default: { name: 'Rule engine', tiles } },
  })
