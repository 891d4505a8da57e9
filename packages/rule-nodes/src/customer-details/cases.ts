import { entityId } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const device = entityId('DEVICE', testIds.device)
const customer = entityId('CUSTOMER', 'aaaaaaaa-0000-4000-8000-000000000001')
const bare = entityId('CUSTOMER', 'aaaaaaaa-0000-4000-8000-000000000002')
const user = entityId('USER', 'aaaaaaaa-0000-4000-8000-000000000003')
const asset = entityId('ASSET', 'aaaaaaaa-0000-4000-8000-000000000004')
const view = entityId('ENTITY_VIEW', 'aaaaaaaa-0000-4000-8000-000000000005')
const lost = entityId('DEVICE', 'aaaaaaaa-0000-4000-8000-000000000006')
const entities = [
  { id: device, name: 'Boiler', customerId: customer.id },
  { id: user, name: 'ann@plant.example', customerId: bare.id },
  { id: asset, name: 'Hall' },
  { id: view, name: 'Boiler view', customerId: customer.id },
  { id: lost, name: 'Pump', customerId: 'aaaaaaaa-0000-4000-8000-00000000dead' },
  {
    id: customer,
    shown: {
      id: customer,
      title: 'Plant',
      country: 'Austria',
      city: 'Graz',
      state: null,
      zip: '8010',
      address: 'Ring 1',
      address2: null,
      phone: '+43 1',
      email: 'info@plant.example',
      additionalInfo: { description: 'Makes steel' },
    },
  },
  { id: bare, shown: { id: bare, title: 'Bare', email: null, additionalInfo: null } },
]
const world = { entities, messages: [{ data: '{"a":1}', metadata: {} }] }

export const cases: NodeCase[] = [
  {
    title: 'does not start as it is dropped, without any detail',
    refuses: 'At least one entity detail should be selected!',
    leaves: [],
  },
  {
    title: 'adds details to the data',
    ...world,
    config: { detailsList: ['TITLE', 'CITY'] },
    leaves: [{ by: 'Success', data: '{"a":1,"customer_title":"Plant","customer_city":"Graz"}' }],
  },
  {
    title: 'adds all of them to the metadata, and leaves out what is null',
    ...world,
    config: {
      fetchTo: 'METADATA',
      detailsList: [
        'ID',
        'TITLE',
        'COUNTRY',
        'CITY',
        'STATE',
        'ZIP',
        'ADDRESS',
        'ADDRESS2',
        'PHONE',
        'EMAIL',
        'ADDITIONAL_INFO',
      ],
    },
    leaves: [
      {
        by: 'Success',
        data: '{"a":1}',
        metadata: {
          customer_id: customer.id,
          customer_title: 'Plant',
          customer_country: 'Austria',
          customer_city: 'Graz',
          customer_zip: '8010',
          customer_address: 'Ring 1',
          customer_phone: '+43 1',
          customer_email: 'info@plant.example',
          customer_additionalInfo: 'Makes steel',
        },
      },
    ],
  },
  {
    title: 'adds nothing for a missing description that stands alone',
    ...world,
    config: { detailsList: ['ADDITIONAL_INFO'] },
    messages: [{ originator: user, data: '{}' }],
    leaves: [{ by: 'Success', data: '{}' }],
  },
  {
    title: 'repeats the detail before a missing description',
    ...world,
    config: { detailsList: ['TITLE', 'ADDITIONAL_INFO'] },
    messages: [{ originator: user, data: '{}' }],
    leaves: [{ by: 'Success', data: '{"customer_title":"Bare","customer_additionalInfo":"Bare"}' }],
  },
  {
    title: 'knows the customers of entity views and users',
    ...world,
    config: { detailsList: ['TITLE'] },
    messages: [
      { originator: view, data: '{}' },
      { originator: user, data: '{}' },
    ],
    leaves: [
      { by: 'Success', data: '{"customer_title":"Plant"}' },
      { by: 'Success', data: '{"customer_title":"Bare"}' },
    ],
  },
  {
    title: 'fails for an entity without a customer',
    ...world,
    config: { detailsList: ['TITLE'] },
    messages: [{ originator: asset }],
    leaves: [{ by: 'Failure', error: "Asset with name 'Hall' is not assigned to Customer!" }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'passes a message unchanged whose originator is gone, or of another tenant',
    ...world,
    config: { detailsList: ['TITLE'] },
    messages: [{ originator: entityId('DEVICE', customer.id), data: '{"a":1}' }],
    leaves: [{ by: 'Success', data: '{"a":1}' }],
  },
  {
    title: 'passes a message unchanged whose customer is gone',
    ...world,
    config: { detailsList: ['TITLE'] },
    messages: [{ originator: lost, data: '{"a":1}' }],
    leaves: [{ by: 'Success', data: '{"a":1}' }],
  },
  {
    title: 'fails for an originator of another kind, customers included',
    ...world,
    config: { detailsList: ['TITLE'] },
    messages: [{ originator: customer }],
    leaves: [{ by: 'Failure', error: "Entity with entityType 'CUSTOMER' is not supported." }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for data that is no object, when it has to add to it',
    ...world,
    config: { detailsList: ['TITLE'] },
    messages: [{ data: '[]' }],
    leaves: [{ by: 'Failure', error: 'Message body is not an object!' }],
    outcomes: ['dead-lettered'],
  },
]
