import type { EntityId } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const device: EntityId = { entityType: 'DEVICE', id: testIds.device }
const other = (entityType: EntityId['entityType']): EntityId => ({
  entityType,
  id: '66666666-6666-4666-8666-666666666666',
})
const acme = { id: { entityType: 'CUSTOMER', id: '55555555-5555-4555-8555-555555555555' }, name: 'Acme' } as const

export const cases: NodeCase[] = [
  {
    title: 'takes the originator from whatever customer it has',
    leaves: [{ by: 'Success', data: '{"temperature":21.5}' }],
    assigned: [{ entityId: device, customerId: null }],
  },
  {
    title: 'looks for no customer but that of a dashboard',
    config: { customerNamePattern: 'Nobody' },
    messages: [{}, { originator: other('ASSET') }, { originator: other('ENTITY_VIEW') }],
    leaves: [{ by: 'Success' }, { by: 'Success' }, { by: 'Success' }],
    assigned: [
      { entityId: device, customerId: null },
      { entityId: other('ASSET'), customerId: null },
      { entityId: other('ENTITY_VIEW'), customerId: null },
    ],
  },
  {
    title: 'takes a dashboard from the customer of that title alone',
    config: { customerNamePattern: '${owner}' },
    entities: [acme],
    messages: [{ originator: other('DASHBOARD'), metadata: { owner: 'Acme' } }],
    leaves: [{ by: 'Success' }],
    assigned: [{ entityId: other('DASHBOARD'), customerId: null, from: acme.id.id }],
  },
  {
    title: 'a dashboard without a title, or with that of nobody, fails',
    config: { customerNamePattern: '${owner}' },
    messages: [
      { originator: other('DASHBOARD'), metadata: { owner: '' } },
      { originator: other('DASHBOARD'), metadata: { owner: 'Nobody' } },
    ],
    leaves: [
      { by: 'Failure', error: 'The name of the customer is empty' },
      { by: 'Failure', error: "Customer with name 'Nobody' doesn't exist!" },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'data that is no JSON matters to dashboards alone',
    config: { customerNamePattern: 'Acme' },
    entities: [acme],
    messages: [
      { data: 'text', dataType: 'TEXT' },
      { originator: other('DASHBOARD'), data: 'text', dataType: 'TEXT' },
    ],
    leaves: [{ by: 'Success' }, { by: 'Failure', error: 'Failed to process pattern!' }],
    outcomes: ['finished', 'dead-lettered'],
    assigned: [{ entityId: device, customerId: null }],
  },
  {
    title: 'other originators fail',
    messages: [{ originator: other('TENANT') }],
    leaves: [{ by: 'Failure', error: 'Unsupported originator type: TENANT' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'an originator that is gone fails, and takes no neighbour along',
    refused: { [testIds.device]: "DEVICE with id [x] doesn't exist!" },
    messages: [{}, { originator: other('ASSET') }],
    leaves: [{ by: 'Failure', error: "DEVICE with id [x] doesn't exist!" }, { by: 'Success' }],
    outcomes: ['dead-lettered', 'finished'],
    assigned: [{ entityId: other('ASSET'), customerId: null }],
  },
]
