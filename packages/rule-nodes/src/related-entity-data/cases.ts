import { entityId } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const device = entityId('DEVICE', testIds.device)
const hall = entityId('ASSET', 'aaaaaaaa-0000-4000-8000-000000000001')
const plant = entityId('ASSET', 'aaaaaaaa-0000-4000-8000-000000000002')
const meter = entityId('DEVICE', 'aaaaaaaa-0000-4000-8000-000000000003')
const entities = [
  {
    id: hall,
    shown: {
      id: hall,
      name: 'Hall',
      label: null,
      type: '',
      additionalInfo: { size: 7, note: null },
      customerId: plant,
    },
  },
]
const relations = [
  { from: device, to: hall, type: 'Contains' },
  { from: device, to: plant, type: 'Contains' },
  { from: meter, to: device, type: 'Feeds' },
]
const attributes = [
  {
    scope: 'SERVER_SCOPE' as const,
    entityId: hall,
    entries: [{ key: 'serialNumber', type: 'LONG' as const, value: 5 }],
  },
  {
    scope: 'SERVER_SCOPE' as const,
    entityId: meter,
    entries: [{ key: 'serialNumber', type: 'LONG' as const, value: 6 }],
  },
]
const latest = [{ entityId: hall, entries: [{ key: 't', ts: 5, type: 'DOUBLE' as const, value: 21.5 }] }]
const world = { entities, relations, attributes, latest, messages: [{ data: '{"a":1}', metadata: {} }] }
const query = { direction: 'FROM', maxLevel: 1, filters: [] }
const none = 'No entity is related to the originator as the relations query says'

export const cases: NodeCase[] = [
  {
    title: 'adds attributes of the first entity that is found',
    ...world,
    leaves: [{ by: 'Success', data: '{"a":1}', metadata: { sn: '5' } }],
  },
  {
    title: 'follows relations that reach the originator',
    ...world,
    config: { relationsQuery: { ...query, direction: 'TO', filters: [{ relationType: 'Feeds', entityTypes: [] }] } },
    leaves: [{ by: 'Success', metadata: { sn: '6' } }],
  },
  {
    title: 'takes what any of several filters describes',
    ...world,
    config: {
      relationsQuery: {
        ...query,
        filters: [
          { relationType: 'Manages', entityTypes: [] },
          { relationType: 'Contains', entityTypes: ['ASSET'] },
        ],
      },
    },
    leaves: [{ by: 'Success', metadata: { sn: '5' } }],
  },
  {
    title: 'takes anything without filters, and with one that says nothing',
    ...world,
    config: { relationsQuery: { ...query, filters: [{ relationType: '', entityTypes: null }] } },
    leaves: [{ by: 'Success', metadata: { sn: '5' } }],
  },
  {
    title: 'adds to the data with their types, with patterns on both sides',
    ...world,
    config: { fetchTo: 'DATA', dataMapping: { '${what}': '$[kind]' } },
    messages: [{ data: '{"kind":"sn"}', metadata: { what: 'serialNumber' } }],
    leaves: [{ by: 'Success', data: '{"kind":"sn","sn":5}' }],
  },
  {
    title: 'adds latest telemetry, and null for what is missing in the data',
    ...world,
    config: { fetchTo: 'DATA', dataToFetch: 'LATEST_TELEMETRY', dataMapping: { t: 't', missing: 'missing' } },
    leaves: [{ by: 'Success', data: '{"a":1,"t":21.5,"missing":null}' }],
  },
  {
    title: 'adds fields as texts, and leaves out what is null, empty or unknown',
    ...world,
    config: {
      dataToFetch: 'FIELDS',
      dataMapping: {
        name: 'hall',
        'additionalInfo.size': 'size',
        customerId: 'owner',
        label: 'label',
        type: 'type',
        'additionalInfo.note': 'note',
        colour: 'colour',
      },
    },
    leaves: [{ by: 'Success', metadata: { hall: 'Hall', size: '7', owner: plant.id } }],
  },
  {
    title: 'does not take a field for a pattern',
    ...world,
    config: { dataToFetch: 'FIELDS', dataMapping: { '${what}': 'a', name: '${what}' } },
    messages: [{ metadata: { what: 'name' } }],
    leaves: [{ by: 'Success', metadata: { what: 'name', name: 'Hall' } }],
  },
  {
    title: 'finds nothing of a kind that another edition has',
    ...world,
    config: { relationsQuery: { ...query, filters: [{ relationType: 'Contains', entityTypes: ['ENTITY_GROUP'] }] } },
    leaves: [{ by: 'Failure', error: none }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails when nothing is related so',
    ...world,
    config: { relationsQuery: { ...query, filters: [{ relationType: 'Contains', entityTypes: ['DEVICE'] }] } },
    leaves: [{ by: 'Failure', error: none }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for data that is no object, when it has to add to it',
    ...world,
    config: { fetchTo: 'DATA' },
    messages: [{ data: 'null' }],
    leaves: [{ by: 'Failure', error: 'Message body is not an object!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'does not start without a mapping',
    config: { dataMapping: {} },
    refuses: 'At least one mapping entry should be specified!',
    leaves: [],
  },
  {
    title: 'does not start without a relations query',
    config: { relationsQuery: null },
    refuses:
      'Invalid configuration of "related entity data": relationsQuery: Invalid input: expected object, received null',
    leaves: [],
  },
]
