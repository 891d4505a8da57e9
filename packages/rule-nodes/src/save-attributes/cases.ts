import type { NodeCase } from '../node-case.ts'

const message = (data: string, metadata: Record<string, string> = {}) => ({
  type: 'POST_ATTRIBUTES_REQUEST',
  data,
  metadata,
})
const version = (value: number) => ({ key: 'version', type: 'LONG' as const, value })

export const cases: NodeCase[] = [
  {
    title: 'stores attributes in its scope',
    messages: [message('{"version":2}')],
    leaves: [{ by: 'Success' }],
    outcomes: ['stored'],
    attributesSaved: [
      { scope: 'SERVER_SCOPE', entries: [version(2)], ts: 1_000, save: true, notifyLive: true, notifyDevice: false },
    ],
  },
  {
    title: 'takes the scope of the metadata first',
    messages: [message('{"version":2}', { scope: 'CLIENT_SCOPE' })],
    leaves: [{ by: 'Success' }],
    outcomes: ['stored'],
    attributesSaved: [{ scope: 'CLIENT_SCOPE' }],
  },
  {
    title: 'tells the device about shared attributes unless the metadata says otherwise',
    config: { scope: 'SHARED_SCOPE' },
    messages: [
      message('{"a":1}'),
      message('{"b":1}', { notifyDevice: 'TRUE' }),
      message('{"c":1}', { notifyDevice: 'null' }),
    ],
    leaves: [{ by: 'Success' }, { by: 'Success' }, { by: 'Success' }],
    outcomes: ['stored', 'stored', 'stored'],
    attributesSaved: [{ notifyDevice: true }, { notifyDevice: true }, { notifyDevice: false }],
  },
  {
    title: 'tells the device in any case when it is set to',
    config: { scope: 'SHARED_SCOPE', notifyDevice: true },
    messages: [message('{"a":1}', { notifyDevice: 'false' })],
    leaves: [{ by: 'Success' }],
    outcomes: ['stored'],
    attributesSaved: [{ notifyDevice: true }],
  },
  {
    title: 'stores only what changes, in value or in type',
    attributes: [{ scope: 'SERVER_SCOPE', entries: [version(2), { key: 'ratio', type: 'LONG', value: 1 }] }],
    messages: [message('{"version":2,"ratio":1.0}'), message('{"version":2}')],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    outcomes: ['stored', 'finished'],
    attributesSaved: [{ entries: [{ key: 'ratio', type: 'DOUBLE', value: 1 }] }],
  },
  {
    title: 'sees a value that goes forth and back within one batch',
    attributes: [{ scope: 'SERVER_SCOPE', entries: [version(1)] }],
    messages: [message('{"version":2}'), message('{"version":2}'), message('{"version":1}')],
    leaves: [{ by: 'Success' }, { by: 'Success' }, { by: 'Success' }],
    outcomes: ['stored', 'finished', 'stored'],
    attributesSaved: [{ entries: [version(2)] }, { entries: [version(1)] }],
  },
  {
    title: 'puts a message about stored shared and server attributes on the queue',
    config: { sendAttributesUpdatedNotification: true, updateAttributesOnlyOnValueChange: false },
    messages: [message('{"version":2}'), message('{"version":3}', { scope: 'CLIENT_SCOPE' })],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    outcomes: ['stored', 'stored'],
    enqueued: [
      {
        type: 'ATTRIBUTES_UPDATED',
        data: '{"version":2}',
        metadata: { ruleNodeId: 'node-1', scope: 'SERVER_SCOPE' },
        ruleChainId: null,
      },
    ],
  },
  {
    title: 'passes a message without attributes on',
    messages: [message('{}'), message('{"a":null}')],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    attributesSaved: [],
  },
  {
    title: 'fails another message type, an unknown scope, and data that is no object',
    messages: [{ type: 'POST_TELEMETRY_REQUEST' }, message('{"a":1}', { scope: 'MINE' }), message('[1]')],
    leaves: [
      { by: 'Failure', error: 'Unsupported msg type: POST_TELEMETRY_REQUEST' },
      { by: 'Failure', error: 'Metadata scope is not a scope: MINE' },
      { by: 'Failure', error: 'Unable to parse the body: an object is expected' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered', 'dead-lettered'],
  },
  {
    title: 'deduplicates storing and live updates apart from each other',
    config: {
      updateAttributesOnlyOnValueChange: false,
      processingSettings: {
        type: 'ADVANCED',
        attributes: { type: 'DEDUPLICATE', deduplicationIntervalSecs: 60 },
        webSockets: { type: 'ON_EVERY_MESSAGE' },
        calculatedFields: { type: 'SKIP' },
      },
    },
    messages: [message('{"version":1}'), message('{"version":2}')],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    outcomes: ['stored', 'finished'],
    attributesSaved: [
      { save: true, notifyLive: true },
      { save: false, notifyLive: true },
    ],
  },
]
