import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { type SeenRequest, startHttpWorld } from '../../testing/http-world.ts'
import { openClient } from '../../testing/outbound-calls.ts'
import { testOutbound } from '../../testing/test-outbound.ts'
import { createOutboundGuard } from '../address-guard/outbound-guard.ts'

const keys = { accessKeyId: 'AKIATEST', secretAccessKey: 'aws-secret', region: 'eu-west-1' }
const world = (answer: (request: SeenRequest, response: ServerResponse) => void) => startHttpWorld(answer)
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

/** A signature of version 4 names key, day, region and service. */
const signedFor = (service: string) =>
  expect.stringMatching(new RegExp(`^AWS4-HMAC-SHA256 Credential=AKIATEST/\\d{8}/eu-west-1/${service}/aws4_request`))

describe('Lambda', () => {
  const settings = { ...keys, connectionTimeoutMs: 1_000, requestTimeoutMs: 1_000 }
  const request = { functionName: 'enrich', qualifier: 'prod', payload: '{"t":1}' }

  test('is invoked with the payload; its answer comes with the id of the request', async () => {
    await using aws = await world((_, response) =>
      response.writeHead(200, { 'x-amzn-requestid': 'r-1' }).end('{"ok":1}'),
    )
    const client = openClient(testOutbound({ addressOf: () => aws.url }), 'aws-lambda', settings)
    expect(await client.ask(request)).toEqual({ requestId: 'r-1', payload: '{"ok":1}', functionError: null })
    expect(aws.seen).toMatchObject([
      {
        method: 'POST',
        url: '/2015-03-31/functions/enrich/invocations?Qualifier=prod',
        body: '{"t":1}',
        headers: { 'x-amz-invocation-type': 'RequestResponse', authorization: signedFor('lambda') },
      },
    ])
    await client.close()
  })

  test('tells what a function throws, and an answer without anything', async () => {
    const bodies = ['{"errorMessage":"no"}', '']
    await using aws = await world((_, response) =>
      response.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end(bodies.shift()),
    )
    const client = openClient(testOutbound({ addressOf: () => aws.url }), 'aws-lambda', settings)
    expect(await client.ask(request)).toMatchObject({ payload: '{"errorMessage":"no"}', functionError: 'Unhandled' })
    expect(await client.ask(request)).toMatchObject({ payload: null })
    await client.close()
  })

  test('is called once only when it fails or takes too long', async () => {
    await using aws = await world((_, response) => response.writeHead(500).end('{"message":"broken"}'))
    const client = openClient(testOutbound({ addressOf: () => aws.url }), 'aws-lambda', settings)
    expect(await client.ask(request)).toMatch(/^aws lambda eu-west-1 enrich: /)
    expect(aws.seen).toHaveLength(1)
    await using slow = await world(() => {})
    const patient = openClient(testOutbound({ addressOf: () => slow.url, timeoutMs: 200 }), 'aws-lambda', settings)
    expect(await patient.ask(request)).toMatch(/^aws lambda eu-west-1 enrich: /)
    expect(slow.seen).toHaveLength(1)
    await Promise.all([client.close(), patient.close()])
  })

  test('refuses a key with the words of AWS, and without the secret', async () => {
    const body = JSON.stringify({ message: 'The security token included in the request is invalid.' })
    await using aws = await world((_, response) =>
      response.writeHead(403, { 'x-amzn-errortype': 'UnrecognizedClientException' }).end(body),
    )
    const client = openClient(testOutbound({ addressOf: () => aws.url }), 'aws-lambda', settings)
    expect(await client.ask(request)).toBe(
      'aws lambda eu-west-1 enrich: The security token included in the request is invalid.',
    )
    await client.close()
  })
})

const published = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
  <PublishResult><MessageId>m-1</MessageId></PublishResult>
  <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>
