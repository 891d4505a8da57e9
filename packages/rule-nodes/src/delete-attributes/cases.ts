import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const device = { entityType: 'DEVICE', id: testIds.device } as const
const keys = ['mode', 'limit']

export const cases: NodeCase[] = [
  {
    title: 'deletes what its keys name from its scope',
    config: { keys },
    leaves: [{ by: 'Success', data: '{"temperature":21.5}' }],
    attributesRemoved: [{ entityId: device, scope: 'SERVER_SCOPE', keys, notifyDevice: false }],
  },
  {
    title: 'fills keys from metadata and data, and leaves out blank and repeated ones',
    config: { keys: ['${which}', '$[which]', 'mode', ' ', ''] },
    messages: [{ data: '{"which":"limit"}', metadata: { which: 'mode' } }],
    leaves: [{ by: 'Success' }],
    attributesRemoved: [{ entityId: device, scope: 'SERVER_SCOPE', keys: ['mode', 'limit'], notifyDevice: false }],
  },
  {
    title: 'does nothing without keys, and passes the message on',
    config: { keys: ['  '] },
    leaves: [{ by: 'Success' }],
  },
  {
    title: 'takes the scope of the metadata first',
    config: { keys },
    messages: [{ metadata: { scope: 'CLIENT_SCOPE' } }],
    leaves: [{ by: 'Success' }],
    attributesRemoved: [{ entityId: device, scope: 'CLIENT_SCOPE', keys, notifyDevice: false }],
  },
  {
    title: 'a scope that is none fails, and takes no neighbour along',
    config: { keys },
    messages: [{ metadata: { scope: 'OTHER_SCOPE' } }, {}],
    leaves: [{ by: 'Failure', error: 'Metadata scope is not a scope: OTHER_SCOPE' }, { by: 'Success' }],
    outcomes: ['dead-lettered', 'finished'],
    attributesRemoved: [{ entityId: device, scope: 'SERVER_SCOPE', keys, notifyDevice: false }],
  },
  {
    title: 'metadata that does not say so tells no device of shared attributes',
    config: { keys, scope: 'SHARED_SCOPE' },
    messages: [{}, { metadata: { notifyDevice: 'false' } }, { metadata: { notifyDevice: 'true' } }],
    leaves: [{ by: 'Success' }, { by: 'Success' }, { by: 'Success' }],
    attributesRemoved: [
      { entityId: device, scope: 'SHARED_SCOPE', keys, notifyDevice: false },
      { entityId: device, scope: 'SHARED_SCOPE', keys, notifyDevice: false },
      { entityId: device, scope: 'SHARED_SCOPE', keys, notifyDevice: true },
    ],
  },
  {
    title: 'the device is told only of the shared scope, even when the node says so',
    config: { keys, notifyDevice: true },
    messages: [{}, { metadata: { scope: 'SHARED_SCOPE' } }],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    attributesRemoved: [
      { entityId: device, scope: 'SERVER_SCOPE', keys, notifyDevice: false },
      { entityId: device, scope: 'SHARED_SCOPE', keys, notifyDevice: true },
    ],
  },
  {
    title: 'tells the chain of what it deleted when it is asked to',
    config: { keys, sendAttributesDeletedNotification: true },
    leaves: [{ by: 'Success' }],
    attributesRemoved: [{ entityId: device, scope: 'SERVER_SCOPE', keys, notifyDevice: false }],
    enqueued: [
      {
        type: 'ATTRIBUTES_DELETED',
        originator: device,
        data: '{"attributes":["mode","limit"]}',
        metadata: { ruleNodeId: 'node-1', scope: 'SERVER_SCOPE' },
      },
    ],
  },
  {
    title: 'data that is no JSON cannot fill keys',
    config: { keys },
    messages: [{ data: 'text', dataType: 'TEXT' }],
    leaves: [{ by: 'Failure', error: 'Failed to process pattern!' }],
    outcomes: ['dead-lettered'],
  },
]
