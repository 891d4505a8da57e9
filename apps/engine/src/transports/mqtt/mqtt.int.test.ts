import { once } from 'node:events'
import { connect as connectSocket, type Socket } from 'node:net'
import { entityId, saveDeviceProfileSchema } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../../testing/test-engine.ts'

const open = (port: number | undefined, options: IClientOptions): Promise<MqttClient> =>
  mqtt.connectAsync(
    `mqtt://127.0.0.1:${port}`,
    {
      protocolVersion: 4,
      reconnectPeriod: 0,
      ...(options.protocolVersion === 3 && { protocolId: 'MQIsdp' }),
      ...options,
    },
    false,
  )

const closed = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', () => resolve()))

describe('the device MQTT API', () => {
  let services: TestServices
  let engine: TestEngine
  beforeAll(async () => {
    services = await startTestServices()
    engine = await startTestEngine(services)
  })
  afterAll(async () => {
    await engine[Symbol.asyncDispose]()
    await services[Symbol.asyncDispose]()
  })

  const device = (options: IClientOptions = {}) =>
    open(engine.ports.mqtt, { username: services.tenant.token, ...options })

  test.each([
    [{ clientId: 'c' }, 2],
    [{ clientId: 'c', username: 'nobody' }, 5],
    [{ clientId: 'c', username: 'nobody', password: 'x' }, 5],
  ])('refuses %o with CONNACK code %i', async (options, code) => {
    await expect(open(engine.ports.mqtt, options)).rejects.toMatchObject({ code })
  })

  test.each([
    [{ clientId: 'c' }, 0x85],
    [{ clientId: 'c', username: 'nobody' }, 0x86],
    [{ clientId: '', username: 'nobody', password: 'x' }, 0x87],
  ])('refuses %o of version 5 with reason code %i', async (options, code) => {
    await expect(open(engine.ports.mqtt, { protocolVersion: 5, ...options })).rejects.toMatchObject({ code })
  })

  test.each([3, 4, 5] as const)('serves protocol level %i with each quality of service', async (protocolVersion) => {
    const client = await device({ protocolVersion })
    for (const qos of [0, 1, 2] as const) await client.publishAsync('v2/t', `{"l${protocolVersion}q${qos}":1}`, { qos })
    const id = entityId('DEVICE', services.tenant.device.id.id)
    const keys = [0, 1, 2].map((qos) => `l${protocolVersion}q${qos}`)
    await waitFor(async () => (await services.db.telemetry.latest(services.tenant.scope, id, keys)).length === 3)
    await client.endAsync()
  })

  test('a client of version 5 is told what became of its publish, and stays', async () => {
    const client = await device({ protocolVersion: 5 })
    const reasonOf = async (topic: string, body: string) =>
      client.publishAsync(topic, body, { qos: 1 }).then(
        () => 0,
        (error: { code?: number }) => error.code,
      )
    expect(await reasonOf('some/other/topic', '{}')).toBe(0x90)
    expect(await reasonOf('v1/devices/me/telemetry', '{')).toBe(0x99)
    expect(await reasonOf('v1/devices/me/attributes/request/1', '[]')).toBe(0x99)
    expect(await reasonOf('v1/devices/me/rpc/request/1', '{}')).toBe(0x99)
    for (const topic of ['v2/t/p', 'v2/a/req/p/1', 'v2/r/req/p/1', 'v2/r/res/p/1'])
      expect(await reasonOf(topic, '{"a":1}')).toBe(0x99)
    expect(await reasonOf('v1/devices/me/telemetry', '{"still":1}')).toBe(0)
    await client.endAsync()
  })

  test('a client of version 5 may use topic aliases, user properties and a content type', async () => {
    const client = await device({ protocolVersion: 5 })
    const properties = { topicAlias: 1, contentType: 'application/json', userProperties: { site: 'north' } }
    await client.publishAsync('v1/devices/me/telemetry', '{"aliasOne":1}', { qos: 1, properties })
    await client.publishAsync('', '{"aliasTwo":2}', { qos: 1, properties: { topicAlias: 1 } })
    const id = entityId('DEVICE', services.tenant.device.id.id)
    await waitFor(async () => {
      const latest = await services.db.telemetry.latest(services.tenant.scope, id, ['aliasOne', 'aliasTwo'])
      return latest.length === 2
    })
    await client.endAsync()
  })

  test.each([
    ['another session takes its place', 0x8e],
    ['its device gets other credentials', 0x98],
    ['there is no firmware for it', 0x83],
  ])('a client of version 5 is told that %s', async (_why, reasonCode) => {
    const client = await device({ protocolVersion: 5 })
    client.on('error', () => {})
    const told = new Promise((resolve) => client.once('disconnect', ({ reasonCode: code }) => resolve(code)))
    const { tenantId, scope, device: target } = services.tenant
    if (reasonCode === 0x8e) await (await device()).endAsync()
    if (reasonCode === 0x83) client.publish('v2/fw/request/1/chunk/0', '', { qos: 0 })
    if (reasonCode === 0x98) {
      const credentials = await services.db.credentials.findByDevice(scope, target.id.id)
      if (!credentials) throw new Error('The device has no credentials')
      const change = async (credentialsId: string) => {
        await services.db.credentials.save(scope, { ...credentials, credentialsId })
        await services.redis.publish('tw:invalidate', JSON.stringify({ kind: 'device', tenantId, id: target.id.id }))
      }
      await change('for-a-moment')
      expect(await told).toBe(reasonCode)
      const current = await services.db.credentials.findByDevice(scope, target.id.id)
      if (current) await services.db.credentials.save(scope, { ...current, credentialsId: credentials.credentialsId })
      await services.redis.publish('tw:invalidate', JSON.stringify({ kind: 'device', tenantId, id: target.id.id }))
      await waitFor(async () => {
        const again = await device().catch(() => null)
        await again?.endAsync()
        return again !== null
      })
    }
    expect(await told).toBe(reasonCode)
  })

  test('grants only the filters of the device API, with at most QoS 1', async () => {
    const client = await device()
    const granted = async (filter: string) => {
      const grants = await client.subscribeAsync(filter, { qos: 2 }).catch(() => [])
      return grants[0]?.qos
    }
    expect(await granted('v1/devices/me/attributes')).toBe(1)
    expect(await granted('#')).not.toBe(1)
    expect(await granted('v1/devices/me/telemetry')).not.toBe(1)
    await client.endAsync()
  })

  test('tells a client of version 5 which filters are not there', async () => {
    const client = await device({ protocolVersion: 5 })
    const refused = client.subscribeAsync(['v1/devices/me/attributes', '#', '$share/g/v2/a'], { qos: 2 })
    await expect(refused).rejects.toMatchObject({ packet: { granted: [1, 0x8f, 0x9e] } })
    await client.endAsync()
  })

  test('the last filter that a device asked for decides where its updates go, and takes turns with the one before', async () => {
    const client = await device()
    const received: string[] = []
    client.on('message', (topic) => received.push(topic))
    const { tenantId, device: target } = services.tenant
    const update = async () => {
      const before = received.length
      const downlink = { tenantId, deviceId: target.id.id, scope: 'SHARED_SCOPE', values: { limit: before } }
      await services.redis.publish('tw:downlink', JSON.stringify(downlink))
      await waitFor(() => received.length > before)
      return received.at(-1)
    }
    await client.subscribeAsync('v1/devices/me/attributes')
    await client.subscribeAsync('v2/a/j')
    expect(await update()).toBe('v2/a/j')
    await client.unsubscribeAsync('v2/a/j')
    expect(await update()).toBe('v1/devices/me/attributes')
    await client.subscribeAsync('v2/a')
    await client.subscribeAsync('v1/devices/me/attributes')
    expect(await update()).toBe('v1/devices/me/attributes')
    expect(received).toHaveLength(3)
    await client.endAsync()
  })

  test('never hands a device what another one publishes', async () => {
    const listener = await device()
    const received: string[] = []
    listener.on('message', (topic) => received.push(topic))
    await listener.subscribeAsync(['v1/devices/me/attributes', '#', 'v1/devices/me/telemetry']).catch(() => {})
    const other = await open(engine.ports.mqtt, { username: services.tenant.customerToken })
    await other.publishAsync('v1/devices/me/attributes', '{"secret":1}', { qos: 1, retain: true })
    await other.publishAsync('v1/devices/me/telemetry', '{"secret":1}', { qos: 1 })
    // The shared update is the proof that messages do reach the listener.
    const { tenantId, device: target } = services.tenant
    const downlink = { tenantId, deviceId: target.id.id, scope: 'SHARED_SCOPE', values: { limit: 1 } }
    await services.redis.publish('tw:downlink', JSON.stringify(downlink))
    await waitFor(() => received.length > 0)
    expect(received).toEqual(['v1/devices/me/attributes'])
    await Promise.all([listener.endAsync(), other.endAsync()])
  })

  test('the newest session of a device wins', async () => {
    const first = await device({ clientId: 'one' })
    const firstClosed = closed(first)
    const second = await device({ clientId: 'two' })
    await firstClosed
    await second.publishAsync('v1/devices/me/telemetry', '{"a":1}', { qos: 1 })
    await second.endAsync()
  })

  test('two devices may use the same client id', async () => {
    const one = await device({ clientId: 'same' })
    const two = await open(engine.ports.mqtt, { clientId: 'same', username: services.tenant.customerToken })
    await one.publishAsync('v1/devices/me/telemetry', '{"a":1}', { qos: 1 })
    await two.publishAsync('v1/devices/me/telemetry', '{"a":1}', { qos: 1 })
    await Promise.all([one.endAsync(), two.endAsync()])
  })

  test('acknowledges a topic outside the device API and ignores it', async () => {
    const client = await device()
    await client.publishAsync('some/other/topic', '{"ignored":1}', { qos: 1 })
    await client.publishAsync('v1/devices/me/telemetry', '{"kept":1}', { qos: 1 })
    await client.endAsync()
  })

  test('QoS 0 and QoS 2 arrive too', async () => {
    const client = await device()
    await client.publishAsync('v1/devices/me/telemetry', '{"qos0":1}', { qos: 0 })
    await client.publishAsync('v1/devices/me/telemetry', '{"qos2":1}', { qos: 2 })
    const id = entityId('DEVICE', services.tenant.device.id.id)
    await waitFor(async () => {
      const latest = await services.db.telemetry.latest(services.tenant.scope, id, ['qos0', 'qos2'])
      return latest.length === 2
    })
    await client.endAsync()
  })

  test('many publishes in flight of one connection share batches', async () => {
    const client = await device()
    const before = await batches(engine)
    await Promise.all(
      Array.from({ length: 500 }, (_, n) => client.publishAsync('v1/devices/me/telemetry', `{"n":${n}}`, { qos: 1 })),
    )
    expect((await batches(engine)) - before).toBeLessThan(100)
    await client.endAsync()
  })

  test('an announced packet beyond the limit closes the connection before it is received', async () => {
    const socket = await rawConnection(engine.ports.mqtt ?? 0, services.tenant.token)
    const cutOff = once(socket, 'close')
    // PUBLISH with a remaining length of 268,435,455: only its header is ever sent.
    socket.write(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f, 0x00]))
    socket.write(Buffer.alloc(1_000))
    await cutOff
  })

  test('a changed token ends the session, and a new one works at once', async () => {
    const client = await open(engine.ports.mqtt, { username: services.tenant.customerToken })
    const sessionEnded = closed(client)
    const { scope, tenantId, customerDevice } = services.tenant
    const credentials = await services.db.credentials.findByDevice(scope, customerDevice.id.id)
    if (!credentials) throw new Error('The device has no credentials')
    await services.db.credentials.save(scope, { ...credentials, credentialsId: 'renewed-token' })
    const event = { kind: 'device', tenantId, id: customerDevice.id.id }
    await services.redis.publish('tw:invalidate', JSON.stringify(event))
    await sessionEnded
    await expect(open(engine.ports.mqtt, { username: services.tenant.customerToken })).rejects.toMatchObject({
      code: 5,
    })
    const renewed = await open(engine.ports.mqtt, { username: 'renewed-token' })
    await renewed.endAsync()
  })
})

