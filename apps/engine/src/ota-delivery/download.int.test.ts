import { createHash, randomBytes } from 'node:crypto'
import type { OtaPackageInfo } from '@thingwire/contracts'
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../testing/test-engine.ts'

/** More than one block of the cache, and no multiple of it. */
const data = randomBytes(2_500_123)

describe('a device that loads its firmware', () => {
  let services: TestServices
  let engine: TestEngine
  let firmware: OtaPackageInfo
  beforeAll(async () => {
    services = await startTestServices()
    const { scope, device } = services.tenant
    const { otaPackages, devices } = services.db
    firmware = await otaPackages.save(scope, {
      type: 'FIRMWARE',
      title: 'boiler',
      version: '1.0',
      deviceProfileId: device.deviceProfileId,
    })
    const checksum = createHash('sha256').update(data).digest('hex')
    const file = { fileName: 'boiler.bin', contentType: 'application/x-boiler', checksum }
    await otaPackages.saveData(scope, firmware.id.id, { data, checksumAlgorithm: 'SHA256', ...file })
    const linked = await otaPackages.save(scope, {
      type: 'SOFTWARE',
      title: 'elsewhere',
      version: '1',
      url: 'https://example.org/sw.bin',
      deviceProfileId: device.deviceProfileId,
    })
    const { id, name, deviceProfileId } = device
    await devices.save(scope, { id, name, deviceProfileId, firmwareId: firmware.id, softwareId: linked.id })
    engine = await startTestEngine(services, { ENGINE_ROLES: 'gateway' })
  })
  afterAll(async () => {
    await engine[Symbol.asyncDispose]()
    await services[Symbol.asyncDispose]()
  })

  const get = (query: string, { path = 'firmware', token = services.tenant.token } = {}) =>
    fetch(`http://127.0.0.1:${engine.ports.http}/api/v1/${token}/${path}?${query}`)

  test('gets all of it over HTTP, with its name', async () => {
    const response = await get('title=boiler&version=1.0')
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-disposition': 'attachment;filename="boiler.bin"',
      'x-filename': 'boiler.bin',
      'content-type': 'application/x-boiler',
      'content-length': String(data.length),
    })
    expect(Buffer.from(await response.arrayBuffer()).equals(data)).toBe(true)
  })

  test('gets parts of it over HTTP; past the end there is nothing', async () => {
    const part = async (size: number, chunk: number) =>
      Buffer.from(await (await get(`title=boiler&version=1.0&size=${size}&chunk=${chunk}`)).arrayBuffer())
    expect((await part(10, 3)).equals(data.subarray(30, 40))).toBe(true)
    // Across the border of two blocks.
    expect((await part(700_000, 1)).equals(data.subarray(700_000, 1_400_000))).toBe(true)
    expect((await part(1_000_000, 2)).equals(data.subarray(2_000_000))).toBe(true)
    expect(await part(1_000_000, 3)).toHaveLength(0)
  })

  test.each([
    ['title=boiler&version=2', 'firmware', 400],
    ['title=boiler', 'firmware', 400],
    ['title=boiler&version=1.0&size=x', 'firmware', 400],
    ['title=elsewhere&version=1', 'software', 404],
  ])('%s of the %s is answered with %i', async (query, path, status) => {
    expect((await get(query, { path })).status).toBe(status)
  })

  test('a device without a package, or without a right token, gets none', async () => {
    expect((await get('title=boiler&version=1.0', { token: services.tenant.customerToken })).status).toBe(404)
    expect((await get('title=boiler&version=1.0', { token: 'nobody' })).status).toBe(401)
  })

  const device = async (token = services.tenant.token) => {
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${engine.ports.mqtt}`, {
      username: token,
      reconnectPeriod: 0,
    })
    client.on('error', () => {})
    await client.subscribeAsync(['v2/fw/response/+/chunk/+', 'v2/fw/error'], { qos: 1 })
    return client
  }
  const next = (client: MqttClient) =>
    new Promise<{ topic: string; payload: Buffer }>((resolve) => {
      client.once('message', (topic, payload) => resolve({ topic, payload }))
    })
  const ask = async (client: MqttClient, chunk: number, size: string) => {
    const answer = next(client)
    client.publish(`v2/fw/request/7/chunk/${chunk}`, size, { qos: 1 })
    const { topic, payload } = await answer
    expect(topic).toBe(`v2/fw/response/7/chunk/${chunk}`)
    return payload
  }

  test('gets it part by part over MQTT, saying the size once', async () => {
    const client = await device()
    const parts = [await ask(client, 0, '50000')]
    for (let n = 1; parts.at(-1)?.length; n++) parts.push(await ask(client, n, ''))
    expect(Buffer.concat(parts).equals(data)).toBe(true)
    expect(await ask(client, 0, '10')).toEqual(data.subarray(0, 10))
    expect(await ask(client, 1_000_000_000, '65536')).toHaveLength(0)
    expect((await ask(client, 0, '0')).equals(data)).toBe(true)
    await client.endAsync()
  })

  test.each([
    ['v2/fw/request/1/chunk/0', '70000', 'PAYLOAD_TOO_LARGE'],
    ['v2/sw/request/1/chunk/0', '100', 'NOT_FOUND'],
  ])('%s of %s bytes: %s, and the connection ends', async (topic, size, text) => {
    const client = await device()
    const answer = next(client)
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
    client.publish(topic, size, { qos: 1 })
    expect(await answer).toEqual({ topic: 'v2/fw/error', payload: Buffer.from(text) })
    await closed
  })

  test('a size that is no number ends the connection', async () => {
    const client = await device()
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
    client.publish('v2/fw/request/1/chunk/0', 'ten', { qos: 1 })
    await closed
  })

  test('a package that was taken away is gone at once', async () => {
    const { scope, tenantId, customerDevice, customerToken } = services.tenant
    const { id, name, deviceProfileId, customerId } = customerDevice
    const saved = { id, name, deviceProfileId, customerId }
    const client = await device(customerToken)
    const changed = async (firmwareId: OtaPackageInfo['id'] | null) => {
      await services.db.devices.save(scope, { ...saved, firmwareId })
      await services.redis.publish('tw:invalidate', JSON.stringify({ kind: 'device', tenantId, id: id.id }))
    }
    await changed(firmware.id)
    await expect.poll(async () => (await get('title=boiler&version=1.0', { token: customerToken })).status).toBe(200)
    expect(await ask(client, 0, '3')).toEqual(data.subarray(0, 3))
    await changed(null)
    await expect.poll(async () => (await get('title=boiler&version=1.0', { token: customerToken })).status).toBe(404)
    await client.endAsync()
  })
})
