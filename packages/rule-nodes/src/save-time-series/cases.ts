import type { NodeCase } from '../node-case.ts'

const all = { saveTimeseries: true, saveLatest: true, notifyLive: true }
const entry = (ts: number) => ({ key: 'temperature', type: 'DOUBLE' as const, value: 21.5, ts })

export const cases: NodeCase[] = [
  {
    title: 'stores the values at the time in the metadata',
    messages: [{ metadata: { ts: '1234' } }],
    leaves: [{ by: 'Success' }],
    outcomes: ['stored'],
    telemetry: [{ entries: [entry(1234)], ttlSeconds: 0, ...all }],
  },
  {
    title: 'uses the present time on request, but keeps the time that values bring themselves',
    config: { useServerTs: true },
    messages: [{ metadata: { ts: '1234' } }, { data: '[{"ts":7,"values":{"temperature":21.5}}]' }],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    outcomes: ['stored', 'stored'],
    telemetry: [{ entries: [entry(1_000)] }, { entries: [entry(7)] }],
  },
  {
    title: 'takes the TTL of the metadata before its own',
    config: { defaultTTL: 60 },
    messages: [{ metadata: { TTL: '5' } }, { metadata: { TTL: '' } }],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    outcomes: ['stored', 'stored'],
    telemetry: [{ ttlSeconds: 5 }, { ttlSeconds: 60 }],
  },
  {
    title: 'fails a message with a TTL that is no number, with no values, of another type, without JSON or of a view',
    messages: [
      { metadata: { TTL: 'soon' } },
      { data: '{}' },
      { data: '{"a":null}' },
      { type: 'ALARM' },
      { data: 'hello' },
      { originator: { entityType: 'ENTITY_VIEW', id: '01a1fe5a-1367-78c7-9f51-fca50df1cd3d' } },
    ],
    leaves: [
      { by: 'Failure', error: 'Metadata TTL is not a number of seconds: soon' },
      { by: 'Failure', error: 'Msg body is empty: {}' },
      { by: 'Failure', error: 'Msg body is empty: {"a":null}' },
      { by: 'Failure', error: 'Unsupported msg type: ALARM' },
      { by: 'Failure', error: 'Unable to parse the body: an object or an array is expected' },
      { by: 'Failure', error: "Telemetry data can't be stored for entity view. Read only" },
    ],
    outcomes: Array.from({ length: 6 }, () => 'dead-lettered' as const),
    telemetry: [],
  },
  {
    title: 'only shows values live with WEBSOCKETS_ONLY',
    config: { processingSettings: { type: 'WEBSOCKETS_ONLY' } },
    leaves: [{ by: 'Success' }],
    telemetry: [{ saveTimeseries: false, saveLatest: false, notifyLive: true }],
  },
  {
    title: 'stores the first message of an interval with DEDUPLICATE; the others pass without being read',
    config: { processingSettings: { type: 'DEDUPLICATE', deduplicationIntervalSecs: 10 } },
    messages: [
      { metadata: { ts: '1000' } },
      { metadata: { ts: '2000' }, data: 'never read' },
      { metadata: { ts: '10000' } },
    ],
    leaves: [{ by: 'Success' }, { by: 'Success' }, { by: 'Success' }],
    outcomes: ['stored', 'finished', 'stored'],
    telemetry: [
      { entries: [entry(1_000)], ...all },
      { entries: [entry(10_000)], ...all },
    ],
  },
  {
    title: 'decides for each action by itself with ADVANCED',
    config: {
      processingSettings: {
        type: 'ADVANCED',
        timeseries: { type: 'DEDUPLICATE', deduplicationIntervalSecs: 10 },
        latest: { type: 'SKIP' },
        webSockets: { type: 'ON_EVERY_MESSAGE' },
        calculatedFields: { type: 'SKIP' },
      },
    },
    messages: [{}, {}],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    outcomes: ['stored', 'finished'],
    telemetry: [
      { saveTimeseries: true, saveLatest: false, notifyLive: true },
      { saveTimeseries: false, saveLatest: false, notifyLive: true },
    ],
  },
]
