import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { deviceClients } from '@thingwire/local-services'
import type { OutboundKinds } from '@thingwire/rules'
import { waitFor } from '@thingwire/testing'
import { connectAsync, type MqttClient } from 'mqtt'
import mqttPacket, { type IConnectPacket } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testCertificate } from '../../testing/certificates.ts'
import { describeWith } from '../../testing/describe-with.ts'
import { type Broker, brokerLogin, startMosquitto } from '../../testing/mosquitto-broker.ts'
import { openClient } from '../../testing/outbound-calls.ts'
import { testOutbound } from '../../testing/test-outbound.ts'
import { createOutboundGuard } from '../address-guard/outbound-guard.ts'
import { azureToken } from './azure-token.ts'

type Settings = OutboundKinds['mqtt']['settings']

const settings = (change: Partial<Settings>): Settings => ({
  host: '127.0.0.1',
  port: 1_883,
  connectTimeoutMs: 3_000,
  clientId: null,
  cleanSession: true,
  protocolVersion: 4,
  tls: null,
  login: brokerLogin,
  azure: null,
  ...change,
})
const request = { topic: 'a/b', payload: '{"t":1}', isRetained: false }

describeWith(deviceClients.mosquittoBroker, 'with Mosquitto', (program) => {
  let broker: Broker
  let listener: MqttClient
  const heard: { topic: string; payload: string; retain: boolean; properties: unknown }[] = []
  beforeAll(async () => {
    broker = await startMosquitto(program)
    listener = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { ...brokerLogin, protocolVersion: 5 })
    listener.on('message', (topic, payload, { retain, properties }) =>
      heard.push({ topic, payload: payload.toString(), retain, properties }),
    )
    await listener.subscribeAsync('#', { qos: 1, rap: true })
  })
  afterAll(async () => {
    await listener?.endAsync(true)
    await broker?.[Symbol.asyncDispose]()
  })

  test.each([3, 4, 5] as const)('publishes with version %i of the protocol', async (protocolVersion) => {
    const client = openClient(testOutbound(), 'mqtt', settings({ port: broker.port, protocolVersion }))
    const topic = `version/${protocolVersion}`
    expect(await client.ask({ ...request, topic }, 'message-node')).toBe(null)
    await waitFor(() => heard.some((one) => one.topic === topic), { what: 'the message at the broker' })
    expect(heard.find((one) => one.topic === topic)).toMatchObject({
      payload: '{"t":1}',
      ...(protocolVersion === 5 && { properties: { userProperties: { 'Idempotency-Key': 'message-node' } } }),
    })
    await client.close()
  })

  test('publishes what is to be retained', async () => {
    const client = openClient(testOutbound(), 'mqtt', settings({ port: broker.port }))
    await client.ask({ topic: 'kept', payload: 'x', isRetained: true })
    const late = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, brokerLogin)
    const got = new Promise((resolve) =>
      late.on('message', (_, payload, { retain }) => resolve([payload.toString(), retain])),
    )
    await late.subscribeAsync('kept')
    expect(await got).toEqual(['x', true])
    await Promise.all([late.endAsync(), client.close()])
  })

  test('a wrong password is a reason that names the broker and no password', async () => {
    const login = { username: 'ann', password: 'not-the-password' }
    const client = openClient(testOutbound(), 'mqtt', settings({ port: broker.port, login }))
    const reason = await client.ask(request)
    expect(reason).toBe(`mqtt://127.0.0.1:${broker.port}: Connection refused: Not authorized`)
    expect(client.reasons).toEqual([reason])
    await client.close()
  })

  test('trusts the certificate of the broker by the authority of the node only', async () => {
    const tls = { ca: broker.authority, cert: null, key: null, passphrase: null }
    const client = openClient(testOutbound(), 'mqtt', settings({ port: broker.tlsPort, tls, login: null }))
    expect(await client.ask({ ...request, topic: 'tls' })).toBe(null)
    const other = openClient(
      testOutbound(),
      'mqtt',
      settings({ port: broker.tlsPort, tls: { ...tls, ca: null }, login: null }),
    )
    expect(await other.ask(request)).toMatch(/^mqtts:\/\/127.0.0.1:\d+: .*certificate/)
    await Promise.all([client.close(), other.close()])
  })

  test('a broker that goes away suspends the node; when it is back the node goes on by itself', async () => {
    const own = await startMosquitto(program)
    const client = openClient(testOutbound(), 'mqtt', settings({ port: own.port }))
    expect(await client.ask(request)).toBe(null)
    await own.stop()
    await waitFor(() => client.reasons.some((reason) => reason?.includes('ECONNREFUSED')), { what: 'the suspension' })
    expect(await client.ask(request)).toMatch(/^mqtt:\/\/127.0.0.1:\d+: connect ECONNREFUSED/)
    await using _again = await startMosquitto(program, own)
    await waitFor(() => client.reasons.at(-1) === null, { what: 'the connection', deadlineMs: 10_000 })
    expect(await client.ask(request)).toBe(null)
    await client.close()
  })
})

