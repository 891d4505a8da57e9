import { randomUUID } from 'node:crypto'
import { waitFor } from '@thingwire/testing'
import type { IClientOptions, MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ContractWorld,
  cut,
  inbox,
  published,
  startContractWorld,
  type WiredDevice,
} from '../../testing/contract-world.ts'

/** Topics and qualities of service of the device API, as ThingsBoard has them. */
let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

type Connected = WiredDevice & { client: MqttClient; received: ReturnType<typeof inbox> }

const connected = async (more: Record<string, unknown> = {}, options: IClientOptions = {}): Promise<Connected> => {
  const device = await world.device(more)
  const client = await world.connect({ username: device.token, ...options })
  return { ...device, client, received: inbox(client) }
}
const saveShared = ({ id }: WiredDevice, values: unknown) =>
  world.admin.post(`/api/plugins/telemetry/DEVICE/${id}/SHARED_SCOPE`, values)
const arrived = async ({ received }: Connected, count: number) => {
  await waitFor(() => received.length >= count)
  return received
}

describe('attribute requests', () => {
  test.each([
    ['v1/devices/me/attributes/request/7', 'v1/devices/me/attributes/response/7'],
    ['v2/a/req/7', 'v2/a/res/7'],
    ['v2/a/req/j/7', 'v2/a/res/j/7'],
  ])('%s is answered on %s, subscribed or not', async (topic, answer) => {
    const device = await connected()
    await saveShared(device, { limit: 5 })
    await published(device.client, topic, '{"sharedKeys":"limit"}')
    expect(await arrived(device, 1)).toEqual([{ topic: answer, body: '{"shared":{"limit":5}}', qos: 1 }])
  })

  test('the answer takes the quality of service of the subscription', async () => {
    const device = await connected()
    await device.client.subscribeAsync('v1/devices/me/attributes/response/+', { qos: 0 })
    await published(device.client, 'v1/devices/me/attributes/request/1', '{}')
    expect(await arrived(device, 1)).toEqual([{ topic: 'v1/devices/me/attributes/response/1', body: '{}', qos: 0 }])
  })

  test('a scope that was not asked for is left out, an empty one too', async () => {
    const device = await connected()
    await published(device.client, 'v1/devices/me/attributes', '{"own":1}')
    await saveShared(device, { shared: 2 })
    await waitFor(async () => {
      const { body } = await world.admin.get(device.values('values/attributes/CLIENT_SCOPE?keys=own'))
      return Array.isArray(body) && body.length === 1
    })
    const ask = (body: string) => published(device.client, 'v2/a/req/1', body)
    for (const body of ['{}', '{"clientKeys":"own"}', '{"clientKeys":"none","sharedKeys":"shared,none"}'])
      await ask(body)
    expect((await arrived(device, 3)).map(({ body }) => JSON.parse(body))).toEqual([
      { client: { own: 1 }, shared: { shared: 2 } },
      { client: { own: 1 } },
      { shared: { shared: 2 } },
    ])
  })
})

