import type { EntityId } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import { madeId } from '../harness/changes.ts'
import type { NodeCase } from '../node-case.ts'

const device: EntityId = { entityType: 'DEVICE', id: testIds.device }
const other = (entityType: EntityId['entityType']): EntityId => ({
  entityType,
  id: '66666666-6666-4666-8666-666666666666',
})
const acme = { id: { entityType: 'CUSTOMER', id: '55555555-5555-4555-8555-555555555555' }, name: 'Acme' } as const

export const cases: NodeCase[] = [
  {
    title: 'assigns the originator to the customer of that title; the message stays as it is',
    config: { customerNamePattern: 'Acme' },
    entities: [acme],
    leaves: [{ by: 'Success', data: '{"temperature":21.5}' }],
    assigned: [{ entityId: device, customerId: acme.id.id }],
  },
  {
    title: 'fills the title from metadata and data',
    config: { customerNamePattern: '${first}$[last]' },
    entities: [acme],
    messages: [{ metadata: { first: 'Ac' }, data: '{"last":"me"}' }],
    leaves: [{ by: 'Success' }],
    assigned: [{ entityId: device, customerId: acme.id.id }],
  },
  {
    title: 'a customer that is missing fails',
    config: { customerNamePattern: 'Nobody' },
    entities: [acme],
    leaves: [{ by: 'Failure', error: "Customer with name 'Nobody' doesn't exist!" }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'makes a missing customer once when it may',
    config: { customerNamePattern: '$[owner]', createCustomerIfNotExists: true },
    messages: [{ data: '{"owner":"New"}' }, { data: '{"owner":"New"}', originator: other('ASSET') }],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    made: [{ entityType: 'CUSTOMER', name: 'New' }],
    assigned: [
      { entityId: device, customerId: madeId(1) },
      { entityId: other('ASSET'), customerId: madeId(1) },
    ],
  },
  {
    title: 'a customer that cannot be made fails, and takes no neighbour along',
    config: { customerNamePattern: '$[owner]', createCustomerIfNotExists: true },
    entities: [acme],
    refused: { New: 'Customers limit reached' },
    messages: [{ data: '{"owner":"New"}' }, { data: '{"owner":"Acme"}' }],
    leaves: [{ by: 'Failure', error: 'Customers limit reached' }, { by: 'Success' }],
    outcomes: ['dead-lettered', 'finished'],
    assigned: [{ entityId: device, customerId: acme.id.id }],
  },
  {
    title: 'assigns assets, entity views and dashboards, too',
    config: { customerNamePattern: 'Acme' },
    entities: [acme],
    messages: [{ originator: other('ENTITY_VIEW') }, { originator: other('DASHBOARD') }],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    assigned: [
      { entityId: other('ENTITY_VIEW'), customerId: acme.id.id },
      { entityId: other('DASHBOARD'), customerId: acme.id.id },
    ],
  },
  {
    title: 'other originators fail',
    config: { customerNamePattern: 'Acme' },
    entities: [acme],
    messages: [{ originator: other('USER') }],
    leaves: [{ by: 'Failure', error: 'Unsupported originator type: USER' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'an originator that is gone fails',
    config: { customerNamePattern: 'Acme' },
    entities: [acme],
    refused: { [testIds.device]: "DEVICE with id [x] doesn't exist!" },
    leaves: [{ by: 'Failure', error: "DEVICE with id [x] doesn't exist!" }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'an empty title, or data that is no JSON, fails',
    messages: [{}, { data: 'text', dataType: 'TEXT' }],
    leaves: [
      { by: 'Failure', error: 'The name of the customer is empty' },
      { by: 'Failure', error: 'Failed to process pattern!' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
]
