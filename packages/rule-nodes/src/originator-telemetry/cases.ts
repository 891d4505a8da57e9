import type { NodeCase } from '../node-case.ts'

const points = {
  temperature: [
    { ts: 100, type: 'DOUBLE' as const, value: 22.4 },
    { ts: 200, type: 'DOUBLE' as const, value: 20 },
  ],
  on: [{ ts: 150, type: 'BOOLEAN' as const, value: true }],
  place: [{ ts: 160, type: 'JSON' as const, value: '{"hall":1.50}' }],
}
const keys = { latestTsKeyNames: ['temperature'] }
const world = { points, messages: [{ data: '{"a":1}', metadata: {} }] }
const all = { ...keys, fetchMode: 'ALL' }
const patterns = {
  ...keys,
  useMetadataIntervalPatterns: true,
  startIntervalPattern: '${start}',
  endIntervalPattern: '$[end]',
}

export const cases: NodeCase[] = [
  { title: 'does not start as it is dropped, without a key', refuses: 'Telemetry should be specified!', leaves: [] },
  {
    title: 'adds the first point as a text with its quotes',
    ...world,
    config: keys,
    leaves: [{ by: 'Success', data: '{"a":1}', metadata: { temperature: '"22.4"' } }],
    // The clock of cases stands at one second after 1970: two minutes to one minute before that.
    histories: [
      { keys: ['temperature'], startTs: -119_000, endTs: -59_000, order: 'ASC', limit: 1, aggregation: 'NONE' },
    ],
  },
  {
    title: 'asks for the last point from the other end',
    ...world,
    config: { ...keys, fetchMode: 'LAST', startInterval: 3, startIntervalTimeUnit: 'SECONDS', endInterval: 0 },
    leaves: [{ by: 'Success' }],
    histories: [{ startTs: -2_000, endTs: 1_000, order: 'DESC', limit: 1, aggregation: 'NONE' }],
  },
  {
    title: 'takes no notice of order, aggregation and limit for single points',
    ...world,
    config: { ...keys, fetchMode: 'LAST', orderBy: 'ASC', aggregation: 'AVG', limit: 0 },
    leaves: [{ by: 'Success' }],
    histories: [{ order: 'DESC', limit: 1, aggregation: 'NONE' }],
  },
  {
    title: 'adds all points as a list, with their types',
    ...world,
    config: { ...all, latestTsKeyNames: ['temperature', 'on', 'place'] },
    leaves: [
      {
        by: 'Success',
        metadata: {
          temperature: '[{"ts":100,"value":22.4},{"ts":200,"value":20.0}]',
          on: '[{"ts":150,"value":true}]',
          place: '[{"ts":160,"value":{"hall":1.50}}]',
        },
      },
    ],
    histories: [{ order: 'ASC', limit: 1_000, aggregation: 'NONE' }],
  },
  ...(['MIN', 'MAX', 'AVG', 'SUM', 'COUNT'] as const).map((aggregation) => ({
    title: `asks for ${aggregation} over the whole interval at once`,
    ...world,
    config: { ...all, aggregation, orderBy: 'DESC', limit: 2 },
    leaves: [{ by: 'Success' }],
    histories: [
      { aggregation, intervalMs: 60_000, startTs: -119_000, endTs: -59_000, order: 'DESC' as const, limit: 2 },
    ],
  })),
  {
    title: 'takes the interval from patterns',
    ...world,
    config: patterns,
    messages: [{ data: '{"end":900}', metadata: { start: '500' } }],
    leaves: [{ by: 'Success', metadata: { start: '500', temperature: '"22.4"' } }],
    histories: [{ startTs: 500, endTs: 900 }],
  },
  {
    title: 'fails for patterns that stay unresolved, or are no times',
    ...world,
    config: patterns,
    messages: [
      { data: '{"end":900}', metadata: {} },
      { data: '{}', metadata: { start: '1' } },
      { data: '{"end":900}', metadata: { start: 'now' } },
      { data: '{"end":1.5}', metadata: { start: '1' } },
    ],
    leaves: [
      { by: 'Failure', error: "Message value: 'start' is undefined" },
      { by: 'Failure', error: "Message value: 'end' is undefined" },
      { by: 'Failure', error: "Message value: 'start' has invalid format" },
      { by: 'Failure', error: "Message value: 'end' has invalid format" },
    ],
    outcomes: ['dead-lettered', 'dead-lettered', 'dead-lettered', 'dead-lettered'],
  },
  {
    title: 'fails for an interval that ends before it begins',
    ...world,
    config: { ...keys, startInterval: 1, endInterval: 2 },
    leaves: [{ by: 'Failure', error: 'Interval start should be less than Interval end' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fills patterns in keys, and adds nothing for a key without points',
    ...world,
    config: { latestTsKeyNames: ['${key}', 'missing'] },
    messages: [{ metadata: { key: 'on' } }],
    leaves: [{ by: 'Success', metadata: { key: 'on', on: '"true"' } }],
    histories: [{ keys: ['on', 'missing'] }],
  },
  {
    title: 'does not start with a limit that is too low',
    config: { ...all, limit: 1 },
    refuses: 'Limit should be in a range from 2 to 1000.',
    leaves: [],
  },
  {
    title: 'does not start with a limit that is too high',
    config: { ...all, limit: 1_001 },
    refuses: 'Limit should be in a range from 2 to 1000.',
    leaves: [],
  },
  {
    title: 'does not start without a mode',
    config: { ...keys, fetchMode: null },
    refuses:
      'Invalid configuration of "originator telemetry": fetchMode: Invalid option: expected one of "FIRST"|"LAST"|"ALL"',
    leaves: [],
  },
]
