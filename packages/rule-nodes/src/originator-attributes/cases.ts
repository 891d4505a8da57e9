import type { NodeCase } from '../node-case.ts'

const attributes = [
  { scope: 'CLIENT_SCOPE' as const, entries: [{ key: 'version', type: 'STRING' as const, value: '1.2' }] },
  { scope: 'SHARED_SCOPE' as const, entries: [{ key: 'target', type: 'DOUBLE' as const, value: 20 }] },
  {
    scope: 'SERVER_SCOPE' as const,
    entries: [
      { key: 'threshold', type: 'LONG' as const, value: 80 },
      { key: 'site', type: 'JSON' as const, value: '{"lat":1.50}' },
    ],
  },
]
const latest = [
  {
    entries: [
      { key: 'temperature', ts: 900, type: 'DOUBLE' as const, value: 12_345_678.5 },
      { key: 'on', ts: 800, type: 'BOOLEAN' as const, value: true },
    ],
  },
]
const all = {
  clientAttributeNames: ['version'],
  sharedAttributeNames: ['target'],
  serverAttributeNames: ['threshold', 'site'],
  latestTsKeyNames: ['temperature', 'on'],
}
const message = { data: '{"a":1}', metadata: { deviceName: 'T' } }
const absent = 'The following attribute/telemetry keys is not present in the DB: '

export const cases: NodeCase[] = [
  { title: 'adds nothing by default', attributes, messages: [message], leaves: [{ by: 'Success', ...message }] },
  {
    title: 'adds attributes of all scopes behind their prefixes, and telemetry under its own name',
    config: all,
    attributes,
    latest,
    messages: [message],
    leaves: [
      {
        by: 'Success',
        data: '{"a":1}',
        metadata: {
          deviceName: 'T',
          cs_version: '1.2',
          shared_target: '20.0',
          ss_threshold: '80',
          ss_site: '{"lat":1.50}',
          temperature: '1.23456785E7',
          on: 'true',
        },
      },
    ],
  },
  {
    title: 'adds them to the data with their types',
    config: { ...all, fetchTo: 'DATA' },
    attributes,
    latest,
    messages: [message],
    leaves: [
      {
        by: 'Success',
        data: '{"a":1,"cs_version":"1.2","shared_target":20.0,"ss_threshold":80,"ss_site":{"lat":1.50},"temperature":12345678.5,"on":true}',
      },
    ],
  },
  {
    title: 'fills patterns in names',
    config: { serverAttributeNames: ['${kind}', '$[key]'] },
    attributes,
    messages: [{ data: '{"key":"site"}', metadata: { kind: 'threshold' } }],
    leaves: [{ by: 'Success', metadata: { kind: 'threshold', ss_threshold: '80', ss_site: '{"lat":1.50}' } }],
  },
  {
    title: 'fails when a key is absent, with what it found all the same',
    config: { serverAttributeNames: ['threshold', 'missing'], latestTsKeyNames: ['gone'] },
    attributes,
    messages: [message],
    leaves: [
      {
        by: 'Failure',
        metadata: { deviceName: 'T', ss_threshold: '80' },
        error: `${absent}SERVER_SCOPE: missing; LATEST_TS: gone`,
      },
    ],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'leaves absent keys out when it need not fail',
    config: { serverAttributeNames: ['missing', 'threshold'], tellFailureIfAbsent: false },
    attributes,
    messages: [message],
    leaves: [{ by: 'Success', metadata: { deviceName: 'T', ss_threshold: '80' } }],
  },
  {
    title: 'adds telemetry with its time as JSON text to the metadata',
    config: { latestTsKeyNames: ['temperature'], getLatestValueWithTs: true },
    latest,
    messages: [message],
    leaves: [{ by: 'Success', metadata: { deviceName: 'T', temperature: '{"ts":900,"value":12345678.5}' } }],
  },
  {
    title: 'adds telemetry with its time as an object to the data',
    config: { latestTsKeyNames: ['on'], getLatestValueWithTs: true, fetchTo: 'DATA' },
    latest,
    messages: [message],
    leaves: [{ by: 'Success', data: '{"a":1,"on":{"ts":800,"value":true}}' }],
  },
  {
    title: 'finds nothing of an entity of another tenant',
    config: { serverAttributeNames: ['threshold'] },
    attributes,
    messages: [{ originator: { entityType: 'DEVICE', id: 'bbbbbbbb-0000-4000-8000-000000000001' } }],
    leaves: [{ by: 'Failure', error: `${absent}SERVER_SCOPE: threshold` }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'does not take a name that is asked for twice for an absent one',
    config: { serverAttributeNames: ['threshold', 'threshold'] },
    attributes,
    messages: [message],
    leaves: [{ by: 'Success', metadata: { deviceName: 'T', ss_threshold: '80' } }],
  },
  {
    title: 'fails for data that is no object, when it has to add to it',
    config: { serverAttributeNames: ['threshold'], fetchTo: 'DATA' },
    attributes,
    messages: [{ data: '[1]' }],
    leaves: [{ by: 'Failure', error: 'Message body is not an object!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for data that is no JSON, though no name needs it',
    config: { serverAttributeNames: ['threshold'] },
    attributes,
    messages: [{ data: 'text' }],
    leaves: [{ by: 'Failure', error: 'Failed to process pattern!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'does not start without a place to add to',
    config: { fetchTo: null },
    refuses:
      'Invalid configuration of "originator attributes": fetchTo: Invalid option: expected one of "DATA"|"METADATA"',
    leaves: [],
  },
]
