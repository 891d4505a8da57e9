import { randomUUID } from 'node:crypto'
import { waitFor } from '@thingwire/testing'
import type { MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { coapPost } from './coap-post.ts'
import { type ContractWorld, cut, inbox, published, startContractWorld, type WiredDevice } from './contract-world.ts'

/** The checklist of the ThingsBoard contract, part one: what devices see. Real clients against a whole engine. */
let world: ContractWorld
/** Waits a minute for its answer, so that it is asked before all other things. */
let unanswered: { received: ReturnType<typeof inbox>; askedAtMs: number }

beforeAll(async () => {
  world = await startContractWorld()
  const { client } = await mqttDevice()
  unanswered = { received: inbox(client), askedAtMs: performance.now() }
  await client.subscribeAsync('v1/devices/me/rpc/response/+', { qos: 1 })
  await client.publishAsync('v1/devices/me/rpc/request/5', '{"method":"nobodyAnswers","params":{}}', { qos: 1 })
})
afterAll(() => world[Symbol.asyncDispose]())

const version5 = { protocolVersion: 5 } as const
const telemetry = 'v1/devices/me/telemetry'
const attributes = 'v1/devices/me/attributes'

const mqttDevice = async (more?: Record<string, unknown>): Promise<WiredDevice & { client: MqttClient }> => {
  const device = await world.device(more)
  return { ...device, client: await world.connect({ username: device.token }) }
}
const history = async (device: WiredDevice, key: string) =>
  (await world.admin.get(device.values(`values/timeseries?keys=${key}&startTs=0&endTs=${Date.now() + 60_000}`))).body
const isStored = (device: WiredDevice, key: string) =>
  waitFor(async () => Object.keys((await history(device, key)) as object).length > 0, { what: `${key} by REST` })

const firmware = 'What the boiler runs, in more than ten bytes.'

/** A device with a package of its own, uploaded by REST. */
const withFirmware = async () => {
  const { body } = await world.admin.get('/api/deviceProfileInfo/default')
  const deviceProfileId = (body as { id: unknown }).id
  const title = `boiler-${randomUUID()}`
  const made = await world.admin.post('/api/otaPackage', { title, version: '1', type: 'FIRMWARE', deviceProfileId })
  const firmwareId = (made.body as { id: { id: string } }).id
  const form = new FormData()
  form.append('file', new Blob([firmware]), 'boiler.bin')
  const uploaded = await fetch(`${world.base}/api/otaPackage/${firmwareId.id}?checksumAlgorithm=SHA256`, {
    method: 'POST',
    headers: { 'x-authorization': `Bearer ${world.admin.token}` },
    body: form,
  })
  expect(uploaded.status).toBe(200)
  return { title, ...(await mqttDevice({ firmwareId })) }
}

describe('MQTT', () => {
  test('1. CONNECT: a valid token gets 0, a wrong one 5, an unknown client id without a user name 2', async () => {
    const { token } = await world.device()
    for (const clean of [true, false]) {
      const client = await world.connect({ username: token, clean, clientId: `c-${randomUUID()}` })
      expect(client.connected).toBe(true)
    }
    await expect(world.connect({ username: 'wrong' })).rejects.toMatchObject({ code: 5 })
    await expect(world.connect({ clientId: 'unknown' })).rejects.toMatchObject({ code: 2 })
  })
  test('1. MQTT 5: a valid token gets 0, a wrong one 0x86, an unknown client id without a user name 0x85', async () => {
    const { token } = await world.device()
    const client = await world.connect({ ...version5, username: token })
    expect(client.connected).toBe(true)
    await expect(world.connect({ ...version5, username: 'wrong' })).rejects.toMatchObject({ code: 0x86 })
    await expect(world.connect({ ...version5, clientId: 'unknown' })).rejects.toMatchObject({ code: 0x85 })
  })

  // As MQTT says: ThingsBoard sets it whenever the session is not to be clean, though it keeps none.
  test('1. sessionPresent is set when a session was kept, and never for a clean one', async () => {
    const { token } = await world.device()
    const present = async (clean: boolean) => {
      const client = await world.connect({ username: token, clean, clientId: 'kept' })
      const connack = new Promise((resolve) => client.once('connect', resolve))
      client.reconnect()
      return connack
    }
    expect(await present(true)).toMatchObject({ sessionPresent: false })
    expect(await present(false)).toMatchObject({ sessionPresent: true })
    expect(await present(true)).toMatchObject({ sessionPresent: false })
  })

  test('2. SUBSCRIBE to everything is refused with 0x80; QoS 2 is granted as 1', async () => {
    const { client } = await mqttDevice()
    const granted: number[] = []
    client.on('packetreceive', (packet) => {
      if (packet.cmd === 'suback') granted.push(...packet.granted.map(Number))
    })
    await client.subscribeAsync('#').catch(() => {})
    await client.subscribeAsync(attributes, { qos: 2 })
    expect(granted).toEqual([0x80, 1])
  })

  test('3. telemetry with QoS 1 is acknowledged, and REST tells the latest value as text', async () => {
    const device = await mqttDevice()
    expect(await published(device.client, telemetry, '{"a":1}')).toBe('acknowledged')
    await isStored(device, 'a')
    const latest = await world.admin.get(device.values('values/timeseries?keys=a'))
    expect(latest).toMatchObject({ status: 200, body: { a: [{ ts: expect.any(Number), value: '1' }] } })
  })

  test('4. a text that looks like a number is stored as one, at the time it says', async () => {
    const device = await mqttDevice()
    await published(device.client, telemetry, '{"ts":1,"values":{"a":"007"}}')
    await isStored(device, 'a')
    const strict = await world.admin.get(device.values('values/timeseries?keys=a&useStrictDataTypes=true'))
    expect(strict.body).toEqual({ a: [{ ts: 1, value: 7 }] })
  })

  test('5. malformed JSON closes the connection without an acknowledgement', async () => {
    const { client } = await mqttDevice()
    expect(await published(client, telemetry, '{"a":')).toBe('cut')
  })
  test('5. unless the profile wants it acknowledged', async () => {
    const profile = await world.admin.post('/api/deviceProfile', {
      name: `Lenient ${randomUUID()}`,
      type: 'DEFAULT',
      transportType: 'MQTT',
      profileData: {
        configuration: { type: 'DEFAULT' },
        transportConfiguration: { type: 'MQTT', sendAckOnValidationException: true },
      },
    })
    expect(profile.status).toBe(200)
    const device = await mqttDevice({ deviceProfileId: (profile.body as { id: unknown }).id })
    for (const topic of [
      telemetry,
      attributes,
      'v1/devices/me/attributes/request/1',
      'v1/devices/me/rpc/request/1',
      'v2/t/p',
    ])
      expect(await published(device.client, topic, '{"a":')).toBe('acknowledged')
    expect(await published(device.client, telemetry, '{"a":1}')).toBe('acknowledged')
    await isStored(device, 'a')
  })
  test('5. MQTT 5: malformed JSON gets PUBACK 0x99, and the device stays connected', async () => {
    const device = await world.device()
    const client = await world.connect({ ...version5, username: device.token })
    const acks: (number | undefined)[] = []
    client.on('packetreceive', (packet) => {
      if (packet.cmd === 'puback') acks.push(packet.reasonCode)
    })
    await client.publishAsync(telemetry, '{"a":', { qos: 1 }).catch(() => {})
    expect(acks).toEqual([0x99])
    expect(await published(client, telemetry, '{"a":1}')).toBe('acknowledged')
    await isStored(device, 'a')
  })

  test('6. an unknown topic is acknowledged, and the device stays connected', async () => {
    const device = await mqttDevice()
    expect(await published(device.client, 'some/other/topic', '{"a":1}')).toBe('acknowledged')
    expect(await published(device.client, telemetry, '{"b":1}')).toBe('acknowledged')
    await isStored(device, 'b')
    expect(await history(device, 'a')).toEqual({})
  })

  test('7. a second connection with the same token closes the first', async () => {
    const first = await mqttDevice()
    const second = await world.connect({ username: first.token })
    await cut(first.client)
    expect(await published(second, telemetry, '{"a":1}')).toBe('acknowledged')
  })
  test('7. MQTT 5: the first connection is told 0x8E', async () => {
    const { token } = await world.device()
    const first = await world.connect({ ...version5, username: token })
    const told = new Promise((resolve) => first.once('disconnect', ({ reasonCode }) => resolve(reasonCode)))
    await world.connect({ ...version5, username: token })
    expect(await told).toBe(0x8e)
  })

  test('8. an attribute request for shared keys alone has no client member; with none found it is empty', async () => {
    const device = await mqttDevice()
    await world.admin.post(device.values('SHARED_SCOPE'), { limit: 5 })
    await published(device.client, attributes, '{"limit":1}')
    await waitFor(async () => {
      const { body } = await world.admin.get(device.values('values/attributes/CLIENT_SCOPE?keys=limit'))
      return Array.isArray(body) && body.length === 1
    })
    const received = inbox(device.client)
    await device.client.subscribeAsync('v1/devices/me/attributes/response/+', { qos: 1 })
    await published(device.client, `${attributes}/request/1`, '{"sharedKeys":"limit"}')
    await published(device.client, `${attributes}/request/2`, '{"sharedKeys":"none"}')
    await waitFor(() => received.length === 2)
    expect(received).toMatchObject([
      { topic: `${attributes}/response/1`, body: '{"shared":{"limit":5}}' },
      { topic: `${attributes}/response/2`, body: '{}' },
    ])
  })

  test('9. shared attributes saved or deleted by REST reach the device, those of the server do not', async () => {
    const device = await mqttDevice()
    const received = inbox(device.client)
    await device.client.subscribeAsync(attributes, { qos: 1 })
    await world.admin.post(device.values('SERVER_SCOPE'), { hidden: 1 })
    await world.admin.post(device.values('SHARED_SCOPE'), { k: 1 })
    await waitFor(() => received.length >= 1)
    await world.admin.delete(device.values('SHARED_SCOPE?keys=k'))
    await waitFor(() => received.length >= 2)
    expect(received).toMatchObject([
      { topic: attributes, body: '{"k":1}' },
      { topic: attributes, body: '{"deleted":["k"]}' },
    ])
  })

  describe('10. a command', () => {
    const command = (device: WiredDevice, prefix = '/api/rpc') =>
      world.admin.post(`${prefix}/twoway/${device.id}`, { method: 'set', params: { v: 1 }, timeout: 1_000 })
    const commands = 'v1/devices/me/rpc/request/+'
    const answering = (client: MqttClient) =>
      client.on('message', (topic) => client.publish(topic.replace('request', 'response'), '{"done":true}', { qos: 1 }))

    test('10. goes to v1/devices/me/rpc/request/0, and the answer is the answer of REST', async () => {
      const device = await mqttDevice()
      const received = inbox(device.client)
      answering(device.client)
      await device.client.subscribeAsync(commands, { qos: 1 })
      expect(await command(device)).toMatchObject({ status: 200, body: { done: true } })
      expect(received).toMatchObject([
        { topic: 'v1/devices/me/rpc/request/0', body: '{"method":"set","params":{"v":1}}' },
      ])
    })

    test.each([
      ['10. when nobody subscribed', 504, 409, false],
      ['10. when the device is silent', 504, 408, true],
    ])(
      '%s REST waits at least 5 s, then says %i, its first version %i',
      { timeout: 20_000 },
      async (_, second, first, isSubscribed) => {
        const device = await mqttDevice()
        if (isSubscribed) await device.client.subscribeAsync(commands, { qos: 1 })
        const began = performance.now()
        const answers = await Promise.all([command(device), command(device, '/api/plugins/rpc')])
        expect(performance.now() - began).toBeGreaterThanOrEqual(4_990)
        expect(answers.map(({ status, text }) => [status, text])).toEqual([
          [second, ''],
          [first, ''],
        ])
      },
    )

    test('10. is delivered to a device that subscribes before the deadline', { timeout: 20_000 }, async () => {
      const device = await mqttDevice()
      answering(device.client)
      const waiting = command(device)
      await waitFor(async () => (await world.services.redis.exists(`tw:rpc:${device.id}`)) === 1)
      await device.client.subscribeAsync(commands, { qos: 1 })
      expect(await waiting).toMatchObject({ status: 200, body: { done: true } })
    })
  })

  test('11. getSessionLimits is answered at once', async () => {
    const { client } = await mqttDevice()
    const received = inbox(client)
    await client.subscribeAsync('v1/devices/me/rpc/response/+', { qos: 1 })
    await published(client, 'v1/devices/me/rpc/request/1', '{"method":"getSessionLimits","params":{}}')
    await waitFor(() => received.length > 0)
    expect(received[0]?.topic).toBe('v1/devices/me/rpc/response/1')
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ maxPayloadSize: 65_536, rateLimits: {} })
  })

  test('12. a claim by MQTT is taken by the customer user who knows the secret', async () => {
    const device = await mqttDevice()
    await published(device.client, 'v1/devices/me/claim', '{"secretKey":"sesame","durationMs":60000}')
    const claim = (secretKey: string) =>
      world.customer.post(`/api/customer/device/${encodeURIComponent(device.name)}/claim`, { secretKey })
    const wrong = await claim('wrong')
    expect([wrong.status, wrong.text]).toEqual([400, '"FAILURE"'])
    expect(await claim('sesame')).toMatchObject({ status: 200, body: { response: 'SUCCESS' } })
  })

  describe('13. provisioning', () => {
    const provisioned = async (request: object) => {
      const client = await world.connect({ username: 'provision' })
      const received = inbox(client)
      await client.subscribeAsync('/provision/response', { qos: 1 })
      await published(client, '/provision/request', JSON.stringify(request))
      await waitFor(() => received.length > 0)
      expect(received[0]?.topic).toBe('/provision/response')
      return JSON.parse(received[0]?.body ?? '') as Record<string, unknown>
    }
    const profileWith = async (key: string, secret: string) => {
      const saved = await world.admin.post('/api/deviceProfile', {
        name: `Self made ${key}`,
        type: 'DEFAULT',
        transportType: 'DEFAULT',
        provisionType: 'ALLOW_CREATE_NEW_DEVICES',
        provisionDeviceKey: key,
        profileData: {
          configuration: { type: 'DEFAULT' },
          transportConfiguration: { type: 'DEFAULT' },
          provisionConfiguration: { type: 'ALLOW_CREATE_NEW_DEVICES', provisionDeviceSecret: secret },
        },
      })
      expect(saved).toMatchObject({ status: 200 })
    }

    test('13. /provision/request makes a device whose credentials work; a wrong secret is not found', async () => {
      const key = randomUUID()
      await profileWith(key, 'secret')
      const request = { deviceName: `New ${key}`, provisionDeviceKey: key, provisionDeviceSecret: 'secret' }
      const wrong = await provisioned({ ...request, provisionDeviceSecret: 'wrong' })
      expect(wrong).toEqual({ status: 'NOT_FOUND', errorMsg: 'Provision data was not found!' })
      const made = await provisioned(request)
      expect(made).toMatchObject({ status: 'SUCCESS', credentialsType: 'ACCESS_TOKEN' })
      const client = await world.connect({ username: String(made.credentialsValue) })
      expect(await published(client, telemetry, '{"a":1}')).toBe('acknowledged')
    })

    test('13. another topic closes the connection', async () => {
      const client = await world.connect({ username: 'provision' })
      expect(await published(client, telemetry, '{"a":1}')).toBe('cut')
    })
  })

  test('14. firmware comes in chunks; past the end is nothing, and chunks beyond 65,536 bytes end it', async () => {
    const { client } = await withFirmware()
    const received = inbox(client)
    await client.subscribeAsync(['v2/fw/response/+/chunk/+', 'v2/fw/error'], { qos: 1 })
    await published(client, 'v2/fw/request/1/chunk/0', '10')
    await published(client, 'v2/fw/request/1/chunk/1000', '10')
    await waitFor(() => received.length === 2)
    expect(received).toMatchObject([
      { topic: 'v2/fw/response/1/chunk/0', body: firmware.slice(0, 10) },
      { topic: 'v2/fw/response/1/chunk/1000', body: '' },
    ])
    client.publish('v2/fw/request/2/chunk/0', '70000', { qos: 1 })
    await cut(client)
    expect(received[2]).toMatchObject({ topic: 'v2/fw/error', body: 'PAYLOAD_TOO_LARGE' })
  })
  test('15. a gateway brings devices by their telemetry, reads their attributes and hears their commands', async () => {
    const gateway = await mqttDevice({ additionalInfo: { gateway: true } })
    const received = inbox(gateway.client)
    const heard = (topic: string) => received.filter((one) => one.topic === topic).map(({ body }) => JSON.parse(body))
    const name = `Behind ${randomUUID()}`
    await gateway.client.subscribeAsync(['v1/gateway/attributes/response', 'v1/gateway/rpc'], { qos: 1 })
    await published(gateway.client, 'v1/gateway/telemetry', JSON.stringify({ [name]: [{ a: 1 }] }))
    const made = await world.admin.get(`/api/tenant/devices?deviceName=${encodeURIComponent(name)}`)
    expect(made).toMatchObject({ status: 200, body: { name, type: 'default' } })
    const { id } = (made.body as { id: { id: string } }).id
    const from = `fromId=${gateway.id}&fromType=DEVICE`
    expect((await world.admin.get(`/api/relations?${from}`)).body).toMatchObject([{ to: { id }, type: 'Created' }])

    await world.admin.post(`/api/plugins/telemetry/DEVICE/${id}/SHARED_SCOPE`, { one: 1, two: 2 })
    const ask = (request: object) =>
      published(
        gateway.client,
        'v1/gateway/attributes/request',
        JSON.stringify({ device: name, client: false, ...request }),
      )
    await ask({ id: 1, key: 'one' })
    await ask({ id: 2, keys: ['one', 'two'] })
    await waitFor(() => heard('v1/gateway/attributes/response').length === 2)
    expect(heard('v1/gateway/attributes/response')).toEqual([
      { id: 1, device: name, value: 1 },
      { id: 2, device: name, values: { one: 1, two: 2 } },
    ])

    const answer = world.admin.post(`/api/rpc/twoway/${id}`, { method: 'set', params: { v: 1 } })
    await waitFor(() => heard('v1/gateway/rpc').length === 1)
    expect(heard('v1/gateway/rpc')).toMatchObject([{ device: name, data: { method: 'set', params: { v: 1 } } }])
    const rpcId = heard('v1/gateway/rpc')[0].data.id
    await published(gateway.client, 'v1/gateway/rpc', JSON.stringify({ device: name, id: rpcId, data: { done: true } }))
    expect(await answer).toMatchObject({ status: 200, body: { done: true } })
  })

  describe('16. topics of a profile', () => {
    const profileWith = async (transportConfiguration: object) => {
      const saved = await world.admin.post('/api/deviceProfile', {
        name: `Topics ${randomUUID()}`,
        type: 'DEFAULT',
        transportType: 'MQTT',
        profileData: {
          configuration: { type: 'DEFAULT' },
          transportConfiguration: { type: 'MQTT', ...transportConfiguration },
        },
      })
      expect(saved.status).toBe(200)
      return saved.body as { id: unknown; profileData: object }
    }

    test('16. a/x/t is stored where the profile says a/+/t, and the default topic is like an unknown one', async () => {
      const { id } = await profileWith({ deviceTelemetryTopic: 'a/+/t' })
      const device = await mqttDevice({ deviceProfileId: id })
      expect(await published(device.client, telemetry, '{"unheard":1}')).toBe('acknowledged')
      expect(await published(device.client, 'a/x/t', '{"a":1}')).toBe('acknowledged')
      expect(await published(device.client, 'v2/t', '{"b":1}')).toBe('acknowledged')
      await isStored(device, 'a')
      await isStored(device, 'b')
      expect(await history(device, 'unheard')).toEqual({})
      const newer = await world.connect({ ...version5, username: device.token })
      await expect(newer.publishAsync(telemetry, '{"unheard":1}', { qos: 1 })).rejects.toMatchObject({ code: 0x90 })
      await newer.publishAsync('a/y/t', '{"c":1}', { qos: 1 })
      await isStored(device, 'c')
    })

    test('16. attributes come and go by the topics of the profile', async () => {
      const { id } = await profileWith({
        deviceAttributesTopic: 'own/attributes/#',
        deviceAttributesSubscribeTopic: 'own/updates',
      })
      const device = await mqttDevice({ deviceProfileId: id })
      const received = inbox(device.client)
      await published(device.client, 'own/attributes/x', '{"serial":"S1"}')
      await waitFor(async () => {
        const { body } = await world.admin.get(device.values('values/attributes/CLIENT_SCOPE?keys=serial'))
        return Array.isArray(body) && body.length === 1
      })
      await device.client.subscribeAsync('own/updates', { qos: 1 })
      await world.admin.post(`/api/plugins/telemetry/DEVICE/${device.id}/SHARED_SCOPE`, { limit: 5 })
      await waitFor(() => received.length > 0)
      expect(received).toEqual([{ topic: attributes, body: '{"limit":5}', qos: 1 }])
    })

    test('16. a change of the profile reaches the sessions that are open', async () => {
      const profile = await profileWith({})
      const device = await mqttDevice({ deviceProfileId: profile.id })
      const client = await world.connect({ ...version5, username: device.token })
      await client.publishAsync(telemetry, '{"before":1}', { qos: 1 })
      const transportConfiguration = { type: 'MQTT', deviceTelemetryTopic: 'moved/+' }
      const profileData = { ...profile.profileData, transportConfiguration }
      expect((await world.admin.post('/api/deviceProfile', { ...profile, profileData })).status).toBe(200)
      await waitFor(() =>
        client.publishAsync('moved/here', '{"after":1}', { qos: 1 }).then(
          () => true,
          () => false,
        ),
      )
      await expect(client.publishAsync(telemetry, '{"late":1}', { qos: 1 })).rejects.toMatchObject({ code: 0x90 })
      await isStored(device, 'after')
      expect(client.connected).toBe(true)
    })

    test('a profile of Protobuf is kept, and its devices are told that it is not served', async () => {
      const { id } = await profileWith({
        transportPayloadTypeConfiguration: {
          transportPayloadType: 'PROTOBUF',
          deviceTelemetryProtoSchema: 'syntax = "proto3"; message Reading { double temperature = 1; }',
        },
      })
      const kept = await world.admin.get(`/api/deviceProfile/${(id as { id: string }).id}`)
      expect(kept.body).toMatchObject({
        profileData: {
          transportConfiguration: { transportPayloadTypeConfiguration: { transportPayloadType: 'PROTOBUF' } },
        },
      })
      const device = await world.device({ deviceProfileId: id })
      const client = await world.connect({ ...version5, username: device.token })
      const refused = client.publishAsync(telemetry, Buffer.from([9, 0, 0, 0, 0, 0, 0, 0x34, 0x40]), { qos: 1 })
      await expect(refused).rejects.toMatchObject({ code: 0x99 })
      // A topic may say for itself that it is JSON.
      await client.publishAsync('v2/t/j', '{"a":1}', { qos: 1 })
      await isStored(device, 'a')
      await expect(client.subscribeAsync(attributes)).rejects.toMatchObject({ packet: { granted: [0x8f] } })
      await client.subscribeAsync('v2/a/j')
    })
  })
})

