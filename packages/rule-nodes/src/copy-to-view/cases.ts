import type { EntityId } from '@thingwire/contracts'
import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const device: EntityId = { entityType: 'DEVICE', id: testIds.device }
const viewId = (n: number): EntityId => ({ entityType: 'ENTITY_VIEW', id: `99999999-9999-4999-8999-00000000000${n}` })
const none = { CLIENT_SCOPE: [], SHARED_SCOPE: [], SERVER_SCOPE: [] }
const viewOf = (
  n: number,
  keys: Partial<Record<'CLIENT_SCOPE' | 'SHARED_SCOPE' | 'SERVER_SCOPE', string[]>>,
  times = {},
) => ({
  of: device,
  view: { id: viewId(n), startTimeMs: 0, endTimeMs: 0, keys: { ...none, ...keys }, ...times },
})
const updated = (data: string, scope = 'SERVER_SCOPE') => ({ type: 'ATTRIBUTES_UPDATED', data, metadata: { scope } })

export const cases: NodeCase[] = [
  {
    title: 'copies the keys that the view shows and goes on with a message of the view',
    views: [viewOf(1, { SERVER_SCOPE: ['limit'] })],
    messages: [updated('{"limit":5,"mode":"eco"}')],
    leaves: [{ by: 'Success', type: 'ATTRIBUTES_UPDATED', originator: viewId(1), data: '{"limit":5,"mode":"eco"}' }],
    attributesSaved: [
      { entityId: viewId(1), scope: 'SERVER_SCOPE', entries: [{ key: 'limit', type: 'LONG', value: 5 }] },
    ],
  },
  {
    title: 'makes one message for each view',
    views: [viewOf(1, { SERVER_SCOPE: ['limit'] }), viewOf(2, { SERVER_SCOPE: ['mode'] })],
    messages: [updated('{"limit":5,"mode":"eco"}')],
    leaves: [
      { by: 'Success', originator: viewId(1) },
      { by: 'Success', originator: viewId(2) },
    ],
    attributesSaved: [{ entityId: viewId(1) }, { entityId: viewId(2) }],
  },
  {
    title: 'what a device posts are client attributes, whatever the metadata says',
    views: [viewOf(1, { CLIENT_SCOPE: ['firmware'] })],
    messages: [{ type: 'POST_ATTRIBUTES_REQUEST', data: '{"firmware":"a"}', metadata: { scope: 'SERVER_SCOPE' } }],
    leaves: [{ by: 'Success', originator: viewId(1) }],
    attributesSaved: [{ entityId: viewId(1), scope: 'CLIENT_SCOPE' }],
  },
  {
    title: 'copies what events of activity carry',
    views: [viewOf(1, { SERVER_SCOPE: ['active'] })],
    messages: [
      { type: 'ACTIVITY_EVENT', data: '{"active":true}', metadata: { scope: 'SERVER_SCOPE' } },
      { type: 'INACTIVITY_EVENT', data: '{"active":false}', metadata: { scope: 'SERVER_SCOPE' } },
    ],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    attributesSaved: [
      { entries: [{ key: 'active', type: 'BOOLEAN', value: true }] },
      { entries: [{ key: 'active', type: 'BOOLEAN', value: false }] },
    ],
  },
  {
    title: 'deletes from the view what was deleted and is shown',
    views: [viewOf(1, { SHARED_SCOPE: ['limit'] }), viewOf(2, { SHARED_SCOPE: ['other'] })],
    messages: [
      { type: 'ATTRIBUTES_DELETED', data: '{"attributes":["limit","mode"]}', metadata: { scope: 'SHARED_SCOPE' } },
    ],
    leaves: [{ by: 'Success', originator: viewId(1) }],
    attributesRemoved: [{ entityId: viewId(1), scope: 'SHARED_SCOPE', keys: ['limit'], notifyDevice: false }],
  },
  {
    title: 'a view that shows nothing of it gets its message all the same, but nothing is written',
    views: [viewOf(1, { SERVER_SCOPE: ['other'] })],
    messages: [updated('{"limit":5}')],
    leaves: [{ by: 'Success', originator: viewId(1) }],
    attributesSaved: [],
  },
  {
    title: 'views outside their time get nothing; the message ends',
    views: [
      viewOf(1, { SERVER_SCOPE: ['limit'] }, { startTimeMs: 2_000 }),
      viewOf(2, { SERVER_SCOPE: ['limit'] }, { endTimeMs: 900 }),
    ],
    messages: [updated('{"limit":5}')],
    leaves: [],
    attributesSaved: [],
  },
  { title: 'ends messages of what no view shows', messages: [updated('{"limit":5}')], leaves: [], attributesSaved: [] },
  {
    title: 'fails messages of other types, without metadata, or without a scope',
    messages: [
      { type: 'POST_TELEMETRY_REQUEST' },
      { ...updated('{"limit":5}'), metadata: {} },
      { ...updated('{"limit":5}'), metadata: { other: '1' } },
      updated('{"limit":5}', 'NO_SCOPE'),
      updated('[1]'),
      { type: 'ATTRIBUTES_DELETED', data: '{}', metadata: { scope: 'SERVER_SCOPE' } },
    ],
    leaves: [
      { by: 'Failure', error: 'Unsupported msg type [POST_TELEMETRY_REQUEST]' },
      { by: 'Failure', error: 'Message metadata is empty' },
      { by: 'Failure', error: 'The metadata has no scope' },
      { by: 'Failure', error: 'Metadata scope is not a scope: NO_SCOPE' },
      { by: 'Failure', error: 'Unable to parse the body: an object is expected' },
      { by: 'Failure', error: 'The data has no list "attributes"' },
    ],
    outcomes: Array.from({ length: 6 }, () => 'dead-lettered' as const),
  },
]
