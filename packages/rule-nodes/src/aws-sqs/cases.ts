import type { NodeCase } from '../node-case.ts'

const config = { accessKeyId: 'AKIA', secretAccessKey: 'secret' }
const answer = { messageId: 'm-1', requestId: 'r-1', messageBodyMd5: 'abc' }

export const cases: NodeCase[] = [
  {
    title: 'sends the data and notes what the queue says, as far as it says it',
    config: { ...config, delaySeconds: 5 },
    messages: [{ data: '{"t":2.0}', metadata: { a: 'b' } }],
    answersOutside: [answer],
    leaves: [
      {
        by: 'Success',
        data: '{"t":2.0}',
        metadata: { a: 'b', messageId: 'm-1', requestId: 'r-1', messageBodyMd5: 'abc' },
      },
    ],
    sent: [
      {
        kind: 'aws-sqs',
        request: {
          queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/my-queue-name',
          body: '{"t":2.0}',
          delaySeconds: 5,
          attributes: {},
          fifo: null,
        },
      },
    ],
    opened: [{ accessKeyId: 'AKIA', secretAccessKey: 'secret', region: 'us-east-1' }],
  },
  {
    title: 'keeps the order of an originator in a FIFO queue, where nothing is delayed',
    config: { ...config, queueType: 'FIFO', delaySeconds: 5 },
    answersOutside: [{ ...answer, sequenceNumber: '7' }],
    leaves: [{ by: 'Success', metadata: { sequenceNumber: '7' } }],
    sent: [{ request: { delaySeconds: 0, fifo: { groupId: '22222222-2222-4222-8222-222222222222' } } }],
  },
  {
    title: 'fills the queue and the names and values of attributes',
    config: {
      ...config,
      queueUrlPattern: 'https://sqs.eu-west-1.amazonaws.com/1/$[site]',
      messageAttributes: { 'of-${deviceType}': '$[site]/${deviceName}' },
    },
    messages: [{ data: '{"site":"a"}', metadata: { deviceType: 'meter', deviceName: 'M1' } }],
    answersOutside: [answer],
    leaves: [{ by: 'Success' }],
    sent: [{ request: { queueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/a', attributes: { 'of-meter': 'a/M1' } } }],
  },
  {
    title: 'fails only the message that AWS refuses',
    config,
    messages: [{ metadata: {} }, {}],
    answersOutside: [new Error('aws sqs us-east-1: The specified queue does not exist.'), answer],
    leaves: [
      {
        by: 'Failure',
        metadata: { error: 'aws sqs us-east-1: The specified queue does not exist.' },
        error: 'aws sqs us-east-1: The specified queue does not exist.',
      },
      { by: 'Success' },
    ],
    outcomes: ['dead-lettered', 'finished'],
    sent: [{}, {}],
  },
  {
    title: 'fails a message whose queue is no URL, or whose data is no JSON',
    config: { ...config, queueUrlPattern: '${queue}' },
    messages: [{ metadata: { queue: 'my-queue' } }, { data: 'text' }],
    leaves: [
      { by: 'Failure', error: 'queueUrlPattern: "my-queue" is no URL' },
      { by: 'Failure', error: 'Failed to process pattern!' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  { title: 'does not start without a key', leaves: [], refuses: 'accessKeyId: must be set' },
  {
    title: 'does not start with a delay that is none',
    config: { ...config, delaySeconds: -1 },
    leaves: [],
    refuses: 'Invalid configuration of "aws sqs": delaySeconds: Too small: expected number to be >=0',
  },
]
