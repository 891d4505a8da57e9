import type { NodeCase } from '../node-case.ts'

const metadata = { serviceId: 'engine-1', requestUUID: '55555555-5555-4555-8555-555555555555' }

export const cases: NodeCase[] = [
  {
    title: 'answers the call with the data of the message',
    messages: [{ type: 'REST_API_REQUEST', data: '{"sum":3}', metadata }],
    leaves: [{ by: 'Success', data: '{"sum":3}' }],
    restReplies: [{ serviceId: 'engine-1', requestId: metadata.requestUUID, data: '{"sum":3}' }],
  },
  {
    title: 'takes Failure when it cannot tell which call to answer, or has nothing to say',
    messages: [
      { data: '{}', metadata: { serviceId: 'engine-1' } },
      { data: '', metadata },
    ],
    leaves: [
      { by: 'Failure', error: 'The metadata do not say which call to answer' },
      { by: 'Failure', error: 'The message is empty' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
]
