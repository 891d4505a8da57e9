import type { EntityId } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const device: EntityId = { entityType: 'DEVICE', id: testIds.device }
const hall = { id: { entityType: 'ASSET', id: '66666666-6666-4666-8666-666666666666' }, name: 'Hall' } as const
const single = { entityType: 'ASSET', entityNamePattern: 'Hall', deleteForSingleEntity: true }
const contains = { from: device, to: hall.id, type: 'Contains' }

export const cases: NodeCase[] = [
  {
    title: 'deletes all relations of its direction and type',
    relations: [contains],
    leaves: [{ by: 'Success', data: '{"temperature":21.5}' }],
    unrelated: [{ entityId: device, direction: 'FROM', type: 'Contains' }],
  },
  {
    title: 'that there is none is no failure',
    config: { direction: 'TO', relationType: '${how}' },
    messages: [{ metadata: { how: 'Heats' } }],
    leaves: [{ by: 'Success' }],
    unrelated: [{ entityId: device, direction: 'TO', type: 'Heats' }],
  },
  {
    title: 'deletes the relation with one entity alone',
    config: single,
    entities: [hall],
    relations: [contains],
    leaves: [{ by: 'Success' }],
    unrelated: [contains],
  },
  {
    title: 'a relation with that entity that is missing is no failure',
    config: { ...single, direction: 'TO' },
    entities: [hall],
    leaves: [{ by: 'Success' }],
    unrelated: [{ from: hall.id, to: device, type: 'Contains' }],
  },
  {
    title: 'an entity that is missing fails, and takes no neighbour along',
    config: { ...single, entityNamePattern: '$[place]' },
    entities: [hall],
    messages: [{ data: '{"place":"Moon"}' }, { data: '{"place":"Hall"}' }],
    leaves: [{ by: 'Failure', error: "ASSET with name 'Moon' doesn't exist!" }, { by: 'Success' }],
    outcomes: ['dead-lettered', 'finished'],
    unrelated: [contains],
  },
  {
    title: 'without one entity it needs neither its type nor its name',
    config: { entityType: null, entityNamePattern: '' },
    leaves: [{ by: 'Success' }],
    unrelated: [{ entityId: device, direction: 'FROM', type: 'Contains' }],
  },
  {
    title: 'an empty type, or data that is no JSON, fails',
    config: { relationType: '${how}' },
    messages: [{ metadata: { how: '' } }, { data: 'text', dataType: 'TEXT' }],
    leaves: [
      { by: 'Failure', error: 'The relation type is empty' },
      { by: 'Failure', error: 'Failed to process pattern!' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'does not start for one entity without its type',
    config: { deleteForSingleEntity: true },
    leaves: [],
    refuses: 'entityType: must be set',
  },
]