</PublishResponse>`

describe('SNS', () => {
  test('gets the message with the key of the effect as an attribute', async () => {
    await using aws = await world((_, response) =>
      response.writeHead(200, { 'x-amzn-requestid': 'r-1' }).end(published),
    )
    const client = openClient(testOutbound({ addressOf: () => aws.url }), 'aws-sns', keys)
    const request = { topicArn: 'arn:aws:sns:eu-west-1:1:alerts', message: '{"t":1}', groupId: 'd1' }
    expect(await client.ask(request, 'message-node')).toEqual({ messageId: 'm-1', requestId: 'r-1' })
    const form = new URLSearchParams(aws.seen[0]?.body)
    expect(Object.fromEntries(form)).toMatchObject({
      Action: 'Publish',
      TopicArn: 'arn:aws:sns:eu-west-1:1:alerts',
      Message: '{"t":1}',
      'MessageAttributes.entry.1.Name': 'Idempotency-Key',
      'MessageAttributes.entry.1.Value.StringValue': 'message-node',
    })
    expect(form.has('MessageGroupId')).toBe(false)
    expect(aws.seen[0]?.headers.authorization).toEqual(signedFor('sns'))
    await client.ask({ ...request, topicArn: 'arn:aws:sns:eu-west-1:1:alerts.fifo' }, 'message-node')
    const fifo = new URLSearchParams(aws.seen[1]?.body)
    expect([fifo.get('MessageGroupId'), fifo.get('MessageDeduplicationId')]).toEqual(['d1', 'message-node'])
    await client.close()
  })

  test('carries text messages', async () => {
    await using aws = await world((_, response) =>
      response.writeHead(200, { 'x-amzn-requestid': 'r-1' }).end(published),
    )
    const client = openClient(testOutbound({ addressOf: () => aws.url }), 'sms', {
      provider: { type: 'AWS_SNS', ...keys },
    })
    expect(await client.ask({ number: '+49123', text: 'Hot' })).toBe(null)
    expect(Object.fromEntries(new URLSearchParams(aws.seen[0]?.body))).toMatchObject({
      PhoneNumber: '+49123',
      Message: 'Hot',
    })
    await client.close()
  })
})

describe('SQS', () => {
  const request = (url: string) => ({
    queueUrl: `${url}/123456789012/readings`,
    body: '{"t":1}',
    delaySeconds: 5,
    attributes: { site: 'north' },
    fifo: null,
  })
  const queue = () =>
    world(({ body }, response) => {
      const { MessageBody } = JSON.parse(body) as { MessageBody: string }
      response.writeHead(200, { 'x-amzn-requestid': 'r-1', 'content-type': 'application/x-amz-json-1.0' })
      response.end(JSON.stringify({ MessageId: 'm-1', MD5OfMessageBody: md5(MessageBody), SequenceNumber: '18' }))
    })

  test('gets the message at the host of its queue, and answers what the metadata shows', async () => {
    await using aws = await queue()
    const client = openClient(testOutbound(), 'aws-sqs', keys)
    expect(await client.ask(request(aws.url), 'message-node')).toEqual({
      messageId: 'm-1',
      requestId: 'r-1',
      messageBodyMd5: md5('{"t":1}'),
      sequenceNumber: '18',
    })
    expect(aws.seen).toMatchObject([
      { headers: { 'x-amz-target': 'AmazonSQS.SendMessage', authorization: signedFor('sqs') } },
    ])
    expect(JSON.parse(aws.seen[0]?.body ?? '')).toEqual({
      QueueUrl: `${aws.url}/123456789012/readings`,
      MessageBody: '{"t":1}',
      DelaySeconds: 5,
      MessageAttributes: {
        'Idempotency-Key': { DataType: 'String', StringValue: 'message-node' },
        site: { DataType: 'String', StringValue: 'north' },
      },
    })
    await client.close()
  })

  test('gets group and deduplication id of a FIFO queue, and no delay', async () => {
    await using aws = await queue()
    const client = openClient(testOutbound(), 'aws-sqs', keys)
    await client.ask({ ...request(aws.url), fifo: { deduplicationId: 'm', groupId: 'd1' } })
    const sent: unknown = JSON.parse(aws.seen[0]?.body ?? '')
    expect(sent).toMatchObject({ MessageDeduplicationId: 'm', MessageGroupId: 'd1' })
    expect(sent).not.toHaveProperty('DelaySeconds')
    await client.close()
  })

  test('is not even tried when the queue stands where it may not', async () => {
    await using aws = await queue()
    const client = openClient(testOutbound({ guard: createOutboundGuard([]) }), 'aws-sqs', keys)
    for (const host of ['127.0.0.1', 'localhost', '2130706433'])
      expect(await client.ask(request(`http://${host}:${aws.port}`))).toContain('may not connect to')
    expect(aws.seen).toEqual([])
    await client.close()
  })
})