test('messages of devices with a profile of MQTT say on which topic they came', async () => {
  await using services = await startTestServices()
  await using engine = await startTestEngine(services, { ENGINE_ROLES: 'gateway' })
  const { scope, device, token, customerToken } = services.tenant
  const profile = await services.db.deviceProfiles.save(
    scope,
    saveDeviceProfileSchema.parse({
      name: 'Topics',
      transportType: 'MQTT',
      profileData: { transportConfiguration: { type: 'MQTT', deviceTelemetryTopic: 'a/+/t' } },
    }),
  )
  await services.db.devices.save(scope, { id: device.id, name: device.name, deviceProfileId: profile.id })
  const client = await open(engine.ports.mqtt, { username: token })
  await client.publishAsync('a/x/t', '{"own":1}', { qos: 1 })
  await client.publishAsync('v2/a', '{"short":1}', { qos: 1 })
  const other = await open(engine.ports.mqtt, { username: customerToken })
  await other.publishAsync('v2/t', '{"plain":1}', { qos: 1 })
  // Nobody takes the messages out: they are looked at where they wait.
  const jobs = await waitingJobs(services)
  expect(jobs.length).toBeGreaterThan(0)
  const topicsOf = (key: string) =>
    jobs
      .filter((job) => job.includes(key))
      .map((job) => [...job.matchAll(/mqttTopic\W+([\w/]+)/g)].map(([, topic]) => topic))
  expect(topicsOf('own')).toEqual([['a/x/t']])
  expect(topicsOf('short')).toEqual([['v2/a']])
  expect(topicsOf('plain')).toEqual([[]])
  await Promise.all([client.endAsync(), other.endAsync()])
})

