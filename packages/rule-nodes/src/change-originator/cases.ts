import { entityId } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const device = entityId('DEVICE', testIds.device)
const customer = entityId('CUSTOMER', 'aaaaaaaa-0000-4000-8000-000000000001')
const hall = entityId('ASSET', 'aaaaaaaa-0000-4000-8000-000000000002')
const alarm = entityId('ALARM', 'aaaaaaaa-0000-4000-8000-000000000003')
const user = entityId('USER', 'aaaaaaaa-0000-4000-8000-000000000004')
const tenant = entityId('TENANT', testIds.tenant)
const entities = [
  { id: device, name: 'Boiler', customerId: customer.id },
  { id: customer, name: 'Plant', customerId: customer.id },
  { id: hall, name: 'Hall' },
  { id: user, name: 'ann@plant.example' },
  { id: alarm, shown: { id: alarm, originator: hall } },
]
const relations = [{ from: device, to: hall, type: 'Contains' }]
const world = { entities, relations, messages: [{ type: 'MY_TYPE', data: '{"a":1.0}', metadata: { b: 'c' } }] }
const same = { by: 'Success', type: 'MY_TYPE', data: '{"a":1.0}', metadata: { b: 'c' } }
const lost = { by: 'Failure', error: 'Failed to find new originator!' }
const named = (entityType: string | null, entityNamePattern: string | null) => ({
  originatorSource: 'ENTITY',
  entityType,
  entityNamePattern,
})

export const cases: NodeCase[] = [
  {
    title: 'makes the message one about the customer, and changes nothing else',
    ...world,
    leaves: [{ ...same, originator: customer, customerId: customer.id }],
  },
  {
    title: 'leaves a message about a customer as it is',
    ...world,
    messages: [{ originator: customer, data: '{}' }],
    leaves: [{ by: 'Success', originator: customer, data: '{}' }],
  },
  {
    title: 'makes it one about the tenant, which nobody owns',
    ...world,
    config: { originatorSource: 'TENANT' },
    leaves: [{ ...same, originator: tenant, customerId: null }],
  },
  {
    title: 'makes it one about a related entity',
    ...world,
    config: { originatorSource: 'RELATED' },
    leaves: [{ ...same, originator: hall }],
  },
  {
    title: 'makes it one about what an alarm is about',
    ...world,
    config: { originatorSource: 'ALARM_ORIGINATOR' },
    messages: [{ originator: alarm }],
    leaves: [{ by: 'Success', originator: hall }],
  },
  {
    title: 'makes it one about an entity that is named by a pattern',
    ...world,
    config: named('ASSET', '$[hall]'),
    messages: [{ data: '{"hall":"Hall"}' }],
    leaves: [{ by: 'Success', originator: hall, data: '{"hall":"Hall"}' }],
  },
  {
    title: 'knows users by their e-mail',
    ...world,
    config: named('USER', '${mail}'),
    messages: [{ data: '{}', metadata: { mail: 'ann@plant.example' } }],
    leaves: [{ by: 'Success', originator: user }],
  },
  {
    title: 'fails for an originator without a customer',
    ...world,
    messages: [{ originator: hall }],
    leaves: [lost],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for an originator that is gone, or of another tenant',
    ...world,
    messages: [{ originator: entityId('DEVICE', hall.id) }],
    leaves: [lost],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails when nothing is related so',
    ...world,
    config: { originatorSource: 'RELATED' },
    messages: [{ originator: hall }],
    leaves: [lost],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for a message that is about no alarm, or one that is gone',
    ...world,
    config: { originatorSource: 'ALARM_ORIGINATOR' },
    messages: [{}, { originator: entityId('ALARM', hall.id) }],
    leaves: [lost, lost],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'fails when there is no entity of that name and type',
    ...world,
    config: named('DEVICE', 'Hall'),
    leaves: [{ by: 'Failure', error: "Failed to find DEVICE with name 'Hall'!" }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails when the data for a name is no JSON',
    ...world,
    config: named('ASSET', 'Hall'),
    messages: [{ data: 'text' }],
    leaves: [{ by: 'Failure', error: 'Failed to process pattern!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'does not start without a relations query',
    config: { originatorSource: 'RELATED', relationsQuery: null },
    refuses: 'A relations query is needed to find a related originator',
    leaves: [],
  },
  {
    title: 'does not start without an entity type',
    config: named(null, 'Hall'),
    refuses: 'An entity type is needed to find an originator by name',
    leaves: [],
  },
  {
    title: 'does not start for a type that it cannot find by name',
    config: named('CUSTOMER', 'Plant'),
    refuses: 'Entities of type CUSTOMER cannot be found by name here',
    leaves: [],
  },
  {
    title: 'does not start without a name',
    config: named('ASSET', ''),
    refuses: 'A name is needed to find an originator by name',
    leaves: [],
  },
  {
    title: 'does not start without saying whom it looks for',
    config: { originatorSource: null },
    refuses:
      'Invalid configuration of "change originator": originatorSource: Invalid option: expected one of "CUSTOMER"|"TENANT"|"RELATED"|"ALARM_ORIGINATOR"|"ENTITY"',
    leaves: [],
  },
]
