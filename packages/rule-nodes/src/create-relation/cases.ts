import type { EntityId } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import { madeId } from '../harness/changes.ts'
import type { NodeCase } from '../node-case.ts'

const device: EntityId = { entityType: 'DEVICE', id: testIds.device }
const hall = { id: { entityType: 'ASSET', id: '66666666-6666-4666-8666-666666666666' }, name: 'Hall' } as const
const roof = { id: { entityType: 'ASSET', id: '66666666-6666-4666-8666-777777777777' }, name: 'Roof' } as const
const toHall = { entityType: 'ASSET', entityNamePattern: 'Hall' }

export const cases: NodeCase[] = [
  {
    title: 'relates the originator to the entity of that name',
    config: toHall,
    entities: [hall],
    leaves: [{ by: 'Success', originator: device, data: '{"temperature":21.5}' }],
    related: [{ from: device, to: hall.id, type: 'Contains' }],
  },
  {
    title: 'the other direction leads to the originator',
    config: { ...toHall, direction: 'TO', relationType: 'Manages' },
    entities: [hall],
    leaves: [{ by: 'Success' }],
    related: [{ from: hall.id, to: device, type: 'Manages' }],
  },
  {
    title: 'fills type and name from metadata and data',
    config: { entityType: 'ASSET', entityNamePattern: '$[place.name]', relationType: '${how}' },
    entities: [hall],
    messages: [{ data: '{"place":{"name":"Hall"}}', metadata: { how: 'Heats' } }],
    leaves: [{ by: 'Success' }],
    related: [{ from: device, to: hall.id, type: 'Heats' }],
  },
  {
    title: 'a relation that is there already is left alone',
    config: toHall,
    entities: [hall],
    relations: [{ from: device, to: hall.id, type: 'Contains' }],
    leaves: [{ by: 'Success' }],
  },
  {
    title: 'an entity that is missing fails, and takes no neighbour along',
    config: { entityType: 'ASSET', entityNamePattern: '$[place]' },
    entities: [hall],
    messages: [{ data: '{"place":"Moon"}' }, { data: '{"place":"Hall"}' }],
    leaves: [{ by: 'Failure', error: "ASSET with name 'Moon' doesn't exist!" }, { by: 'Success' }],
    outcomes: ['dead-lettered', 'finished'],
    related: [{ from: device, to: hall.id, type: 'Contains' }],
  },
  {
    title: 'makes a missing entity once, in the profile that it names',
    config: {
      entityType: 'DEVICE',
      entityNamePattern: '$[child]',
      entityTypePattern: '${kind}',
      createEntityIfNotExists: true,
    },
    messages: [
      { data: '{"child":"Probe"}', metadata: { kind: 'sensor' } },
      { data: '{"child":"Probe"}', metadata: { kind: 'sensor' } },
    ],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    made: [{ entityType: 'DEVICE', name: 'Probe', profileName: 'sensor' }],
    related: [{ from: device, to: { entityType: 'DEVICE', id: madeId(1) }, type: 'Contains' }],
  },
  {
    title: 'kinds that it does not make fail when they are missing',
    config: { entityType: 'USER', entityNamePattern: 'a@example.org', createEntityIfNotExists: true },
    leaves: [{ by: 'Failure', error: "USER with name 'a@example.org' doesn't exist!" }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'what cannot be made fails with the reason',
    config: { entityType: 'DEVICE', entityNamePattern: 'Probe', createEntityIfNotExists: true },
    refused: { Probe: 'Devices limit reached' },
    leaves: [{ by: 'Failure', error: 'Devices limit reached' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'the tenant needs no name',
    config: { entityType: 'TENANT', direction: 'TO' },
    leaves: [{ by: 'Success' }],
    related: [{ from: { entityType: 'TENANT', id: testIds.tenant }, to: device, type: 'Contains' }],
  },
  {
    title: 'goes on with the other entity when it is asked to',
    config: { ...toHall, changeOriginatorToRelatedEntity: true },
    entities: [hall],
    leaves: [{ by: 'Success', originator: hall.id, data: '{"temperature":21.5}' }],
    related: [{ from: device, to: hall.id, type: 'Contains' }],
  },
  {
    title: 'removes present relations of that direction and type first',
    config: { ...toHall, removeCurrentRelations: true },
    entities: [hall],
    relations: [{ from: device, to: roof.id, type: 'Contains' }],
    leaves: [{ by: 'Success' }],
    unrelated: [{ entityId: device, direction: 'FROM', type: 'Contains' }],
    related: [{ from: device, to: hall.id, type: 'Contains' }],
  },
  {
    title: 'of several messages that replace each other’s relation the last one stays',
    config: { entityType: 'ASSET', entityNamePattern: '$[place]', removeCurrentRelations: true },
    entities: [hall, roof],
    messages: [{ data: '{"place":"Hall"}' }, { data: '{"place":"Roof"}' }],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    unrelated: [{ entityId: device, direction: 'FROM', type: 'Contains' }],
    related: [{ from: device, to: roof.id, type: 'Contains' }],
  },
  {
    title: 'an originator that is gone fails',
    config: { ...toHall },
    entities: [hall],
    refused: { [hall.id.id]: "DEVICE with id [x] doesn't exist!" },
    leaves: [{ by: 'Failure', error: "DEVICE with id [x] doesn't exist!" }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'an empty type or name, or data that is no JSON, fails',
    config: { entityType: 'ASSET', entityNamePattern: '${place}', relationType: '${how}' },
    messages: [
      { metadata: { place: 'Hall', how: '' } },
      { metadata: { place: '', how: 'Heats' } },
      { data: 'text', dataType: 'TEXT' },
    ],
    leaves: [
      { by: 'Failure', error: 'The relation type is empty' },
      { by: 'Failure', error: 'The name of the related entity is empty' },
      { by: 'Failure', error: 'Failed to process pattern!' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered', 'dead-lettered'],
  },
  { title: 'does not start without an entity type', leaves: [], refuses: 'entityType: must be set' },
  {
    title: 'does not start with a kind that it cannot find',
    config: { entityType: 'RULE_CHAIN' },
    leaves: [],
    refuses:
      'Invalid configuration of "create relation": entityType: Invalid option: expected one of "TENANT"|"DEVICE"|"ASSET"|"CUSTOMER"|"ENTITY_VIEW"|"DASHBOARD"|"EDGE"|"USER"',
  },
]
