import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect as connectTcp, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { waitFor } from '@thingwire/testing'
import { generate } from 'mqtt-packet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testCertificate } from '../../../testing/certificates.ts'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../../../testing/test-engine.ts'

let services: TestServices
let folder: string
const server = testCertificate({ name: 'localhost', hosts: ['localhost'] })
beforeAll(async () => {
  services = await startTestServices()
  folder = await mkdtemp(join(tmpdir(), 'limits-'))
  await writeFile(join(folder, 'cert.pem'), server.cert)
  await writeFile(join(folder, 'key.pem'), server.key)
})
afterAll(async () => {
  await services[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const start = (env: Record<string, string>) =>
  startTestEngine(services, {
    ENGINE_ROLES: 'gateway',
    MQTT_TLS_PORT: '0',
    MQTT_TLS_CERT: join(folder, 'cert.pem'),
    MQTT_TLS_KEY: join(folder, 'key.pem'),
    ...env,
  })

const hello = (username: string, version: 4 | 5 = 5) =>
  generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: version,
    clean: true,
    clientId: `c-${randomUUID()}`,
    username,
  })
const publish = generate(
  {
    cmd: 'publish',
    topic: 'v1/devices/me/telemetry',
    payload: '{"a":1}',
    qos: 1,
    messageId: 7,
    dup: false,
    retain: false,
  },
  { protocolVersion: 5 },
)

/** A socket that collects what it is told. */
const dial = async (port: number | undefined, options: { isTls?: boolean; address?: string } = {}) => {
  const raw = connectTcp({
    port: port ?? 0,
    host: '127.0.0.1',
    ...(options.address && { localAddress: options.address }),
  })
  raw.on('error', () => {})
  await once(raw, 'connect')
  return { raw, ...listen(raw) }
}
const listen = (socket: Socket) => {
  let heard = Buffer.alloc(0)
  let isClosed = false
  socket.on('data', (chunk: Buffer) => {
    heard = Buffer.concat([heard, chunk])
  })
  socket.once('close', () => {
    isClosed = true
  })
  return {
    heard: () => heard,
    isClosed: () => isClosed,
    /** The reason or return code of CONNACK; null: closed without one. */
    connack: async () => {
      await waitFor(() => heard.length >= 4 || isClosed)
      return heard[0] === 0x20 ? (heard[3] ?? null) : null
    },
    closed: () => waitFor(() => isClosed),
  }
}

const device = async () => {
  const accessToken = randomUUID()
  await services.db.devices.save(services.tenant.scope, { name: accessToken }, { accessToken })
  return accessToken
}
const figure = async (engine: TestEngine, name: 'strangers' | 'connections') =>
  (await engine.engine.metrics[name].get()).values[0]?.value ?? 0
const refusals = async (engine: TestEngine, reason: string) =>
  (await engine.engine.metrics.addressRefusals.get()).values.find(({ labels }) => labels.reason === reason)?.value ?? 0

describe('behind a proxy that speaks the PROXY protocol', () => {
  const text = (address: string) => Buffer.from(`PROXY TCP4 ${address} 10.0.0.1 40000 1883\r\n`)
  const binary = (address: string) =>
    Buffer.concat([
      Buffer.from('0d0a0d0a000d0a515549540a2111000c', 'hex'),
      Buffer.from(address.split('.').map(Number)),
      Buffer.from([10, 0, 0, 1, 0x9c, 0x40, 0x07, 0x5b]),
    ])

  test.each([
    ['1', text],
    ['2', binary],
  ])('version %s: the address is the one of the header, however it is cut', async (_version, header) => {
    await using engine = await start({ MQTT_PROXY_PROTOCOL: '1', DEVICE_CONNECTIONS_PER_ADDRESS: '1' })
    const whole = await dial(engine.ports.mqtt)
    whole.raw.write(Buffer.concat([header('192.0.2.1'), hello(await device()), publish]))
    expect(await whole.connack()).toBe(0)
    await waitFor(() => whole.heard().includes(Buffer.from([0x40])))
    const slow = await dial(engine.ports.mqtt)
    for (const byte of Buffer.concat([header('192.0.2.2'), hello(await device())])) {
      slow.raw.write(Buffer.from([byte]))
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await slow.connack()).toBe(0)
    const second = await dial(engine.ports.mqtt)
    second.raw.write(Buffer.concat([header('192.0.2.1'), hello(await device())]))
    expect(await second.connack()).toBe(0x9f)
    for (const { raw } of [whole, slow, second]) raw.destroy()
    await waitFor(async () => (await figure(engine, 'connections')) === 0)
  })

  test.each([
    ['1', text],
    ['2', binary],
  ])('version %s stands before the TLS handshake', async (_version, header) => {
    await using engine = await start({ MQTT_PROXY_PROTOCOL: '1', DEVICE_CONNECTIONS_PER_ADDRESS: '1' })
    const connect = async (address: string) => {
      const { raw } = await dial(engine.ports.mqtts)
      raw.removeAllListeners('data')
      raw.pause()
      raw.write(header(address))
      const secure = connectTls({ socket: raw, ca: server.cert, servername: 'localhost' })
      secure.on('error', () => {})
      const listening = listen(secure)
      secure.write(hello(await device()))
      return { secure, code: await listening.connack() }
    }
    const one = await connect('192.0.2.1')
    const two = await connect('192.0.2.2')
    const again = await connect('192.0.2.1')
    expect([one.code, two.code, again.code]).toEqual([0, 0, 0x9f])
    for (const { secure } of [one, two, again]) secure.destroy()
    await waitFor(async () => (await figure(engine, 'strangers')) === 0)
  })

  test('a connection without a header, or with a broken one, is closed; a silent one is cut in time', async () => {
    await using engine = await start({ MQTT_PROXY_PROTOCOL: '1', DEVICE_CONNECT_TIMEOUT_MS: '700' })
    const plain = await dial(engine.ports.mqtt)
    plain.raw.write(hello(services.tenant.token))
    const broken = await dial(engine.ports.mqtts)
    broken.raw.write('PROXY TCP4 x y 1 2\r\n')
    const [silent, half] = [await dial(engine.ports.mqtt), await dial(engine.ports.mqtts)]
    half.raw.write('PROXY TCP4 192.0')
    for (const { closed, heard } of [plain, broken, silent, half]) {
      await closed()
      expect(heard().length).toBe(0)
    }
    await waitFor(async () => (await figure(engine, 'strangers')) === 0)
  })

  test('a header counts from trusted proxies alone, when there is a list of them', async () => {
    await using engine = await start({ MQTT_PROXY_PROTOCOL: '1', TRUSTED_PROXIES: '127.0.0.2' })
    const stranger = await dial(engine.ports.mqtt)
    stranger.raw.write(Buffer.concat([text('192.0.2.1'), hello(services.tenant.token)]))
    await stranger.closed()
    const direct = await dial(engine.ports.mqtt)
    direct.raw.write(hello(services.tenant.token))
    expect(await direct.connack()).toBe(0)
    const proxied = await dial(engine.ports.mqtt, { address: '127.0.0.2' })
    proxied.raw.write(Buffer.concat([text('192.0.2.1'), hello(await device())]))
    expect(await proxied.connack()).toBe(0)
    for (const { raw } of [direct, proxied]) raw.destroy()
  })
})

describe('limits on strangers', () => {
  test('CONNECT byte by byte is cut in time; who is in stays, and goes on meanwhile', async () => {
    await using engine = await start({ DEVICE_CONNECT_TIMEOUT_MS: '800' })
    const healthy = await dial(engine.ports.mqtt)
    healthy.raw.write(hello(services.tenant.token))
    expect(await healthy.connack()).toBe(0)
    const slow = await Promise.all(Array.from({ length: 50 }, () => dial(engine.ports.mqtt)))
    const bytes = hello('x'.repeat(2_000))
    let at = 0
    const dripping = setInterval(() => {
      for (const { raw } of slow) if (raw.writable) raw.write(bytes.subarray(at, at + 1))
      at++
      healthy.raw.write(publish)
    }, 20)
    const started = performance.now()
    for (const { closed } of slow) await closed()
    clearInterval(dripping)
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(healthy.isClosed()).toBe(false)
    await waitFor(() => healthy.heard().length > 4 + 10 * 4)
    healthy.raw.destroy()
    await waitFor(async () => (await figure(engine, 'strangers')) === 0)
    expect(await refusals(engine, 'timeout')).toBeGreaterThanOrEqual(50)
  })

  test('more than fit are closed at once, those of another address are not, and room comes back', async () => {
    await using engine = await start({ DEVICE_STRANGERS_PER_ADDRESS: '5', DEVICE_STRANGERS_MAX: '8' })
    const strangers = [await dial(engine.ports.mqtt)]
    for (let n = 1; n < 5; n++) strangers.push(await dial(n % 2 ? engine.ports.mqtts : engine.ports.mqtt))
    const sixth = await dial(engine.ports.mqtt)
    await sixth.closed()
    expect(await refusals(engine, 'address-strangers')).toBe(1)
    const others = []
    for (let n = 0; n < 3; n++) others.push(await dial(engine.ports.mqtt, { address: '127.0.0.2' }))
    others[0]?.raw.write(hello(services.tenant.token))
    expect(await others[0]?.connack()).toBe(0)
    // One of the eight is known now.
    const eighth = await dial(engine.ports.mqtt, { address: '127.0.0.3' })
    const ninth = await dial(engine.ports.mqtt, { address: '127.0.0.4' })
    await ninth.closed()
    expect(await refusals(engine, 'strangers')).toBe(1)
    for (const { raw } of [...strangers, ...others, eighth]) raw.destroy()
    await waitFor(async () => (await figure(engine, 'strangers')) === 0)
    const after = await dial(engine.ports.mqtt)
    after.raw.write(hello(services.tenant.token))
    expect(await after.connack()).toBe(0)
    after.raw.destroy()
  })

  test('one that waits for its credentials is a stranger, but not cut', async () => {
    await using engine = await start({ DEVICE_CONNECT_TIMEOUT_MS: '300' })
    const waiting = await dial(engine.ports.mqtt)
    waiting.raw.write(hello('provision'))
    expect(await waiting.connack()).toBe(0)
    const silent = await dial(engine.ports.mqtt)
    await silent.closed()
    expect(waiting.isClosed()).toBe(false)
    expect(await figure(engine, 'strangers')).toBe(1)
    waiting.raw.destroy()
    await waitFor(async () => (await figure(engine, 'strangers')) === 0)
  })
})

describe('limits by address', () => {
  test.each([
    [4, 3],
    [5, 0x9f],
  ] as const)('too many connection attempts: protocol level %i is told %i', async (version, code) => {
    await using engine = await start({ DEVICE_CONNECT_RATE_PER_ADDRESS: '3:3600' })
    const codes = []
    for (let n = 0; n < 5; n++) {
      const { raw, connack } = await dial(engine.ports.mqtt)
      raw.write(hello(services.tenant.token, version))
      codes.push(await connack())
      raw.destroy()
    }
    expect(codes).toEqual([0, 0, 0, code, code])
    expect(await refusals(engine, 'rate')).toBe(2)
  })

  test('after too many wrong credentials nothing of the address is heard, by any transport, until the ban is over', async () => {
    await using engine = await start({ DEVICE_BAN_FAILURES: '3', DEVICE_BAN_MS: '2000' })
    const post = (token: string) =>
      fetch(`http://127.0.0.1:${engine.ports.http}/api/v1/${token}/telemetry`, { method: 'POST', body: '{"a":1}' })
    const provision = () =>
      fetch(`http://127.0.0.1:${engine.ports.http}/api/v1/provision`, {
        method: 'POST',
        body: '{"provisionDeviceKey":"none","provisionDeviceSecret":"none"}',
      })
    const mqtt = async (token: string, address = '127.0.0.1') => {
      const { raw, connack } = await dial(engine.ports.mqtt, { address })
      raw.write(hello(token))
      const code = await connack()
      raw.destroy()
      return code
    }
    const known = await dial(engine.ports.mqtt)
    known.raw.write(hello(await device()))
    expect(await known.connack()).toBe(0)
    expect((await post('wrong')).status).toBe(401)
    expect(await (await provision()).json()).toMatchObject({ status: 'NOT_FOUND' })
    expect((await post(services.tenant.token)).status).toBe(200)
    expect(await mqtt('wrong')).toBe(0x86)
    expect((await post(services.tenant.token)).status).toBe(429)
    expect((await provision()).status).toBe(429)
    expect(await mqtt(services.tenant.token)).toBe(0x9f)
    // Who is in already, and other addresses, have done nothing.
    known.raw.write(publish)
    await waitFor(() => known.heard().includes(0x40))
    expect(await mqtt(services.tenant.token, '127.0.0.2')).toBe(0)
    expect(await refusals(engine, 'banned')).toBeGreaterThanOrEqual(3)
    await waitFor(async () => (await post(services.tenant.token)).status === 200)
    known.raw.destroy()
  })

  test('too many provision requests are refused', async () => {
    await using engine = await start({ DEVICE_PROVISION_RATE_PER_ADDRESS: '2:3600' })
    const statuses = []
    for (let n = 0; n < 3; n++) {
      const request = { method: 'POST', body: '{"provisionDeviceKey":"none","provisionDeviceSecret":"none"}' }
      statuses.push((await fetch(`http://127.0.0.1:${engine.ports.http}/api/v1/provision`, request)).status)
    }
    expect(statuses).toEqual([200, 200, 429])
    expect(await refusals(engine, 'provision-rate')).toBe(1)
  })

  test('with the defaults a thousand reconnect at once from one address', async () => {
    await using engine = await start({})
    // Each a device of its own: the newest session of one device ends the others, some before they are told that they are in.
    const tokens: string[] = []
    for (let some = 0; some < 20; some++) tokens.push(...(await Promise.all(Array.from({ length: 50 }, device))))
    const clients = await Promise.all(
      tokens.map(async (token) => {
        const client = await dial(engine.ports.mqtt)
        client.raw.write(hello(token))
        return client
      }),
    )
    const codes = await Promise.all(clients.map(({ connack }) => connack()))
    expect([...new Set(codes)]).toEqual([0])
    for (const { raw } of clients) raw.destroy()
    await waitFor(async () => (await figure(engine, 'connections')) === 0)
  })
})
