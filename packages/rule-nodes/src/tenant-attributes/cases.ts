import { entityId } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const tenant = entityId('TENANT', testIds.tenant)
const attributes = [
  {
    scope: 'SERVER_SCOPE' as const,
    entityId: tenant,
    entries: [
      { key: 'alarmThreshold', type: 'LONG' as const, value: 80 },
      { key: 'site', type: 'JSON' as const, value: '{"lat":1.50}' },
    ],
  },
]
const latest = [{ entityId: tenant, entries: [{ key: 'level', ts: 5, type: 'DOUBLE' as const, value: 7 }] }]
const world = { attributes, latest, messages: [{ data: '{"a":1}', metadata: {} }] }

export const cases: NodeCase[] = [
  {
    title: 'adds attributes of the tenant under the names of the mapping',
    ...world,
    leaves: [{ by: 'Success', data: '{"a":1}', metadata: { threshold: '80' } }],
  },
  {
    title: 'does so whatever the message is about',
    ...world,
    messages: [{ originator: entityId('RULE_NODE', testIds.chain), metadata: {} }],
    leaves: [{ by: 'Success', metadata: { threshold: '80' } }],
  },
  {
    title: 'adds to the data with their types',
    ...world,
    config: { fetchTo: 'DATA', dataMapping: { site: 'site', alarmThreshold: 'threshold' } },
    leaves: [{ by: 'Success', data: '{"a":1,"site":{"lat":1.50},"threshold":80}' }],
  },
  {
    title: 'fills patterns on both sides of the mapping',
    ...world,
    config: { dataMapping: { '${what}': '$[kind]' } },
    messages: [{ data: '{"kind":"limit"}', metadata: { what: 'alarmThreshold' } }],
    leaves: [{ by: 'Success', metadata: { what: 'alarmThreshold', limit: '80' } }],
  },
  {
    title: 'leaves out keys without a value',
    ...world,
    config: { dataMapping: { missing: 'a' } },
    leaves: [{ by: 'Success', data: '{"a":1}', metadata: {} }],
  },
  {
    title: 'adds latest telemetry, and null for what is missing in the data',
    ...world,
    config: { fetchTo: 'DATA', dataToFetch: 'LATEST_TELEMETRY', dataMapping: { level: 'level', missing: 'missing' } },
    leaves: [{ by: 'Success', data: '{"a":1,"level":7.0,"missing":null}' }],
  },
  {
    title: 'fails for data that is no object, when it has to add to it',
    ...world,
    config: { fetchTo: 'DATA' },
    messages: [{ data: '"text"' }],
    leaves: [{ by: 'Failure', error: 'Message body is not an object!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'does not start without a mapping',
    config: { dataMapping: null },
    refuses: 'At least one mapping entry should be specified!',
    leaves: [],
  },
  {
    title: 'does not start when it should read fields',
    config: { dataToFetch: 'FIELDS' },
    refuses:
      'Invalid configuration of "tenant attributes": dataToFetch: Invalid option: expected one of "ATTRIBUTES"|"LATEST_TELEMETRY"',
    leaves: [],
  },
]
