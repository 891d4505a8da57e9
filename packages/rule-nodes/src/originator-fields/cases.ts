import { entityId } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const device = entityId('DEVICE', testIds.device)
const customer = entityId('CUSTOMER', 'aaaaaaaa-0000-4000-8000-000000000001')
const alarm = entityId('ALARM', 'aaaaaaaa-0000-4000-8000-000000000002')
const shown = {
  id: device,
  createdTime: 1_700_000_000_000,
  name: 'Boiler',
  type: 'default',
  label: null,
  note: '',
  customerId: customer,
  additionalInfo: { gateway: true, place: { hall: 3 } },
}
const entities = [
  { id: device, shown },
  { id: alarm, shown: { id: alarm, type: 'High', severity: 'MAJOR' } },
]
const world = { entities, messages: [{ data: '{"a":1}', metadata: {} }] }

export const cases: NodeCase[] = [
  {
    title: 'adds name and type by default',
    ...world,
    leaves: [{ by: 'Success', data: '{"a":1}', metadata: { originatorName: 'Boiler', originatorType: 'default' } }],
  },
  {
    title: 'finds nested fields by their path, and writes ids as UUIDs and objects as JSON',
    ...world,
    config: {
      dataMapping: {
        id: 'id',
        customerId: 'customer',
        'additionalInfo.gateway': 'gateway',
        'additionalInfo.place': 'place',
        createdTime: 'created',
      },
    },
    leaves: [
      {
        by: 'Success',
        metadata: {
          id: device.id,
          customer: customer.id,
          gateway: 'true',
          place: '{"hall":3}',
          created: '1700000000000',
        },
      },
    ],
  },
  {
    title: 'adds texts to the data, too, whatever the type of a field is',
    ...world,
    config: { fetchTo: 'DATA', dataMapping: { createdTime: 'created', 'additionalInfo.gateway': 'gateway' } },
    leaves: [{ by: 'Success', data: '{"a":1,"created":"1700000000000","gateway":"true"}' }],
  },
  {
    title: 'writes null as a text, and an empty text as one',
    ...world,
    config: { dataMapping: { label: 'label', note: 'note' } },
    leaves: [{ by: 'Success', metadata: { label: 'null', note: '' } }],
  },
  {
    title: 'leaves null and empty texts out when it is set to',
    ...world,
    config: { dataMapping: { label: 'label', note: 'note', name: 'name' }, ignoreNullStrings: true, fetchTo: 'DATA' },
    leaves: [{ by: 'Success', data: '{"a":1,"name":"Boiler"}' }],
  },
  {
    title: 'leaves unknown fields out',
    ...world,
    config: {
      dataMapping: { colour: 'a', 'name.length': 'b', 'additionalInfo.missing': 'c', constructor: 'd', name: 'e' },
    },
    leaves: [{ by: 'Success', metadata: { e: 'Boiler' } }],
  },
  {
    title: 'fills patterns in the keys that it adds, not in fields',
    ...world,
    config: { dataMapping: { name: '${as}', '${as}': 'x' } },
    messages: [{ metadata: { as: 'label' } }],
    leaves: [{ by: 'Success', metadata: { as: 'label', label: 'Boiler' } }],
  },
  {
    title: 'adds fields of an alarm',
    ...world,
    config: { dataMapping: { severity: 'severity' } },
    messages: [{ originator: alarm, metadata: {} }],
    leaves: [{ by: 'Success', metadata: { severity: 'MAJOR' } }],
  },
  {
    title: 'fails for an originator whose fields it does not know',
    ...world,
    messages: [{ originator: entityId('DASHBOARD', customer.id), data: '{"a":1}' }],
    leaves: [{ by: 'Failure', data: '{"a":1}', error: 'Unexpected originator EntityType: DASHBOARD' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for an originator that is gone, or of another tenant',
    ...world,
    messages: [{ originator: entityId('DEVICE', customer.id) }],
    leaves: [{ by: 'Failure', error: `DEVICE with id ${customer.id} is not found` }],
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
    title: 'does not start without fields',
    config: { dataMapping: {} },
    refuses: 'At least one mapping entry should be specified!',
    leaves: [],
  },
]
