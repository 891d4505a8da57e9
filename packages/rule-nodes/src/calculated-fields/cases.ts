import type { NodeCase } from '../node-case.ts'

const silent = { saveTimeseries: false, saveLatest: false, notifyLive: false, calculatedFields: true }
const attributes = (data: string, metadata: Record<string, string> = {}) => ({
  type: 'POST_ATTRIBUTES_REQUEST',
  data,
  metadata,
})

export const cases: NodeCase[] = [
  {
    title: 'gives telemetry to alarm rules and stores none of it',
    messages: [{ data: '{"temperature":21.5}' }],
    leaves: [{ by: 'Success' }],
    telemetry: [{ ...silent, entries: [{ key: 'temperature', type: 'DOUBLE', value: 21.5, ts: 1_000 }] }],
  },
  {
    title: 'takes the time of the platform, not that of the metadata',
    messages: [{ data: '{"a":1}', metadata: { ts: '5' } }],
    leaves: [{ by: 'Success' }],
    telemetry: [{ entries: [{ key: 'a', type: 'LONG', value: 1, ts: 1_000 }] }],
  },
  {
    title: 'keeps the time that stands beside the values',
    messages: [{ data: '{"ts":7,"values":{"a":true}}' }],
    leaves: [{ by: 'Success' }],
    telemetry: [{ entries: [{ key: 'a', type: 'BOOLEAN', value: true, ts: 7 }] }],
  },
  {
    title: 'gives attributes of the scope in the metadata',
    messages: [attributes('{"limit":5}', { scope: 'SHARED_SCOPE' })],
    leaves: [{ by: 'Success' }],
    attributesSaved: [
      {
        ...{ scope: 'SHARED_SCOPE', ts: 1_000, save: false, notifyLive: false, notifyDevice: false },
        calculatedFields: true,
        entries: [{ key: 'limit', type: 'LONG', value: 5 }],
      },
    ],
  },
  {
    title: 'fails attributes without a scope, or with one that there is not',
    messages: [attributes('{"a":1}'), attributes('{"a":1}', { scope: 'MY_SCOPE' })],
    leaves: [
      { by: 'Failure', error: 'Metadata scope is not a scope: undefined' },
      { by: 'Failure', error: 'Metadata scope is not a scope: MY_SCOPE' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'lets empty messages pass',
    messages: [{ data: '{}' }, attributes('{}', { scope: 'SERVER_SCOPE' })],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
  },
  {
    title: 'fails messages of other types',
    messages: [{ type: 'ALARM', data: '{}' }],
    leaves: [{ by: 'Failure', error: 'Unsupported msg type: ALARM' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails what holds no values',
    messages: [{ data: '[1,2]' }],
    leaves: [{ by: 'Failure', error: 'Unable to parse the body: a list must contain objects only' }],
    outcomes: ['dead-lettered'],
  },
]
