import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect as connectTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { entityId } from '@thingwire/contracts'
import { deviceClients } from '@thingwire/local-services'
import { waitFor } from '@thingwire/testing'
import mqtt from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCertificate, testCertificate } from '../../../testing/certificates.ts'
import { describeWith } from '../../../testing/describe-with.ts'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../../../testing/test-engine.ts'

const run = promisify(execFile)
const deadline = { timeout: 20_000 }

describe('MQTT with TLS', () => {
  let services: TestServices
  let engine: TestEngine
  let folder: string
  let authority: TestCertificate
  let server: TestCertificate
  const file = (name: string) => join(folder, name)

  beforeAll(async () => {
    services = await startTestServices()
    folder = await mkdtemp(join(tmpdir(), 'tls-'))
    authority = testCertificate({ name: 'Authority', isAuthority: true })
    server = testCertificate({ name: 'localhost', issuer: authority, hosts: ['localhost', '127.0.0.1'] })
    await writeFile(file('ca.pem'), authority.cert)
    await writeFile(file('cert.pem'), server.cert)
    await writeFile(file('key.pem'), server.key)
    engine = await startTestEngine(services, {
      MQTT_TLS_PORT: '0',
      MQTT_TLS_CERT: file('cert.pem'),
      MQTT_TLS_KEY: file('key.pem'),
      DEVICE_CONNECT_TIMEOUT_MS: '1500',
    })
  })
  afterAll(async () => {
    await engine[Symbol.asyncDispose]()
    await services[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  const connect = (port = engine.ports.mqtts, protocolVersion: 3 | 4 | 5 = 4) =>
    mqtt.connectAsync(
      `mqtts://localhost:${port}`,
      {
        protocolVersion,
        ...(protocolVersion === 3 && { protocolId: 'MQIsdp' }),
        username: services.tenant.token,
        reconnectPeriod: 0,
        ca: authority.cert,
      },
      false,
    )

  const stored = async (key: string) => {
    const id = entityId('DEVICE', services.tenant.device.id.id)
    await waitFor(async () => (await services.db.telemetry.latest(services.tenant.scope, id, [key])).length === 1)
  }

  test.each([3, 4, 5] as const)('protocol level %i: a token works as without', async (version) => {
    const client = await connect(engine.ports.mqtts, version)
    await client.publishAsync('v1/devices/me/telemetry', `{"tls${version}":1}`, { qos: 1 })
    await client.endAsync()
    await stored(`tls${version}`)
  })

  describeWith(deviceClients.mosquitto, 'a client of Mosquitto', () => {
    test.each(['311', '5'])('mosquitto_pub --cafile, -V %s', async (version) => {
      const at = ['-h', 'localhost', '-p', String(engine.ports.mqtts), '--cafile', file('ca.pem'), '-V', version]
      const what = ['-u', services.tenant.token, '-q', '1', '-t', 'v1/devices/me/telemetry', '-m', `{"m${version}":1}`]
      await run('mosquitto_pub', [...at, ...what], deadline)
      await stored(`m${version}`)
    })
  })

  test('old protocol versions are refused', async () => {
    const socket = connectTls({
      port: engine.ports.mqtts ?? 0,
      ca: authority.cert,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
    })
    await expect(once(socket, 'secureConnect')).rejects.toThrow()
    const modern = connectTls({
      port: engine.ports.mqtts ?? 0,
      host: 'localhost',
      ca: authority.cert,
      maxVersion: 'TLSv1.2',
    })
    await once(modern, 'secureConnect')
    expect(modern.authorized).toBe(true)
    modern.destroy()
  })

  const shown = async (port: number | undefined): Promise<string> => {
    const socket: TLSSocket = connectTls({ port: port ?? 0, host: 'localhost', rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    const der = socket.getPeerX509Certificate()?.raw.toString('base64') ?? ''
    socket.destroy()
    return der
  }

  test('what is no TLS, or stops half way, ends in time, and others go on meanwhile', async () => {
    const port = engine.ports.mqtts ?? 0
    const healthy = await connect()
    const garbage = connectTcp(port, '127.0.0.1')
    const silent = connectTcp(port, '127.0.0.1')
    const halfHello = connectTcp(port, '127.0.0.1')
    const speechless = connectTls({ port, host: 'localhost', ca: authority.cert })
    const gone = [garbage, silent, halfHello, speechless].map((socket) => {
      socket.on('error', () => {})
      socket.resume()
      return once(socket, 'close')
    })
    garbage.write('GET / HTTP/1.1\r\n\r\n')
    halfHello.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]))
    let published = 0
    let isOver = false
    const publishing = (async () => {
      while (!isOver) {
        await healthy.publishAsync('v1/devices/me/telemetry', '{"meanwhile":1}', { qos: 1 })
        published++
      }
    })()
    const started = performance.now()
    await Promise.all(gone)
    expect(performance.now() - started).toBeLessThan(5_000)
    isOver = true
    await publishing
    expect(published).toBeGreaterThan(10)
    expect(healthy.connected).toBe(true)
    await healthy.endAsync()
    const strangers = async () => (await engine.engine.metrics.strangers.get()).values[0]?.value
    await waitFor(async () => (await strangers()) === 0)
  })

  test('bytes thrown at the port by the hundred do no harm', async () => {
    const port = engine.ports.mqtts ?? 0
    const healthy = await connect()
    const { der } = server
    const noise = Buffer.from(der, 'base64')
    await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const socket = connectTcp(port, '127.0.0.1')
        socket.on('error', () => {})
        socket.resume()
        const closed = once(socket, 'close')
        socket.end(Buffer.concat([Buffer.from([0x16, 0x03, n % 4]), noise.subarray(n)]))
        await closed
      }),
    )
    await healthy.publishAsync('v1/devices/me/telemetry', '{"after":1}', { qos: 1 })
    await healthy.endAsync()
  })

  test('a changed certificate is shown without a restart, and connections stay', async () => {
    const port = engine.ports.mqtts
    const client = await connect()
    expect(await shown(port)).toBe(server.der)
    const next = testCertificate({ name: 'localhost', issuer: authority, hosts: ['localhost'] })
    // One file comes after the other: for a moment they do not belong together.
    await writeFile(file('cert.pem'), next.cert)
    await writeFile(file('key.pem'), next.key)
    await waitFor(async () => (await shown(port)) === next.der, { deadlineMs: 15_000, what: 'the new certificate' })
    await client.publishAsync('v1/devices/me/telemetry', '{"still":1}', { qos: 1 })
    await client.endAsync()
    await (await connect()).endAsync()
  })

  test('a server that stops lets nothing hang', async () => {
    await using other = await startTestEngine(services, {
      ENGINE_ROLES: 'gateway',
      MQTT_TLS_PORT: '0',
      MQTT_TLS_CERT: file('cert.pem'),
      MQTT_TLS_KEY: file('key.pem'),
    })
    const client = await connect(other.ports.mqtts, 5)
    const silent = connectTcp(other.ports.mqtts ?? 0, '127.0.0.1')
    await once(silent, 'connect')
    silent.on('error', () => {}).resume()
    const told = new Promise<number | undefined>((resolve) =>
      client.once('disconnect', (packet) => resolve(packet.reasonCode)),
    )
    const cut = once(silent, 'close')
    const started = performance.now()
    await other.stop(Date.now() + 5_000)
    expect(performance.now() - started).toBeLessThan(4_000)
    expect(await told).toBe(0x8b)
    await cut
    await client.endAsync(true)
  })

  test('without a certificate the port is closed; with one that is broken nothing starts', async () => {
    await using closed = await startTestEngine(services, { ENGINE_ROLES: 'gateway' })
    expect(closed.ports.mqtts).toBeUndefined()
    const broken = {
      ENGINE_ROLES: 'gateway',
      MQTT_TLS_PORT: '0',
      MQTT_TLS_CERT: file('ca.pem'),
      MQTT_TLS_KEY: file('key.pem'),
    }
    await expect(startTestEngine(services, broken)).rejects.toThrow(/key values mismatch/)
  })
})
