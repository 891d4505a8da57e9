import { randomUUID } from 'node:crypto'
import { type Device, entityId, saveTenantProfileSchema, toPlainValue } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { silentLogger } from '../../observability/logger.ts'
import { redisOpener } from '../../redis.ts'
import { createRpcDesk } from '../../rpc/rpc-desk.ts'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../../testing/test-engine.ts'

describe('a gateway', () => {
  let services: TestServices
  let engine: TestEngine
  let gatewayDevice: Device
  const token = randomUUID()
  beforeAll(async () => {
    services = await startTestServices()
    const { scope, customerId } = services.tenant
    gatewayDevice = await services.db.devices.save(
      scope,
      { name: 'Gateway', additionalInfo: { gateway: true }, customerId: entityId('CUSTOMER', customerId) },
      { accessToken: token },
    )
    engine = await startTestEngine(services)
  })
  afterAll(async () => {
    await engine[Symbol.asyncDispose]()
    await services[Symbol.asyncDispose]()
  })

  const connect = async (username: string = token): Promise<MqttClient> => {
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${engine.ports.mqtt}`, { username, reconnectPeriod: 0 })
    client.on('error', () => {})
    return client
  }
  const send = (client: MqttClient, topic: string, body: unknown) =>
    client.publishAsync(`v1/gateway/${topic}`, typeof body === 'string' ? body : JSON.stringify(body), { qos: 1 })
  const closed = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', () => resolve()))
  const next = (client: MqttClient, topic: string) =>
    new Promise<unknown>((resolve) => {
      const listen = (at: string, payload: Buffer) => {
        if (at !== topic) return
        client.off('message', listen)
        resolve(JSON.parse(payload.toString()))
      }
      client.on('message', listen)
    })
  const childNamed = async (name: string): Promise<Device> => {
    const found = await services.db.devices.findByName(services.tenant.scope, name)
    if (!found) throw new Error(`There is no device ${name}`)
    return found
  }
  const latest = async (device: Device) =>
    Object.fromEntries(
      (await services.db.telemetry.latest(services.tenant.scope, device.id)).map((entry) => [entry.key, entry]),
    )
  const serverAttributes = async (device: Device) => {
    const found = await services.db.attributes.find(services.tenant.scope, device.id, { scope: 'SERVER_SCOPE' })
    return Object.fromEntries(found.map((entry) => [entry.key, toPlainValue(entry)]))
  }

  test('brings devices by their telemetry: of its owner, with the default profile, related to it', async () => {
    const client = await connect()
    await send(
      client,
      'telemetry',
      '{"Meter A":[{"ts":1700000000000,"values":{"t":20.0}},{"h":5}],"Meter B":[{"t":1}],"skipped":{"t":1}}',
    )
    const device = await childNamed('Meter A')
    expect(device).toMatchObject({
      type: 'default',
      customerId: gatewayDevice.customerId,
      additionalInfo: { lastConnectedGateway: gatewayDevice.id.id },
    })
    expect(await services.db.devices.findByName(services.tenant.scope, 'skipped')).toBeNull()
    const relations = await services.db.relations.list(services.tenant.scope, { from: gatewayDevice.id })
    expect(relations).toContainEqual(expect.objectContaining({ to: device.id, type: 'Created', typeGroup: 'COMMON' }))
    await waitFor(async () => Object.keys(await latest(device)).length === 2)
    // The literal decides the type: it must come through the splitting of the message.
    expect(await latest(device)).toMatchObject({
      t: { ts: 1_700_000_000_000, type: 'DOUBLE', value: 20 },
      h: { type: 'LONG', value: 5 },
    })
    await waitFor(async () => 't' in (await latest(await childNamed('Meter B'))))
    expect(await waitFor(async () => (await serverAttributes(device)).active)).toBe(true)
    await client.endAsync()
    await waitFor(async () => 'lastDisconnectTime' in (await serverAttributes(device)))
  })

  test('names the profile of a device that it connects', async () => {
    const client = await connect()
    const type = `Type ${randomUUID()}`
    await send(client, 'connect', { device: 'Typed', type })
    expect(await childNamed('Typed')).toMatchObject({ type })
    await send(client, 'disconnect', { device: 'Typed' })
    await waitFor(async () => 'lastDisconnectTime' in (await serverAttributes(await childNamed('Typed'))))
    await client.endAsync()
  })

  test('many messages of a new device make it once', async () => {
    const client = await connect()
    await Promise.all(Array.from({ length: 20 }, (_, n) => send(client, 'telemetry', { Busy: [{ [`k${n}`]: n }] })))
    const device = await childNamed('Busy')
    await waitFor(async () => Object.keys(await latest(device)).length === 20)
    await client.endAsync()
  })

  test('asks for attributes: one key has a value, more have values', async () => {
    const client = await connect()
    await client.subscribeAsync('v1/gateway/attributes/response', { qos: 1 })
    await send(client, 'attributes', { Attributed: { a: 1, b: 'x' } })
    const device = await childNamed('Attributed')
    await waitFor(async () => {
      const found = await services.db.attributes.find(services.tenant.scope, device.id, { scope: 'CLIENT_SCOPE' })
      return found.length === 2
    })
    const ask = async (request: object) => {
      const answer = next(client, 'v1/gateway/attributes/response')
      await send(client, 'attributes/request', { id: 3, device: 'Attributed', client: true, ...request })
      return answer
    }
    expect(await ask({ key: 'a' })).toEqual({ id: 3, device: 'Attributed', value: 1 })
    expect(await ask({ keys: ['a', 'b', 'c'] })).toEqual({ id: 3, device: 'Attributed', values: { a: 1, b: 'x' } })
    expect(await ask({ key: 'missing' })).toEqual({ id: 3, device: 'Attributed' })
    expect(await ask({ client: false, keys: ['a', 'b'] })).toEqual({ id: 3, device: 'Attributed', values: {} })
    await client.endAsync()
  })

  test('hears of changed shared attributes of its devices', async () => {
    const client = await connect()
    await client.subscribeAsync('v1/gateway/attributes', { qos: 1 })
    await send(client, 'connect', { device: 'Listening' })
    const { tenantId } = services.tenant
    const downlink = { tenantId, deviceId: (await childNamed('Listening')).id.id, scope: 'SHARED_SCOPE' }
    const change = async (values: object) => {
      const update = next(client, 'v1/gateway/attributes')
      await services.redis.publish('tw:downlink', JSON.stringify({ ...downlink, ...values }))
      return update
    }
    expect(await change({ values: { limit: 7 } })).toEqual({ device: 'Listening', data: { limit: 7 } })
    expect(await change({ deleted: ['limit'] })).toEqual({ device: 'Listening', data: { deleted: ['limit'] } })
    await client.endAsync()
  })

  test('hears of its devices without a subscription, and takes them with it when it goes', async () => {
    const client = await connect()
    await send(client, 'connect', { device: 'Quiet' })
    const device = await childNamed('Quiet')
    const heard = next(client, 'v1/gateway/attributes')
    const { tenantId } = services.tenant
    const downlink = { tenantId, deviceId: device.id.id, scope: 'SHARED_SCOPE', values: { limit: 7 } }
    await services.redis.publish('tw:downlink', JSON.stringify(downlink))
    expect(await heard).toEqual({ device: 'Quiet', data: { limit: 7 } })
    await waitFor(async () => 'lastConnectTime' in (await serverAttributes(device)))
    expect(await serverAttributes(device)).not.toHaveProperty('lastDisconnectTime')
    await client.endAsync()
    await waitFor(async () => 'lastDisconnectTime' in (await serverAttributes(device)))
  })

  test('carries commands to its devices, and their answers back', async () => {
    const client = await connect()
    await client.subscribeAsync('v1/gateway/rpc', { qos: 1 })
    await send(client, 'connect', { device: 'Commanded' })
    const device = await childNamed('Commanded')
    const openRedis = redisOpener(services.redisUrl, silentLogger)
    const desk = createRpcDesk({
      database: services.db,
      queue: { submitInternal: async () => {} },
      replies: { send: async () => {} },
      openRedis,
      logger: silentLogger,
    })
    await desk.start()
    const answers = openRedis('commands')
    await answers.connect()
    await answers.subscribe('tw:replies:tester')
    const answered = new Promise<unknown>((resolve) => answers.on('message', (_, text) => resolve(JSON.parse(text))))
    const command = next(client, 'v1/gateway/rpc')
    const { tenantId } = services.tenant
    const requestId = randomUUID()
    await desk.send(tenantId, [
      {
        requestId,
        deviceId: device.id.id,
        method: 'set',
        params: '{"level":2}',
        isOneway: false,
        isPersistent: false,
        expirationTime: Date.now() + 20_000,
        retries: null,
        additionalInfo: null,
        originServiceId: 'tester',
        continuation: {
          id: randomUUID(),
          ts: Date.now(),
          type: 'RPC_CALL_FROM_SERVER_TO_DEVICE',
          tenantId,
          originator: device.id,
          customerId: null,
          metadata: {},
          dataType: 'JSON',
          data: '{}',
          ruleChainId: null,
          ruleNodeId: null,
        },
      },
    ])
    expect(await command).toEqual({
      device: 'Commanded',
      data: { id: expect.any(Number), method: 'set', params: { level: 2 } },
    })
    const { data } = (await command) as { data: { id: number } }
    await send(client, 'rpc', `{"device":"Commanded","id":${data.id},"data":{"done":1.0}}`)
    expect(await answered).toMatchObject({ kind: 'call', requestId, data: '{"done":1.0}', error: null })
    answers.disconnect()
    await desk.stop(Date.now() + 1_000)
    await client.endAsync()
  })

  test('offers its devices for claiming', async () => {
    const { scope } = services.tenant
    const free = await services.db.devices.save(scope, { name: 'Claimable' })
    const client = await connect()
    await send(client, 'claim', { Claimable: { secretKey: 's', durationMs: 60_000 } })
    expect(await services.redis.hget(`tw:claim:${free.id.id}`, 'secretKey')).toBe('s')
    expect((await childNamed('Claimable')).additionalInfo).toEqual({ lastConnectedGateway: gatewayDevice.id.id })
    await client.endAsync()
  })

  test.each([
    ['telemetry', 'no json'],
    ['telemetry', '{"Device":{"t":1}}'],
    ['telemetry', '{"Device":["text"]}'],
    ['attributes', '[]'],
    ['connect', '{}'],
    ['connect', '{"device":"<b>markup</b>"}'],
    ['attributes/request', '{"id":1,"device":"Device"}'],
    ['rpc', '{"device":"Device","id":1}'],
    ['claim', '1'],
  ])('is cut off for %s with %s', async (topic, body) => {
    const client = await connect()
    const ended = closed(client)
    client.publish(`v1/gateway/${topic}`, body, { qos: 1 })
    await ended
  })

  test('a device that is none gets no acknowledgement, stays, and makes no devices', async () => {
    const client = await connect(services.tenant.token)
    let isAcknowledged = false
    client.publish('v1/gateway/telemetry', '{"Smuggled":[{"t":1}]}', { qos: 1 }, (error) => {
      isAcknowledged = !error
    })
    await client.publishAsync('v1/devices/me/telemetry', '{"own":1}', { qos: 1 })
    expect(isAcknowledged).toBe(false)
    expect(await services.db.devices.findByName(services.tenant.scope, 'Smuggled')).toBeNull()
    client.end(true)
  })

  test('brings no more devices than the tenant may have', async () => {
    const { db } = services
    const configuration = { maxDevices: 1 }
    const profile = await db.tenantProfiles.save(
      saveTenantProfileSchema.parse({ name: randomUUID(), profileData: { configuration } }),
    )
    const tenant = await db.tenants.save({ title: randomUUID(), tenantProfileId: profile.id })
    const scope = { kind: 'tenant', tenantId: tenant.id.id } as const
    const accessToken = randomUUID()
    await db.devices.save(scope, { name: 'Gateway', additionalInfo: { gateway: true } }, { accessToken })
    const client = await connect(accessToken)
    const ended = closed(client)
    client.publish('v1/gateway/connect', '{"device":"One too many"}', { qos: 1 })
    await ended
    expect(await db.devices.findByName(scope, 'One too many')).toBeNull()
  })

  const tenantWith = async (configuration: Record<string, unknown>) => {
    const { db } = services
    const profile = await db.tenantProfiles.save(
      saveTenantProfileSchema.parse({ name: randomUUID(), profileData: { configuration } }),
    )
    const tenant = await db.tenants.save({ title: randomUUID(), tenantProfileId: profile.id })
    const scope = { kind: 'tenant', tenantId: tenant.id.id } as const
    const accessToken = randomUUID()
    await db.devices.save(scope, { name: 'Gateway', additionalInfo: { gateway: true } }, { accessToken })
    return accessToken
  }
  const version5 = async (username: string) => {
    const url = `mqtt://127.0.0.1:${engine.ports.mqtt}`
    const client = await mqtt.connectAsync(url, { username, reconnectPeriod: 0, protocolVersion: 5 })
    client.on('error', () => {})
    const ended = new Promise((resolve) => client.once('disconnect', ({ reasonCode }) => resolve(reasonCode)))
    return { client, ended }
  }

  test('of version 5 is told whose messages were too many, and its connection ends', async () => {
    const { client, ended } = await version5(await tenantWith({ transportGatewayDeviceTelemetryMsgRateLimit: '1:60' }))
    const notice = next(client, 'v1/gateway/disconnect')
    await send(client, 'telemetry', { Calm: [{ t: 1 }], Loud: [{ t: 1 }] })
    client.publish('v1/gateway/telemetry', '{"Loud":[{"t":2}]}', { qos: 1 })
    expect(await notice).toEqual({ device: 'Loud', reason: 0x96 })
    expect(await ended).toBe(0x83)
  })

  test('of version 5 is told that there is no room for another device', async () => {
    const { client, ended } = await version5(await tenantWith({ maxDevices: 1 }))
    client.publish('v1/gateway/connect', '{"device":"One too many"}', { qos: 1 })
    expect(await ended).toBe(0x97)
  })

  test('may write as leniently as devices may', async () => {
    const client = await connect()
    await send(client, 'telemetry', "{'Meter L': [{ts: 1700000000000, values: {exact: 20.0,}}]}")
    const device = await childNamed('Meter L')
    await waitFor(async () => 'exact' in (await latest(device)))
    expect((await latest(device)).exact).toMatchObject({ ts: 1_700_000_000_000, type: 'DOUBLE', value: 20 })
    await client.endAsync()
  })

  test('is told what it may send altogether, and what each of its devices may', async () => {
    const { db } = services
    const configuration = {
      transportDeviceMsgRateLimit: '1:1',
      transportGatewayMsgRateLimit: '500:1',
      transportGatewayDeviceTelemetryMsgRateLimit: '20:1',
    }
    const profile = await db.tenantProfiles.save(
      saveTenantProfileSchema.parse({ name: randomUUID(), profileData: { configuration } }),
    )
    const tenant = await db.tenants.save({ title: randomUUID(), tenantProfileId: profile.id })
    const scope = { kind: 'tenant', tenantId: tenant.id.id } as const
    const limitsOf = async (name: string, additionalInfo: Record<string, unknown> | null) => {
      const accessToken = randomUUID()
      await db.devices.save(scope, { name, additionalInfo }, { accessToken })
      const client = await connect(accessToken)
      await client.subscribeAsync('v1/devices/me/rpc/response/+', { qos: 1 })
      const answer = next(client, 'v1/devices/me/rpc/response/1')
      await client.publishAsync('v1/devices/me/rpc/request/1', '{"method":"getSessionLimits","params":{}}', { qos: 1 })
      return answer
    }
    expect(await limitsOf('Gateway', { gateway: true })).toMatchObject({
      gatewayRateLimits: { messages: '500:1', telemetryMessages: null, telemetryDataPoints: null },
      rateLimits: { messages: null, telemetryMessages: '20:1', telemetryDataPoints: null },
    })
    const plain = await limitsOf('Plain', null)
    expect(plain).toMatchObject({ rateLimits: { messages: '1:1' } })
    expect(plain).not.toHaveProperty('gatewayRateLimits')
  })
})