describe('updates and commands', () => {
  test.each([0, 1] as const)('come with quality of service %i when they were subscribed with it', async (qos) => {
    const device = await connected()
    await device.client.subscribeAsync(['v1/devices/me/attributes', 'v1/devices/me/rpc/request/+'], { qos })
    await saveShared(device, { limit: 1 })
    await arrived(device, 1)
    await world.admin.post(`/api/rpc/oneway/${device.id}`, { method: 'm', params: null })
    expect(await arrived(device, 2)).toEqual([
      { topic: 'v1/devices/me/attributes', body: '{"limit":1}', qos },
      { topic: 'v1/devices/me/rpc/request/0', body: '{"method":"m","params":null}', qos },
    ])
  })

  test.each([
    ['v2/r/req/+', 'v2/r/req/', 'v2/r/res/'],
    ['v2/r/req/j/+', 'v2/r/req/j/', 'v2/r/res/j/'],
  ])('a command comes by %s and is answered by its counterpart', async (filter, request, response) => {
    const device = await connected()
    await device.client.subscribeAsync(filter, { qos: 1 })
    const answer = world.admin.post(`/api/rpc/twoway/${device.id}`, { method: 'm', params: 1 })
    const [command] = await arrived(device, 1)
    expect(command?.topic).toMatch(new RegExp(`^${request}\\d+$`))
    await published(device.client, `${response}${command?.topic.split('/').at(-1)}`, '{"ok":true}')
    expect(await answer).toMatchObject({ status: 200, body: { ok: true } })
  })

  test('the last filter that was subscribed decides where commands go; without one they wait', async () => {
    const device = await connected()
    const { client } = device
    const send = () => world.admin.post(`/api/rpc/oneway/${device.id}`, { method: 'm', params: 1, timeout: 10_000 })
    await client.subscribeAsync('v1/devices/me/rpc/request/+')
    await client.subscribeAsync('v2/r/req/+')
    await send()
    await client.unsubscribeAsync('v2/r/req/+')
    await send()
    await client.unsubscribeAsync('v1/devices/me/rpc/request/+')
    const waiting = send()
    await waitFor(async () => (await world.services.redis.exists(`tw:rpc:${device.id}`)) === 1)
    expect((await arrived(device, 2)).map(({ topic }) => topic.replace(/\d+$/, ''))).toEqual([
      'v2/r/req/',
      'v1/devices/me/rpc/request/',
    ])
    await client.subscribeAsync('v2/r/req/j/+')
    expect((await waiting).status).toBe(200)
    expect((await arrived(device, 3))[2]?.topic).toMatch(/^v2\/r\/req\/j\//)
  })
})

describe('requests to the server', () => {
  test.each([
    ['v1/devices/me/rpc/request/3', 'v1/devices/me/rpc/response/3'],
    ['v2/r/req/3', 'v2/r/res/3'],
    ['v2/r/req/j/3', 'v2/r/res/j/3'],
  ])('%s is answered on %s', async (topic, answer) => {
    const device = await connected()
    await published(device.client, topic, '{"method":"getSessionLimits"}')
    const [reply] = await arrived(device, 1)
    expect(reply).toMatchObject({ topic: answer, qos: 1 })
    expect(JSON.parse(reply?.body ?? '')).toEqual({
      maxPayloadSize: 65_536,
      maxInflightMessages: 100,
      rateLimits: { messages: null, telemetryMessages: null, telemetryDataPoints: null },
    })
  })
})

describe('packages', () => {
  test.each(['fw', 'sw'])('an error of %s is told on v2/fw/error, and the connection ends', async (kind) => {
    const { client, received } = await connected()
    await client.subscribeAsync(['v2/fw/error', 'v2/sw/error'], { qos: 1 })
    client.publish(`v2/${kind}/request/1/chunk/0`, '100', { qos: 1 })
    await cut(client)
    expect(received).toMatchObject([{ topic: 'v2/fw/error', body: 'NOT_FOUND' }])
  })
})

test('a device that goes without a goodbye is gone: its commands wait for it', async () => {
  const device = await connected()
  const { client } = device
  await client.subscribeAsync('v1/devices/me/rpc/request/+', { qos: 1 })
  client.stream.destroy()
  await waitFor(async () => {
    const { body } = await world.admin.get(device.values('values/attributes/SERVER_SCOPE?keys=lastDisconnectTime'))
    return Array.isArray(body) && body.length === 1
  })
  const sent = world.admin.post(`/api/rpc/oneway/${device.id}`, { method: 'later', params: 1, timeout: 10_000 })
  await waitFor(async () => (await world.services.redis.exists(`tw:rpc:${device.id}`)) === 1)
  const again = await world.connect({ username: device.token })
  const received = inbox(again)
  await again.subscribeAsync('v1/devices/me/rpc/request/+', { qos: 1 })
  expect((await sent).status).toBe(200)
  expect(received).toMatchObject([{ body: '{"method":"later","params":1}' }])
})

describe('a profile of another transport', () => {
  test.each([
    [4, 3],
    [5, 0x88],
  ] as const)('is refused by version %i with %i', async (protocolVersion, code) => {
    const name = `CoAP ${randomUUID()}`
    const profile = await world.admin.post('/api/deviceProfile', { name, transportType: 'COAP' })
    const device = await world.device({ deviceProfileId: (profile.body as { id: unknown }).id })
    await expect(world.connect({ username: device.token, protocolVersion })).rejects.toMatchObject({ code })
  })
})

describe('a device that makes itself a gateway', () => {
  test('may speak for others at once', async () => {
    const key = randomUUID()
    const provisionConfiguration = { type: 'ALLOW_CREATE_NEW_DEVICES', provisionDeviceSecret: 'secret' }
    const saved = await world.admin.post('/api/deviceProfile', {
      name: `Gateways ${key}`,
      provisionType: 'ALLOW_CREATE_NEW_DEVICES',
      provisionDeviceKey: key,
      profileData: { provisionConfiguration },
    })
    expect(saved.status).toBe(200)
    const client = await world.connect({ clientId: 'provision' })
    const received = inbox(client)
    await client.subscribeAsync('/provision/response', { qos: 1 })
    const request = { provisionDeviceKey: key, provisionDeviceSecret: 'secret', gateway: true, token: key }
    await published(client, '/provision/request', JSON.stringify(request))
    await waitFor(() => received.length === 1)
    const gateway = await world.connect({ username: key })
    const name = `Behind ${key}`
    expect(await published(gateway, 'v1/gateway/connect', JSON.stringify({ device: name }))).toBe('acknowledged')
    const found = await world.admin.get(`/api/tenant/devices?deviceName=${encodeURIComponent(name)}`)
    expect(found).toMatchObject({ status: 200, body: { name, type: 'default' } })
  })
})

describe('a profile of Protobuf', () => {
  const profileWith = async (more: object) => {
    const transportPayloadTypeConfiguration = { transportPayloadType: 'PROTOBUF', ...more }
    const saved = await world.admin.post('/api/deviceProfile', {
      name: `Protobuf ${randomUUID()}`,
      transportType: 'MQTT',
      profileData: { transportConfiguration: { type: 'MQTT', transportPayloadTypeConfiguration } },
    })
    expect(saved.status).toBe(200)
    return (saved.body as { id: unknown }).id
  }

  test('closes what comes in it by 3.1.1, what a gateway says included', async () => {
    const deviceProfileId = await profileWith({})
    for (const topic of ['v1/devices/me/telemetry', 'v1/devices/me/rpc/request/1', 'v1/gateway/connect']) {
      const { client } = await connected({ deviceProfileId, additionalInfo: { gateway: true } })
      expect(await published(client, topic, '{"device":"x"}')).toBe('cut')
    }
  })

  test('that takes JSON beside it, both ways, is served with JSON', async () => {
    const deviceProfileId = await profileWith({
      enableCompatibilityWithJsonPayloadFormat: true,
      useJsonPayloadFormatForDefaultDownlinkTopics: true,
    })
    const device = await connected({ deviceProfileId })
    expect(await published(device.client, 'v1/devices/me/telemetry', '{"a":1}')).toBe('acknowledged')
    await device.client.subscribeAsync('v1/devices/me/attributes')
    await saveShared(device, { limit: 1 })
    expect(await arrived(device, 1)).toMatchObject([{ body: '{"limit":1}' }])
  })

  test('does not concern the HTTP API, which is JSON', async () => {
    const device = await world.device({ deviceProfileId: await profileWith({}) })
    const url = `${world.base}/api/v1/${device.token}/telemetry`
    expect((await fetch(url, { method: 'POST', body: '{"a":1}' })).status).toBe(200)
  })
})
