import type { NodeCase } from '../node-case.ts'

const config = { accessKey: 'AKIA', secretKey: 'secret', functionName: 'handle' }
const answer = { requestId: 'r-1', payload: '{"ok":true}', functionError: null }
const thrown = { requestId: 'r-2', payload: '{"errorMessage":"no"}', functionError: 'Unhandled' }

export const cases: NodeCase[] = [
  {
    title: 'goes on with what the function returns',
    config,
    messages: [{ data: '{"t":1}', metadata: { a: 'b' } }],
    answersOutside: [answer],
    leaves: [{ by: 'Success', data: '{"ok":true}', metadata: { a: 'b', requestId: 'r-1' } }],
    sent: [{ kind: 'aws-lambda', request: { functionName: 'handle', qualifier: '$LATEST', payload: '{"t":1}' } }],
    opened: [
      {
        accessKeyId: 'AKIA',
        secretAccessKey: 'secret',
        region: 'us-east-1',
        connectionTimeoutMs: 10_000,
        requestTimeoutMs: 5_000,
      },
    ],
  },
  {
    title: 'fills name and qualifier, and takes the latest version without one',
    config: { ...config, functionName: 'on-$[kind]', qualifier: '${stage}' },
    messages: [
      { data: '{"kind":"t"}', metadata: { stage: 'prod' } },
      { data: '{"kind":"h"}', metadata: { stage: '' } },
    ],
    answersOutside: [answer, answer],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    sent: [
      { request: { functionName: 'on-t', qualifier: 'prod' } },
      { request: { functionName: 'on-h', qualifier: '$LATEST' } },
    ],
  },
  {
    title: 'takes what the function throws for an answer',
    config,
    answersOutside: [thrown],
    leaves: [{ by: 'Success', data: '{"errorMessage":"no"}', metadata: { requestId: 'r-2' } }],
    sent: [{}],
  },
  {
    title: 'takes what the function throws for a failure when it is set to',
    config: { ...config, tellFailureIfFuncThrowsExc: true },
    messages: [{ data: '{"t":1}' }],
    answersOutside: [thrown],
    leaves: [
      {
        by: 'Failure',
        data: '{"t":1}',
        metadata: { requestId: 'r-2', error: '{"errorMessage":"no"}' },
        error: '{"errorMessage":"no"}',
      },
    ],
    outcomes: ['dead-lettered'],
    sent: [{}],
  },
  {
    title: 'fails a message for which the function returns nothing',
    config,
    answersOutside: [{ ...answer, payload: null }],
    leaves: [{ by: 'Failure', error: 'The function returned nothing' }],
    outcomes: ['dead-lettered'],
    sent: [{}],
  },
  {
    title: 'fails a message that AWS refuses',
    config,
    messages: [{ metadata: {} }],
    answersOutside: [new Error('aws lambda us-east-1: The security token included in the request is invalid.')],
    leaves: [{ by: 'Failure', error: 'aws lambda us-east-1: The security token included in the request is invalid.' }],
    outcomes: ['dead-lettered'],
    sent: [{}],
  },
  {
    title: 'waits for the answer although the server acknowledges first',
    config,
    forcesAck: true,
    answersOutside: [answer],
    leaves: [{ by: 'Success', data: '{"ok":true}' }],
    sent: [{}],
  },
  {
    title: 'does not start without a function',
    config: { ...config, functionName: ' ' },
    leaves: [],
    refuses: 'functionName: must be set',
  },
  { title: 'does not start without a key', leaves: [], refuses: 'accessKey: must be set' },
  {
    title: 'does not start with a region that is another host',
    config: { ...config, region: 'evil.example.org/#' },
    leaves: [],
    refuses: 'region: "evil.example.org/#" is no region',
  },
]
