import { deviceClients } from '@thingwire/local-services'
import type { OutboundKinds } from '@thingwire/rules'
import { waitFor } from '@thingwire/testing'
import { type Channel, type ChannelModel, connect, type ConsumeMessage } from 'amqplib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWith } from '../../testing/describe-with.ts'
import { openClient } from '../../testing/outbound-calls.ts'
import { type RabbitMq, startRabbitMq } from '../../testing/rabbitmq-broker.ts'
import { testOutbound } from '../../testing/test-outbound.ts'
import { createOutboundGuard } from '../address-guard/outbound-guard.ts'

type Request = OutboundKinds['rabbitmq']['request']

describeWith(deviceClients.rabbitmq, 'with RabbitMQ', (program) => {
  let broker: RabbitMq
  let model: ChannelModel
  let channel: Channel
  const heard: ConsumeMessage[] = []
  const settings = (change: Partial<OutboundKinds['rabbitmq']['settings']> = {}) => ({
    host: '127.0.0.1',
    port: broker.port,
    virtualHost: '/',
    username: 'guest',
    password: 'guest',
    connectionTimeoutMs: 5_000,
    handshakeTimeoutMs: 5_000,
    clientProperties: {},
    ...change,
  })
  const request = (change: Partial<Request> = {}): Request => ({
    exchange: '',
    routingKey: 'readings',
    body: '{"t":1}',
    properties: null,
    ...change,
  })

  beforeAll(async () => {
    broker = await startRabbitMq(program)
    model = await connect(`amqp://guest:guest@127.0.0.1:${broker.port}`)
    model.on('error', () => {})
    channel = await model.createChannel()
    await channel.assertQueue('readings')
    await channel.assertExchange('site', 'topic')
    await channel.bindQueue('readings', 'site', '*.t')
    await channel.consume('readings', (message) => void (message && heard.push(message)), { noAck: true })
  }, 90_000)
  afterAll(async () => {
    await model?.close().catch(() => {})
    await broker?.[Symbol.asyncDispose]()
  })

  test('publishes with properties and the key of the effect, by queue and by exchange', async () => {
    const client = openClient(testOutbound(), 'rabbitmq', settings({ clientProperties: { plant: 'north' } }))
    const properties = { contentType: 'text/plain', deliveryMode: 2 as const, priority: 0 }
    expect(await client.ask(request({ properties }), 'message-node')).toBe(null)
    expect(await client.ask(request({ exchange: 'site', routingKey: 'hall.t', body: 'ö' }), 'other-node')).toBe(null)
    await waitFor(() => heard.length === 2, { what: 'both messages' })
    expect(
      heard.map(({ content, properties: { contentType, deliveryMode, messageId } }) => [
        content.toString(),
        contentType,
        deliveryMode,
        messageId,
      ]),
    ).toEqual([
      ['{"t":1}', 'text/plain', 2, 'message-node'],
      ['ö', undefined, undefined, 'other-node'],
    ])
    await client.close()
  })

  test('an exchange that there is not fails its messages alone', async () => {
    const client = openClient(testOutbound(), 'rabbitmq', settings())
    const [good, bad, other] = await client.send(
      [request(), request({ exchange: 'nowhere' }), request()].map((one, n) => ({ key: String(n), request: one })),
      new AbortController().signal,
    )
    expect([good, other]).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
    ])
    expect(bad).toMatchObject({ ok: false, error: expect.stringContaining("no exchange 'nowhere' in vhost '/'") })
    expect(await client.ask(request({ exchange: 'nowhere' }))).toContain("no exchange 'nowhere'")
    expect(await client.ask(request())).toBe(null)
    await client.close()
  })

  test('a wrong password is a reason that names the broker and no password', async () => {
    const client = openClient(testOutbound(), 'rabbitmq', settings({ password: 'not-the-password' }))
    const reason = await client.ask(request())
    expect(reason).toMatch(/^amqp:\/\/127.0.0.1:\d+: .*ACCESS.REFUSED/)
    expect(reason).not.toContain('not-the-password')
    expect(client.reasons).toEqual([reason])
    await client.close()
  })

  test('a connection that the broker ends is opened anew', async () => {
    const client = openClient(
      testOutbound(),
      'rabbitmq',
      settings({ clientProperties: { connection_name: 'to-be-cut' } }),
    )
    expect(await client.ask(request())).toBe(null)
    await broker.closeConnections()
    await waitFor(() => client.reasons.length >= 3, { what: 'the suspension and its end' })
    expect(client.reasons).toEqual([null, expect.stringContaining('amqp://127.0.0.1'), null])
    expect(await client.ask(request())).toBe(null)
    await client.close()
  })

  test('is not even tried when it stands where it may not', async () => {
    const client = openClient(testOutbound({ guard: createOutboundGuard([]) }), 'rabbitmq', settings())
    expect(await client.ask(request())).toContain('may not connect to')
    const named = openClient(
      testOutbound({ guard: createOutboundGuard([]) }),
      'rabbitmq',
      settings({ host: 'localhost' }),
    )
    expect(await named.ask(request())).toContain('may not connect to')
    await Promise.all([client.close(), named.close()])
  })
})

test('a broker that is away fails messages at once, and names itself', async () => {
  const client = openClient(testOutbound(), 'rabbitmq', {
    host: '127.0.0.1',
    port: 1,
    virtualHost: '/',
    username: 'a',
    password: 'b',
    connectionTimeoutMs: 0,
    handshakeTimeoutMs: 0,
    clientProperties: {},
  })
  const request = { exchange: '', routingKey: 'a', body: '', properties: null }
  const reason = 'amqp://127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1'
  expect(await client.ask(request)).toBe(reason)
  expect(await client.ask(request)).toBe(reason)
  expect(client.reasons).toEqual([reason])
  await client.close()
})