/** The data of the jobs in all queues, as text. */
const waitingJobs = async ({ redis }: TestServices): Promise<string[]> => {
  const keys = await redis.keys('*')
  const found = await Promise.all(
    keys.map(async (key) => ((await redis.type(key)) === 'hash' ? redis.hget(key, 'data') : null)),
  )
  return found.filter((data) => data !== null)
}

test('while the queue is away nothing is acknowledged, and afterwards everything is', async () => {
  await using services = await startTestServices()
  await using engine = await startTestEngine(services)
  const client = await open(engine.ports.mqtt, { username: services.tenant.token })
  process.kill(services.redisPid, 'SIGSTOP')
  let acknowledged = 0
  const publishes = Array.from({ length: 50 }, (_, n) =>
    client
      .publishAsync('v1/devices/me/telemetry', `{"ts":${1_700_000_000_000 + n},"values":{"held":${n}}}`, { qos: 1 })
      .then(() => acknowledged++),
  )
  await expect(Promise.race([...publishes, new Promise((resolve) => setTimeout(resolve, 300, 'none'))])).resolves.toBe(
    'none',
  )
  expect(acknowledged).toBe(0)
  process.kill(services.redisPid, 'SIGCONT')
  await Promise.all(publishes)
  const id = entityId('DEVICE', services.tenant.device.id.id)
  await waitFor(async () => {
    const history = await services.db.telemetry.history(services.tenant.scope, {
      entityId: id,
      keys: ['held'],
      startTs: 0,
      endTs: Number.MAX_SAFE_INTEGER,
      aggregation: 'NONE',
      intervalMs: 0,
      order: 'ASC',
      limit: 100,
    })
    return history.held?.length === 50
  })
  await client.endAsync()
})

const batches = async (engine: TestEngine): Promise<number> => {
  const text = await engine.engine.metrics.registry.metrics()
  return Number(/thingwire_queue_batch_messages_count (\d+)/.exec(text)?.[1] ?? 0)
}

/** A connection that speaks for itself: CONNECT with a token, then whatever the test writes. */
const rawConnection = async (port: number, token: string): Promise<Socket> => {
  const socket = connectSocket(port, '127.0.0.1')
  await once(socket, 'connect')
  const text = (value: string) => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)])
  const body = Buffer.concat([text('MQTT'), Buffer.from([4, 0x82, 0, 60]), text('raw'), text(token)])
  socket.write(Buffer.concat([Buffer.from([0x10, body.length]), body]))
  const [answer] = await once(socket, 'data')
  expect(answer).toEqual(Buffer.from([0x20, 2, 0, 0]))
  socket.on('error', () => {})
  return socket
}
