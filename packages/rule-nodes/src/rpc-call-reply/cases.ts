import type { NodeCase } from '../node-case.ts'

const metadata = { serviceId: 'engine-1', sessionId: 'session-1', requestId: '7' }

export const cases: NodeCase[] = [
  {
    title: 'sends the data of the message to the session that asked',
    messages: [{ type: 'TO_SERVER_RPC_REQUEST', data: '{"time":1}', metadata }],
    leaves: [{ by: 'Success', data: '{"time":1}' }],
    deviceReplies: [{ serviceId: 'engine-1', sessionId: 'session-1', requestId: 7, data: '{"time":1}' }],
  },
  {
    title: 'reads the address under names of your own',
    config: { requestIdMetaDataAttribute: 'id', serviceIdMetaDataAttribute: '', sessionIdMetaDataAttribute: null },
    messages: [{ data: '1', metadata: { ...metadata, id: '8' } }],
    leaves: [{ by: 'Success' }],
    deviceReplies: [{ serviceId: 'engine-1', sessionId: 'session-1', requestId: 8, data: '1' }],
  },
  {
    title: 'takes Failure when it cannot tell whom to answer, or has nothing to say',
    messages: [
      { data: '{}', metadata: { serviceId: 'engine-1', sessionId: 'session-1' } },
      { data: '{}', metadata: { ...metadata, requestId: 'x' } },
      { data: '', metadata },
      { data: '{}', metadata, originator: { entityType: 'ASSET', id: '66666666-6666-4666-8666-666666666666' } },
    ],
    leaves: [
      { by: 'Failure', error: 'The metadata do not say whom to answer' },
      { by: 'Failure', error: 'The request id x is no number' },
      { by: 'Failure', error: 'The message is empty' },
      { by: 'Failure', error: 'The originator is not a device' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered', 'dead-lettered', 'dead-lettered'],
  },
]