describe('a broker that does not answer', () => {
  test('is given up after the connect timeout', async () => {
    await using server = await tcpServer(() => {})
    const client = openClient(testOutbound(), 'mqtt', settings({ port: server.port, connectTimeoutMs: 200 }))
    expect(await client.ask(request)).toMatch(/no answer within 200 ms|connack timeout/)
    await client.close()
  })

  test('is not even tried when it stands where it may not', async () => {
    await using server = await tcpServer(() => {})
    const guard = createOutboundGuard([])
    const client = openClient(testOutbound({ guard }), 'mqtt', settings({ port: server.port }))
    expect(await client.ask(request)).toContain('may not connect to')
    const named = openClient(testOutbound({ guard }), 'mqtt', settings({ host: 'localhost', port: server.port }))
    expect(await named.ask(request)).toContain('may not connect to')
    expect(server.count()).toBe(0)
    await Promise.all([client.close(), named.close()])
  })
})

describe('an Azure IoT hub', () => {
  test('gets the device, its user name and a token that its key has signed, over TLS', async () => {
    const authority = testCertificate({ name: 'Test CA', isAuthority: true })
    const certificate = testCertificate({ name: 'hub', issuer: authority, hosts: ['127.0.0.1'] })
    const connects: IConnectPacket[] = []
    const published: string[] = []
    const server = createTlsServer(certificate, (socket) => {
      const parser = mqttPacket.parser()
      socket.on('error', () => {})
      socket.on('data', (chunk: Buffer) => parser.parse(chunk))
      parser.on('packet', (packet) => {
        if (packet.cmd === 'connect') {
          connects.push(packet)
          socket.write(mqttPacket.generate({ cmd: 'connack', returnCode: 0, sessionPresent: false }))
        }
        if (packet.cmd === 'publish') {
          published.push(`${packet.topic} ${packet.payload} ${packet.qos}`)
          socket.write(mqttPacket.generate({ cmd: 'puback', messageId: packet.messageId ?? 0 }))
        }
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const now = Date.parse('2026-11-21T00:00:00Z')
    const client = openClient(
      testOutbound({ now: () => now }),
      'mqtt',
      settings({
        port,
        clientId: 'hall',
        login: null,
        tls: { ca: authority.cert, cert: null, key: null, passphrase: null },
        azure: { sasKey: 'c2VjcmV0' },
      }),
    )
    expect(await client.ask({ ...request, topic: 'devices/hall/messages/events/' })).toBe(null)
    expect(published).toEqual(['devices/hall/messages/events/ {"t":1} 1'])
    expect(connects).toMatchObject([
      { clientId: 'hall', clean: true, protocolVersion: 4, username: '127.0.0.1/hall/?api-version=2021-04-12' },
    ])
    expect(String(connects[0]?.password)).toBe(
      azureToken({ host: '127.0.0.1', clientId: 'hall', sasKey: 'c2VjcmV0' }, now),
    )
    await client.close()
    server.close()
  })

  test('takes a token of one day, by the format that Azure documents', () => {
    const token = azureToken({ host: 'h.azure-devices.net', clientId: 'd', sasKey: 'c2VjcmV0' }, 0)
    // HMAC-SHA256 with the key "secret" over "h.azure-devices.net%2Fdevices%2Fd\n86400", by another program.
    expect(token).toBe(
      'SharedAccessSignature sr=h.azure-devices.net%2Fdevices%2Fd&sig=Ll81vxv91Wd6Pj6Z2zAlBD%2F6IedNufy58W33cBhLwyU%3D&se=86400',
    )
  })
})

const tcpServer = async (onSocket: (socket: Socket) => void) => {
  let sockets = 0
  const server = createTcpServer((socket) => {
    sockets++
    socket.on('error', () => {})
    onSocket(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    count: () => sockets,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}
