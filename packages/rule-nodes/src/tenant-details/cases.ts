import { entityId } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const tenant = entityId('TENANT', testIds.tenant)
const entities = [
  {
    id: tenant,
    shown: {
      id: tenant,
      title: 'Works',
      country: 'Austria',
      city: null,
      email: 'info@works.example',
      additionalInfo: { description: 'All of it' },
    },
  },
]
const plain = [{ id: tenant, shown: { id: tenant, title: 'Works', additionalInfo: { other: 1 } } }]
const world = { entities, messages: [{ data: '{"a":1}', metadata: {} }] }

export const cases: NodeCase[] = [
  {
    title: 'does not start as it is dropped, without any detail',
    refuses: 'At least one entity detail should be selected!',
    leaves: [],
  },
  {
    title: 'adds details to the data, and leaves out what is null',
    ...world,
    config: { detailsList: ['ID', 'TITLE', 'CITY', 'EMAIL'] },
    leaves: [
      {
        by: 'Success',
        data: `{"a":1,"tenant_id":"${tenant.id}","tenant_title":"Works","tenant_email":"info@works.example"}`,
      },
    ],
  },
  {
    title: 'adds details to the metadata',
    ...world,
    config: { fetchTo: 'METADATA', detailsList: ['COUNTRY', 'ADDITIONAL_INFO'] },
    leaves: [
      { by: 'Success', data: '{"a":1}', metadata: { tenant_country: 'Austria', tenant_additionalInfo: 'All of it' } },
    ],
  },
  {
    title: 'does so whatever the message is about',
    ...world,
    config: { detailsList: ['TITLE'] },
    messages: [{ originator: entityId('RULE_CHAIN', testIds.chain), data: '{}' }],
    leaves: [{ by: 'Success', data: '{"tenant_title":"Works"}' }],
  },
  {
    title: 'adds nothing for a missing description that stands alone, and repeats the detail before it otherwise',
    ...world,
    entities: plain,
    config: { detailsList: ['ADDITIONAL_INFO', 'TITLE', 'ADDITIONAL_INFO'] },
    leaves: [{ by: 'Success', data: '{"a":1,"tenant_title":"Works","tenant_additionalInfo":"Works"}' }],
  },
  {
    title: 'passes messages unchanged when the tenant is gone',
    ...world,
    entities: [],
    config: { detailsList: ['TITLE'] },
    leaves: [{ by: 'Success', data: '{"a":1}' }],
  },
  {
    title: 'fails for data that is no object, when it has to add to it, and not for its neighbour',
    ...world,
    config: { detailsList: ['TITLE'] },
    messages: [{ data: '5' }, { data: '{}' }],
    leaves: [
      { by: 'Failure', error: 'Message body is not an object!' },
      { by: 'Success', data: '{"tenant_title":"Works"}' },
    ],
    outcomes: ['dead-lettered', 'finished'],
  },
]
