import { entityId } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const device = entityId('DEVICE', testIds.device)
const customer = entityId('CUSTOMER', 'aaaaaaaa-0000-4000-8000-000000000001')
const user = entityId('USER', 'aaaaaaaa-0000-4000-8000-000000000002')
const free = entityId('ASSET', 'aaaaaaaa-0000-4000-8000-000000000003')
const entities = [
  { id: device, customerId: customer.id },
  { id: user, customerId: customer.id },
  { id: customer, customerId: customer.id },
  { id: free },
]
const attributes = [
  {
    scope: 'SERVER_SCOPE' as const,
    entityId: customer,
    entries: [
      { key: 'alarmThreshold', type: 'DOUBLE' as const, value: 80 },
      { key: 'mail', type: 'STRING' as const, value: 'ann@plant.example' },
    ],
  },
  { scope: 'CLIENT_SCOPE' as const, entityId: customer, entries: [{ key: 'other', type: 'LONG' as const, value: 1 }] },
]
const latest = [{ entityId: customer, entries: [{ key: 'level', ts: 5, type: 'LONG' as const, value: 7 }] }]
const world = { entities, attributes, latest, messages: [{ data: '{"a":1}', metadata: {} }] }

export const cases: NodeCase[] = [
  {
    title: 'adds attributes of the customer under the names of the mapping',
    ...world,
    leaves: [{ by: 'Success', data: '{"a":1}', metadata: { threshold: '80.0' } }],
  },
  {
    title: 'asks the customer itself when the message is about one, and that of a user',
    ...world,
    messages: [
      { originator: customer, metadata: {} },
      { originator: user, metadata: {} },
    ],
    leaves: [
      { by: 'Success', metadata: { threshold: '80.0' } },
      { by: 'Success', metadata: { threshold: '80.0' } },
    ],
  },
  {
    title: 'adds to the data with their types',
    ...world,
    config: { fetchTo: 'DATA', dataMapping: { alarmThreshold: 'threshold', mail: 'mail' } },
    leaves: [{ by: 'Success', data: '{"a":1,"threshold":80.0,"mail":"ann@plant.example"}' }],
  },
  {
    title: 'fills patterns on both sides of the mapping',
    ...world,
    config: { dataMapping: { '${what}': '$[kind]Of', alarmThreshold: 'threshold' } },
    messages: [{ data: '{"kind":"mail"}', metadata: { what: 'mail' } }],
    leaves: [{ by: 'Success', metadata: { what: 'mail', mailOf: 'ann@plant.example', threshold: '80.0' } }],
  },
  {
    title: 'leaves out keys without a value, and those of other scopes',
    ...world,
    config: { dataMapping: { missing: 'a', other: 'b', mail: 'c' } },
    leaves: [{ by: 'Success', metadata: { c: 'ann@plant.example' } }],
  },
  {
    title: 'adds latest telemetry',
    ...world,
    config: { dataToFetch: 'LATEST_TELEMETRY', dataMapping: { level: 'level', missing: 'missing' } },
    leaves: [{ by: 'Success', metadata: { level: '7' } }],
  },
  {
    title: 'writes null into the data for telemetry that is missing',
    ...world,
    config: { fetchTo: 'DATA', dataToFetch: 'LATEST_TELEMETRY', dataMapping: { level: 'level', missing: 'missing' } },
    leaves: [{ by: 'Success', data: '{"a":1,"level":7,"missing":null}' }],
  },
  {
    title: 'fails for an originator that has no customer',
    ...world,
    messages: [{ originator: free }],
    leaves: [{ by: 'Failure', error: `Failed to find customer for entity with id: ${free.id} and type: ASSET` }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for an originator that is gone, or of another tenant',
    ...world,
    messages: [{ originator: entityId('DEVICE', 'bbbbbbbb-0000-4000-8000-000000000001') }],
    leaves: [
      {
        by: 'Failure',
        error: 'Failed to find customer for entity with id: bbbbbbbb-0000-4000-8000-000000000001 and type: DEVICE',
      },
    ],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for an originator of a kind that has no customer',
    ...world,
    messages: [{ originator: entityId('RULE_CHAIN', testIds.chain) }],
    leaves: [{ by: 'Failure', error: 'Unexpected originator type: RULE_CHAIN; it belongs to no customer' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for data that is no object, when it has to add to it',
    ...world,
    config: { fetchTo: 'DATA' },
    messages: [{ data: '[]' }],
    leaves: [{ by: 'Failure', error: 'Message body is not an object!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'does not start without a mapping',
    config: { dataMapping: {} },
    refuses: 'At least one mapping entry should be specified!',
    leaves: [],
  },
  {
    title: 'does not start when it should read fields, which only related entity data can',
    config: { dataToFetch: 'FIELDS' },
    refuses:
      'Invalid configuration of "customer attributes": dataToFetch: Invalid option: expected one of "ATTRIBUTES"|"LATEST_TELEMETRY"',
    leaves: [],
  },
  {
    title: 'does not start without saying what it reads',
    config: { dataToFetch: null },
    refuses:
      'Invalid configuration of "customer attributes": dataToFetch: Invalid option: expected one of "ATTRIBUTES"|"LATEST_TELEMETRY"',
    leaves: [],
  },
]
