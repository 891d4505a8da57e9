import type { NodeCase } from '../node-case.ts'

const config = { accessKeyId: 'AKIA', secretAccessKey: 'secret' }
const answer = { messageId: 'm-1', requestId: 'r-1' }

export const cases: NodeCase[] = [
  {
    title: 'publishes the data and notes the ids',
    config,
    messages: [{ data: '{"t":2.0}', metadata: { a: 'b' } }],
    answersOutside: [answer],
    leaves: [{ by: 'Success', data: '{"t":2.0}', metadata: { a: 'b', messageId: 'm-1', requestId: 'r-1' } }],
    sent: [
      {
        kind: 'aws-sns',
        request: { topicArn: 'arn:aws:sns:us-east-1:123456789012:MyNewTopic', message: '{"t":2.0}' },
      },
    ],
    opened: [{ accessKeyId: 'AKIA', secretAccessKey: 'secret', region: 'us-east-1' }],
  },
  {
    title: 'fills the topic',
    config: { ...config, topicArnPattern: 'arn:aws:sns:${region}:1:$[kind]' },
    messages: [{ data: '{"kind":"alerts"}', metadata: { region: 'eu-west-1' } }],
    answersOutside: [answer],
    leaves: [{ by: 'Success' }],
    sent: [{ request: { topicArn: 'arn:aws:sns:eu-west-1:1:alerts' } }],
  },
  {
    title: 'fails only the message that AWS refuses, and keeps its data',
    config,
    messages: [{ data: '{"t":1}', metadata: {} }, {}],
    answersOutside: [new Error('aws sns us-east-1: Topic does not exist'), answer],
    leaves: [
      {
        by: 'Failure',
        data: '{"t":1}',
        metadata: { error: 'aws sns us-east-1: Topic does not exist' },
        error: 'aws sns us-east-1: Topic does not exist',
      },
      { by: 'Success' },
    ],
    outcomes: ['dead-lettered', 'finished'],
    sent: [{}, {}],
  },
  {
    title: 'fails data that is no JSON, since the topic is a pattern',
    config,
    messages: [{ data: 'text' }],
    leaves: [{ by: 'Failure', error: 'Failed to process pattern!' }],
    outcomes: ['dead-lettered'],
  },
  { title: 'does not start without a key', leaves: [], refuses: 'accessKeyId: must be set' },
  {
    title: 'does not start without a secret',
    config: { accessKeyId: 'AKIA' },
    leaves: [],
    refuses: 'secretAccessKey: must be set',
  },
  {
    title: 'does not start with a region that is another host',
    config: { ...config, region: 'x.example.org' },
    leaves: [],
    refuses: 'region: "x.example.org" is no region',
  },
]
