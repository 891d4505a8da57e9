import { entityId } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const device = entityId('DEVICE', testIds.device)
const meter = entityId('DEVICE', 'aaaaaaaa-0000-4000-8000-000000000001')
const pump = entityId('DEVICE', 'aaaaaaaa-0000-4000-8000-000000000002')
const hall = entityId('ASSET', 'aaaaaaaa-0000-4000-8000-000000000003')
const entities = [
  { id: meter, profileName: 'meter' },
  { id: pump, profileName: 'default' },
]
const relations = [
  { from: device, to: hall, type: 'Contains' },
  { from: device, to: meter, type: 'Contains' },
  { from: device, to: pump, type: 'Contains' },
  { from: pump, to: device, type: 'Feeds' },
]
const attributes = [
  { scope: 'SERVER_SCOPE' as const, entityId: pump, entries: [{ key: 'power', type: 'LONG' as const, value: 5 }] },
  { scope: 'SERVER_SCOPE' as const, entityId: meter, entries: [{ key: 'power', type: 'LONG' as const, value: 7 }] },
]
const query = { direction: 'FROM', maxLevel: 1, relationType: 'Contains', deviceTypes: ['default'] }
const config = { serverAttributeNames: ['power'] }
const message = { metadata: {} }
const world = { entities, relations, attributes, messages: [message] }
const none = 'No device is related to the originator as the relations query says'

export const cases: NodeCase[] = [
  {
    title: 'adds attributes of the first device of a listed profile',
    ...world,
    config,
    leaves: [{ by: 'Success', metadata: { ss_power: '5' } }],
  },
  {
    title: 'takes a device of any of several profiles, the first one that is found',
    ...world,
    config: { ...config, deviceRelationsQuery: { ...query, deviceTypes: ['default', 'meter'] } },
    leaves: [{ by: 'Success', metadata: { ss_power: '7' } }],
  },
  {
    title: 'follows relations that reach the originator',
    ...world,
    config: { ...config, deviceRelationsQuery: { ...query, direction: 'TO', relationType: 'Feeds' } },
    leaves: [{ by: 'Success', metadata: { ss_power: '5' } }],
  },
  {
    title: 'adds latest telemetry of that device',
    ...world,
    config: { latestTsKeyNames: ['t'] },
    latest: [{ entityId: pump, entries: [{ key: 't', ts: 1, type: 'DOUBLE', value: 1.5 }] }],
    leaves: [{ by: 'Success', metadata: { t: '1.5' } }],
  },
  {
    title: 'fails when no device is related so',
    ...world,
    config: { ...config, deviceRelationsQuery: { ...query, relationType: 'Manages' } },
    leaves: [{ by: 'Failure', error: none }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails when no related device is of a listed profile',
    ...world,
    config: { ...config, deviceRelationsQuery: { ...query, deviceTypes: ['boiler'] } },
    leaves: [{ by: 'Failure', error: none }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'does not take a related device that is gone or of another tenant',
    ...world,
    entities: [],
    config,
    leaves: [{ by: 'Failure', error: none }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails when a key is absent',
    ...world,
    config: { serverAttributeNames: ['power', 'size'] },
    leaves: [
      {
        by: 'Failure',
        metadata: { ss_power: '5' },
        error: 'The following attribute/telemetry keys is not present in the DB: SERVER_SCOPE: size',
      },
    ],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'adds to the data with their types',
    ...world,
    config: { ...config, fetchTo: 'DATA' },
    messages: [{ data: '{"a":1}' }],
    leaves: [{ by: 'Success', data: '{"a":1,"ss_power":5}' }],
  },
]