describe('HTTP', () => {
  const device = (path: string, init?: RequestInit) => fetch(`${world.base}/api/v1/${path}`, init)

  test('17. an unknown token gets 401 without a body, invalid JSON 500, a poll without news 408', async () => {
    const unknown = await device('BAD/telemetry', { method: 'POST', body: '{"a":1}' })
    expect([unknown.status, await unknown.text()]).toEqual([401, ''])
    const { token } = await world.device()
    expect((await device(`${token}/telemetry`, { method: 'POST', body: '{"a":' })).status).toBe(500)
    const began = performance.now()
    expect((await device(`${token}/attributes/updates?timeout=1000`)).status).toBe(408)
    expect(performance.now() - began).toBeGreaterThanOrEqual(990)
  })

  test('18. firmware is 404 without an assignment, 400 with another version', async () => {
    const { token } = await world.device()
    expect((await device(`${token}/firmware?title=boiler&version=1`)).status).toBe(404)
    const assigned = await withFirmware()
    expect((await device(`${assigned.token}/firmware?title=${assigned.title}&version=2`)).status).toBe(400)
    const right = await device(`${assigned.token}/firmware?title=${assigned.title}&version=1`)
    expect([right.status, await right.text()]).toEqual([200, firmware])
  })
})

test('19. CoAP: telemetry gets 2.01, a bad token 4.01, bad JSON 4.00', async () => {
  const device = await world.device()
  const post = (token: string, body: string) =>
    coapPost(world.engine.ports.coap ?? 0, `api/v1/${token}/telemetry`, body)
  expect(await post(device.token, '{"c":1}')).toBe('2.01')
  await isStored(device, 'c')
  expect(await post('BAD', '{"c":1}')).toBe('4.01')
  expect(await post(device.token, '{"c":')).toBe('4.00')
})

test('11. a request that no rule answers gets {"error":"timeout"} after 60 s', { timeout: 75_000 }, async () => {
  await waitFor(() => unanswered.received.length > 0, { deadlineMs: 70_000 })
  expect(performance.now() - unanswered.askedAtMs).toBeGreaterThanOrEqual(59_000)
  expect(unanswered.received).toMatchObject([{ topic: 'v1/devices/me/rpc/response/5', body: '{"error":"timeout"}' }])
})
