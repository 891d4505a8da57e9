import { AppError, type Message } from '@thingwire/contracts'
import { testIds, testMessage } from '@thingwire/rules/testing'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { recordingPorts, runNode } from '../node-harness.ts'
import { awsLambdaHandler } from '../aws-lambda/handler.ts'
import { mqttHandler } from '../mqtt/handler.ts'
import { restApiCallHandler } from '../rest-api-call/handler.ts'
import { sendSmsHandler } from '../send-sms/handler.ts'

const host = 'broker.example.org'
const signal = new AbortController().signal

const mqttNode = async (given: Parameters<typeof recordingPorts>[0], labels = ['Success', 'Failure']) => {
  const recording = recordingPorts(given)
  const suspended = vi.fn()
  const handler = await mqttHandler.create(mqttHandler.manifest.config.parse({ host, topicPattern: 'a/${x}' }), {
    tenantId: testIds.tenant,
    ruleChainId: testIds.chain,
    nodeId: 'node-1',
    nodeName: 'mqtt',
    queueName: null,
    isConnected: (label) => labels.includes(label),
    suspended,
    ports: recording.ports,
  })
  return { handler, suspended, ...recording }
}

describe('a node that calls another system', () => {
  test('gives each effect a key of message and node, the same when the message comes again', async () => {
    const { handler, outside } = await mqttNode({})
    const message = testMessage()
    await handler.handle([message], signal)
    await handler.handle([message], signal)
    expect(outside.sent.map(({ key }) => key)).toEqual([`${message.id}-node-1`, `${message.id}-node-1`])
  })

  test('gives several effects of one message keys of their own', async () => {
    const recording = recordingPorts({})
    const message = testMessage({ metadata: { userPhone: '1,2,3' } })
    await runNode({
      manifest: sendSmsHandler.manifest,
      factory: sendSmsHandler,
      messages: [message],
      ports: recording.ports,
      labels: ['Success'],
    })
    const key = `${message.id}-node-1`
    expect(recording.outside.sent.map((one) => one.key)).toEqual([key, `${key}-1`, `${key}-2`])
  })

  test('asks its client once a batch, and not at all for messages that cannot be asked for', async () => {
    const { handler, ports, outside } = await mqttNode({})
    const open = vi.spyOn(ports.outbound, 'open')
    const left = await handler.handle([testMessage({ data: 'text' }), testMessage(), testMessage()], signal)
    expect(left.map((one) => 'connection' in one && one.connection)).toEqual(['Failure', 'Success', 'Success'])
    expect(outside.sent).toHaveLength(2)
    expect(open).not.toHaveBeenCalled()
  })

  test('closes its client when it stops', async () => {
    const { handler, outside } = await mqttNode({})
    await handler.stop?.()
    expect(outside.closed).toBe(1)
  })
})

test.each([
  [{ maxInMemoryBufferSizeInKb: 256 }, 256],
  [{ maxInMemoryBufferSizeInKb: 256, maxParallelRequestsCount: 3 }, 3],
  [{ maxInMemoryBufferSizeInKb: 16_384 }, 4],
  [{ maxInMemoryBufferSizeInKb: 25_000, maxParallelRequestsCount: 500 }, 4],
])('calls under way are as many as their answers have room for: %j', async (config, most) => {
  const { ports } = recordingPorts({})
  const open = vi.spyOn(ports.outbound, 'open')
  const factory = restApiCallHandler
  await runNode({ manifest: factory.manifest, factory, config, messages: [], ports, labels: [] })
  expect(open.mock.calls[0]?.[2]).toMatchObject({ mostInFlight: most })
})

describe('where the server acknowledges first', () => {
  const sent = (messages: readonly Message[]) =>
    messages.map(({ connection, metadata, ruleChainId, ruleNodeId }) => ({
      ...{ connection, ruleChainId, ruleNodeId },
      ...(metadata.error !== undefined && { error: metadata.error }),
    }))
  const place = { ruleChainId: testIds.chain, ruleNodeId: 'node-1' }

  test('a message ends in the node, and what became of it goes on as a message of its own', async () => {
    const { handler, calls } = await mqttNode({ forcesAck: true, answersOutside: [null, new Error('away')] })
    const messages = [testMessage({ callers: [{ ...place, ruleNodeId: testIds.device }] }), testMessage()]
    expect(await handler.handle(messages, signal)).toEqual([])
    await handler.stop?.()
    expect(sent(calls.enqueued)).toEqual([
      { ...place, connection: 'Success' },
      { ...place, connection: 'Failure', error: 'away' },
    ])
    expect(calls.enqueued[0]).toMatchObject({ data: messages[0]?.data, callers: messages[0]?.callers })
    expect(calls.enqueued.map(({ id }) => id)).not.toContain(messages[0]?.id)
  })

  test('what nobody waits for is not told', async () => {
    const { handler, calls } = await mqttNode({ forcesAck: true, answersOutside: [null, new Error('away')] }, [
      'Success',
    ])
    await handler.handle([testMessage(), testMessage()], signal)
    await handler.stop?.()
    expect(sent(calls.enqueued)).toEqual([{ ...place, connection: 'Success' }])
  })

  test('a function is waited for all the same: its answer is what the message becomes', async () => {
    const recording = recordingPorts({
      forcesAck: true,
      answersOutside: [{ requestId: 'r', payload: '{"a":1}', functionError: null }],
    })
    const { left } = await runNode({
      manifest: awsLambdaHandler.manifest,
      factory: awsLambdaHandler,
      config: { accessKey: 'a', secretKey: 'b', functionName: 'f' },
      messages: [testMessage()],
      ports: recording.ports,
      labels: ['Success', 'Failure'],
    })
    expect(left).toMatchObject([{ by: 'Success', message: { data: '{"a":1}' } }])
    expect(recording.calls.enqueued).toEqual([])
  })

  describe('and the queue is away', () => {
    beforeEach(() => {
      vi.useFakeTimers()
      return () => void vi.useRealTimers()
    })

    test('what became of messages is told when it is back', async () => {
      const { handler, ports, calls } = await mqttNode({ forcesAck: true })
      const { enqueue } = ports.messages
      let refusals = 2
      ports.messages.enqueue = async (messages) => {
        if (refusals-- > 0) throw new AppError('QUEUE_UNAVAILABLE')
        await enqueue(messages)
      }
      await handler.handle([testMessage()], signal)
      const stopped = handler.stop?.()
      await vi.advanceTimersByTimeAsync(1_500)
      await stopped
      expect(calls.enqueued).toHaveLength(1)
    })

    test('for longer than anybody waits, that stands in the log', async () => {
      const { handler, ports, calls } = await mqttNode({ forcesAck: true })
      ports.messages.enqueue = () => Promise.reject(new AppError('QUEUE_UNAVAILABLE'))
      await handler.handle([testMessage()], signal)
      const stopped = handler.stop?.()
      await vi.advanceTimersByTimeAsync(60_000)
      await stopped
      expect(calls.logged).toEqual(['What became of calls could not be told'])
    })
  })
})
