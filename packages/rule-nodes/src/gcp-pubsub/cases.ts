import type { NodeCase } from '../node-case.ts'

const serviceAccountKey = '{"client_email":"robot@p.iam.gserviceaccount.com","private_key":"pem"}'
const config = { projectId: 'p', topicName: 't', serviceAccountKey }

export const cases: NodeCase[] = [
  {
    title: 'publishes the data and notes the id',
    config,
    messages: [{ data: '{"t":2.0}', metadata: { a: 'b' } }],
    answersOutside: [{ messageId: '1234' }],
    leaves: [{ by: 'Success', data: '{"t":2.0}', metadata: { a: 'b', messageId: '1234' } }],
    sent: [{ kind: 'gcp-pubsub', request: { projectId: 'p', topic: 't', data: '{"t":2.0}', attributes: {} } }],
    opened: [{ serviceAccountKey }],
  },
  {
    title: 'fills names and values of attributes',
    config: { ...config, messageAttributes: { 'of-${deviceType}': '$[site]' } },
    messages: [{ data: '{"site":"a"}', metadata: { deviceType: 'meter' } }],
    answersOutside: [{ messageId: '1' }],
    leaves: [{ by: 'Success' }],
    sent: [{ request: { attributes: { 'of-meter': 'a' } } }],
  },
  {
    title: 'publishes data that is no JSON when nothing has to be filled',
    config,
    messages: [{ data: 'text' }],
    answersOutside: [{ messageId: '1' }],
    leaves: [{ by: 'Success', data: 'text' }],
    sent: [{ request: { data: 'text' } }],
  },
  {
    title: 'fails data that is no JSON when an attribute is a pattern',
    config: { ...config, messageAttributes: { a: '$[b]' } },
    messages: [{ data: 'text' }],
    leaves: [{ by: 'Failure', error: 'Failed to process pattern!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails only the message that Google refuses',
    config,
    messages: [{ metadata: {} }, {}],
    answersOutside: [new Error('gcp pubsub p/t: 404 Resource not found'), { messageId: '1' }],
    leaves: [
      {
        by: 'Failure',
        metadata: { error: 'gcp pubsub p/t: 404 Resource not found' },
        error: 'gcp pubsub p/t: 404 Resource not found',
      },
      { by: 'Success' },
    ],
    outcomes: ['dead-lettered', 'finished'],
    sent: [{}, {}],
  },
  {
    title: 'does not start without a key',
    leaves: [],
    refuses: 'serviceAccountKey: a JSON file with client_email and private_key is expected',
  },
  {
    title: 'does not start with a key that is none, and does not show it',
    config: { ...config, serviceAccountKey: '{"private_key":"pem"}' },
    leaves: [],
    refuses: 'serviceAccountKey: a JSON file with client_email and private_key is expected',
  },
  {
    title: 'does not start without a topic',
    config: { ...config, topicName: '' },
    leaves: [],
    refuses: 'topicName: must be set',
  },
]
