import { entityId } from '@thingwire/contracts'
import type { NodeCase } from '../node-case.ts'

const known = entityId('ASSET', 'aaaaaaaa-0000-4000-8000-000000000001')
const other = entityId('ASSET', 'aaaaaaaa-0000-4000-8000-000000000002')
const foreign = entityId('ASSET', 'bbbbbbbb-0000-4000-8000-000000000001')
const entities = [
  { id: known, profileName: 'Boiler' },
  { id: other, profileName: 'default' },
]

export const cases: NodeCase[] = [
  {
    title: 'leaves along a connection named like the profile',
    entities,
    messages: [{ originator: known }, { originator: other }, { originator: known }],
    leaves: [{ by: 'Boiler' }, { by: 'default' }, { by: 'Boiler' }],
  },
  {
    title: 'finds a connection that is drawn in other letters, since connections match in any case',
    entities: [{ id: known, profileName: 'BOILER' }],
    messages: [{ originator: known }],
    leaves: [{ by: 'BOILER' }],
  },
  {
    title: 'keeps id, type, metadata and data',
    entities,
    messages: [{ originator: known, type: 'ALARM', data: '{"a":1}', metadata: { b: 'c' } }],
    leaves: [{ by: 'Boiler', type: 'ALARM', data: '{"a":1}', metadata: { b: 'c' } }],
  },
  {
    title: 'works with data that is no JSON',
    entities,
    messages: [{ originator: known, dataType: 'TEXT', data: 'plain' }],
    leaves: [{ by: 'Boiler', data: 'plain' }],
  },
  {
    title: 'fails for an originator that is no asset, though it has a profile',
    entities: [{ id: entityId('DEVICE', 'aaaaaaaa-0000-4000-8000-000000000003'), profileName: 'default' }],
    messages: [{ originator: { entityType: 'DEVICE', id: 'aaaaaaaa-0000-4000-8000-000000000003' } }],
    leaves: [{ by: 'Failure', error: 'Unsupported originator type: DEVICE' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for a deleted asset, and for one of another tenant, which are the same to it',
    entities,
    messages: [{ originator: foreign }],
    leaves: [{ by: 'Failure', error: 'ASSET with id bbbbbbbb-0000-4000-8000-000000000001 is not found' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails one message of a batch alone',
    entities,
    messages: [{ originator: known }, { originator: foreign }, { originator: other }],
    leaves: [
      { by: 'Boiler' },
      { by: 'Failure', error: 'ASSET with id bbbbbbbb-0000-4000-8000-000000000001 is not found' },
      { by: 'default' },
    ],
    outcomes: ['finished', 'dead-lettered', 'finished'],
  },
]
