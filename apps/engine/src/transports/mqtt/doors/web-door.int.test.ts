import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { entityId } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import { generate, type Packet, parser } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../../../testing/test-engine.ts'

const nextMessage = (client: MqttClient) =>
  new Promise<string>((resolve) => client.once('message', (_topic, body) => resolve(body.toString())))

describe('MQTT over WebSocket', () => {
  let services: TestServices
  let engine: TestEngine
  beforeAll(async () => {
    services = await startTestServices()
    engine = await startTestEngine(services, { DEVICE_CONNECT_TIMEOUT_MS: '1500' })
  })
  afterAll(async () => {
    await engine[Symbol.asyncDispose]()
    await services[Symbol.asyncDispose]()
  })

  const url = (port = engine.ports.http) => `ws://127.0.0.1:${port}/mqtt`
  const connect = (options: IClientOptions = {}, port = engine.ports.http) =>
    mqtt.connectAsync(
      url(port),
      { protocolVersion: 4, username: services.tenant.token, reconnectPeriod: 0, ...options },
      false,
    )
  const stored = async (key: string) => {
    const id = entityId('DEVICE', services.tenant.device.id.id)
    await waitFor(async () => (await services.db.telemetry.latest(services.tenant.scope, id, [key])).length === 1)
  }

  /** A WebSocket that says whatever the test wants. */
  const raw = async (options: { protocols?: string[]; headers?: Record<string, string>; port?: number } = {}) => {
    const socket = new WebSocket(url(options.port), options.protocols ?? ['mqtt'], { headers: options.headers ?? {} })
    const reader = parser({ protocolVersion: 4 })
    const packets: Packet[] = []
    reader.on('packet', (packet) => packets.push(packet))
    socket.on('message', (data) => Buffer.isBuffer(data) && reader.parse(data))
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    socket.on('error', () => {})
    await once(socket, 'open')
    return { socket, packets, closed }
  }
  const hello = () =>
    generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: 'raw',
      username: services.tenant.token,
    })
  const telemetry = (key: string, messageId: number) =>
    generate({
      cmd: 'publish',
      topic: 'v1/devices/me/telemetry',
      payload: `{"${key}":1}`,
      qos: 1,
      messageId,
      dup: false,
      retain: false,
    })

  test.each([3, 4, 5] as const)('MQTT.js, protocol level %i', async (protocolVersion) => {
    const legacy = { protocolId: 'MQIsdp', wsOptions: { protocol: 'mqttv3.1' } } as const
    const client = await connect({ protocolVersion, ...(protocolVersion === 3 && legacy) })
    await client.publishAsync('v1/devices/me/telemetry', `{"ws${protocolVersion}":1}`, { qos: 1 })
    await client.subscribeAsync('v1/devices/me/attributes/response/+', { qos: 1 })
    const answer = nextMessage(client)
    await client.publishAsync('v1/devices/me/attributes/request/1', '{"clientKeys":"none"}', { qos: 1 })
    expect(await answer).toBe('{}')
    await client.endAsync()
    await stored(`ws${protocolVersion}`)
  })

  test('a large answer is not read faster than it is taken, and arrives whole', async () => {
    const client = await connect({ protocolVersion: 5 })
    const text = 'x'.repeat(30_000)
    await client.publishAsync('v1/devices/me/attributes', JSON.stringify({ large: text }), { qos: 1 })
    await client.subscribeAsync('v1/devices/me/attributes/response/+', { qos: 1 })
    await waitFor(async () => {
      const answer = nextMessage(client)
      await client.publishAsync('v1/devices/me/attributes/request/2', '{"clientKeys":"large"}', { qos: 1 })
      return (await answer).includes(text)
    })
    await client.endAsync()
  })

  test.each([
    ['byte by byte', (bytes: Buffer) => Array.from(bytes, (_, at) => bytes.subarray(at, at + 1))],
    ['all in one message', (bytes: Buffer) => [bytes]],
    ['across the borders of packets', (bytes: Buffer) => [bytes.subarray(0, 50), bytes.subarray(50)]],
    ['with empty messages between', (bytes: Buffer) => [bytes.subarray(0, 9), Buffer.alloc(0), bytes.subarray(9)]],
  ])('[MQTT-6.0.0-2 v3] [MQTT-6.0.0-2 v5] packets may be cut %s', async (_name, cut) => {
    const { socket, packets } = await raw()
    const bytes = Buffer.concat([hello(), telemetry('cut', 1), telemetry('cut', 2), generate({ cmd: 'pingreq' })])
    for (const part of cut(bytes)) socket.send(part)
    await waitFor(() => packets.length === 4)
    expect(packets.map(({ cmd }) => cmd)).toEqual(expect.arrayContaining(['connack', 'puback', 'puback', 'pingresp']))
    socket.close()
  })

  test('[MQTT-6.0.0-4 v3] [MQTT-6.0.0-4 v5] the name of the sub-protocol is that of MQTT', async () => {
    const { socket } = await raw({ protocols: ['chat', 'mqttv3.1', 'mqtt'] })
    expect(socket.protocol).toBe('mqtt')
    socket.close()
    const older = await raw({ protocols: ['mqttv3.1'] })
    expect(older.socket.protocol).toBe('mqttv3.1')
    older.socket.close()
  })

  test.each([[['chat']], [[]]])('without it the upgrade is refused: %j', async (protocols) => {
    await expect(raw({ protocols })).rejects.toThrow('400')
  })

  test('[MQTT-6.0.0-1 v3] [MQTT-6.0.0-1 v5] a text frame closes the connection', async () => {
    const { socket, closed } = await raw()
    socket.send(hello())
    socket.send('text')
    expect(await closed).toBe(1003)
  })

  test('a message beyond the limit closes it', async () => {
    const { socket, closed } = await raw()
    socket.send(Buffer.alloc(131_073))
    expect(await closed).toBe(1009)
  })

  test('malformed packets and wrong credentials end it as on any socket', async () => {
    const malformed = await raw()
    malformed.socket.send(Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff]))
    await malformed.closed
    const wrong = await connect({ username: 'nobody', protocolVersion: 5 }).catch((error: unknown) => error)
    expect(wrong).toMatchObject({ code: 0x86 })
  })

  test('one that says nothing is cut in time', async () => {
    const { closed } = await raw()
    expect(await closed).toBe(1006)
  })

  test('a client that vanishes leaves nothing behind', async () => {
    const strangers = async () => (await engine.engine.metrics.strangers.get()).values[0]?.value ?? 0
    const connections = async () => (await engine.engine.metrics.connections.get()).values[0]?.value ?? 0
    const clients = await Promise.all(Array.from({ length: 20 }, () => raw()))
    for (const { socket } of clients) socket.terminate()
    const known = await raw()
    known.socket.send(hello())
    await waitFor(() => known.packets.length === 1)
    known.socket.terminate()
    await waitFor(async () => (await strangers()) === 0 && (await connections()) === 0)
  })

  test('the address is that of the client behind a trusted proxy, and of nobody who only says so', async () => {
    const limit = { ENGINE_ROLES: 'gateway', DEVICE_CONNECTIONS_PER_ADDRESS: '1' }
    const tokens = ['a', 'b', 'c'].map((letter) => `${letter}-${randomUUID()}`)
    for (const accessToken of tokens)
      await services.db.devices.save(services.tenant.scope, { name: accessToken }, { accessToken })
    const from = (address: string, username: string | undefined, port: number | undefined) =>
      connect(
        { wsOptions: { headers: { 'x-forwarded-for': address } }, protocolVersion: 5, username: username ?? '' },
        port,
      )
    await using trusting = await startTestEngine(services, { ...limit, TRUSTED_PROXIES: '127.0.0.1' })
    const one = await from('192.0.2.1', tokens[0], trusting.ports.http)
    const other = await from('192.0.2.2', tokens[1], trusting.ports.http)
    const spoofed = await from('192.0.2.9, 192.0.2.1', tokens[2], trusting.ports.http).catch((error: unknown) => error)
    expect(spoofed).toMatchObject({ code: 0x9f })
    for (const client of [one, other]) await client.endAsync(true)
    await using wary = await startTestEngine(services, limit)
    const first = await from('192.0.2.1', tokens[0], wary.ports.http)
    const second = await from('192.0.2.2', tokens[1], wary.ports.http).catch((error: unknown) => error)
    expect(second).toMatchObject({ code: 0x9f })
    await first.endAsync(true)
  })

  test('a server that stops says so and does not wait', async () => {
    await using other = await startTestEngine(services, { ENGINE_ROLES: 'gateway' })
    const client = await connect({ protocolVersion: 5 }, other.ports.http)
    const silent = await raw({ port: other.ports.http ?? 0 })
    const told = new Promise<number | undefined>((resolve) =>
      client.once('disconnect', (packet) => resolve(packet.reasonCode)),
    )
    const started = performance.now()
    await other.stop(Date.now() + 5_000)
    expect(performance.now() - started).toBeLessThan(4_000)
    expect(await told).toBe(0x8b)
    await silent.closed
    await client.endAsync(true)
  })

  test('a process that is no gateway refuses the upgrade', async () => {
    await using api = await startTestEngine(services, { ENGINE_ROLES: 'api' })
    await expect(raw({ port: api.ports.http ?? 0 })).rejects.toThrow('404')
    const socket = connectTcp(engine.ports.http ?? 0, '127.0.0.1')
    socket.write('GET /mqtt2 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toContain('404')
    socket.destroy()
  })
})
