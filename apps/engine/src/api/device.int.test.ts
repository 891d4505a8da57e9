import { nullUuid, saveDeviceProfileSchema } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { redisChannels } from '../redis-keys.ts'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
let listener: Redis
const heard: string[] = []

beforeAll(async () => {
  api = await apiUnderTest()
  listener = new Redis(api.redisUrl)
  listener.on('message', (_channel, text) => heard.push(text))
  await listener.subscribe(redisChannels.invalidation)
})
afterAll(async () => {
  listener.disconnect()
  await api[Symbol.asyncDispose]()
})

const deviceSchema = z.looseObject({ id: z.object({ id: z.string() }), name: z.string(), version: z.number() })
const create = async (name: string, query = '') => {
  const answer = await api.admin.post(`/api/device${query}`, { name })
  expect(answer.status, answer.text).toBe(200)
  return deviceSchema.parse(answer.body)
}
const toldAbout = (id: string) => waitFor(() => heard.some((text) => text.includes(id)), { what: `word about ${id}` })

describe('saving a device', () => {
  test('creates it with the given token, tells the gateways, and writes the audit log', async () => {
    const device = await create('Boiler', '?accessToken=boiler-token')
    expect(device).toMatchObject({
      type: 'default',
      version: 1,
      customerId: { entityType: 'CUSTOMER', id: nullUuid },
      tenantId: { id: api.tenant.tenantId },
    })
    expect((await api.admin.get(`/api/device/${device.id.id}/credentials`)).body).toMatchObject({
      credentialsType: 'ACCESS_TOKEN',
      credentialsId: 'boiler-token',
      deviceId: { entityType: 'DEVICE', id: device.id.id },
    })
    await toldAbout(device.id.id)
  })

  test.each([
    [{}, 'Device name should be specified!'],
    [{ name: '   ' }, 'Device name should be specified!'],
    [{ name: 7 }, 'Device name should be specified!'],
    [{ name: '<script>x</script>' }, 'Validation error: name is malformed'],
    [{ name: 'x', label: 5 }, "Validation error: field 'label' Invalid input: expected string, received number"],
  ])('%j is refused with "%s"', async (body, message) => {
    expect(await api.admin.post('/api/device', body)).toMatchObject({ status: 400, body: { message, errorCode: 31 } })
  })

  test('a name is unique in the tenant', async () => {
    await create('Twin')
    expect(await api.admin.post('/api/device', { name: 'Twin' })).toMatchObject({
      status: 400,
      body: { message: 'Device with such name already exists!' },
    })
    expect((await api.strangerAdmin.post('/api/device', { name: 'Twin' })).status).toBe(200)
  })

  test('a stale version is a conflict', async () => {
    const device = await create('Versioned')
    expect((await api.admin.post('/api/device', { ...device, label: 'first' })).body).toMatchObject({ version: 2 })
    expect(await api.admin.post('/api/device', { ...device, label: 'second' })).toMatchObject({
      status: 409,
      body: { errorCode: 35 },
    })
  })

  test('a tenant sent along is ignored', async () => {
    const answer = await api.admin.post('/api/device', { name: 'Mine', tenantId: { id: api.stranger.tenantId } })
    expect(answer.body).toMatchObject({ tenantId: { id: api.tenant.tenantId } })
  })

  test("another tenant's customer cannot be given a device", async () => {
    const customerId = { entityType: 'CUSTOMER', id: api.stranger.customerId }
    expect((await api.admin.post('/api/device', { name: 'Gift', customerId })).status).toBe(400)
  })

  test('a customer user creates none', async () => {
    expect((await api.customer.post('/api/device', { name: 'Own' })).status).toBe(403)
  })
})

describe('reading devices', () => {
  test('one, and one with the names around it', async () => {
    const id = api.tenant.customerDevice.id.id
    expect((await api.customer.get(`/api/device/${id}`)).body).toEqual(api.tenant.customerDevice)
    expect((await api.customer.get(`/api/device/info/${id}`)).body).toMatchObject({
      customerTitle: expect.stringMatching(/^Customer /),
      deviceProfileName: 'default',
      active: false,
    })
  })

  test.each([
    ['not-a-uuid', 400, 'Invalid UUID string: not-a-uuid', 31],
    [
      '01a1fdc6-8308-71ba-a218-57c01ab6dd91',
      404,
      'Device with id [01a1fdc6-8308-71ba-a218-57c01ab6dd91] is not found',
      32,
    ],
  ])('the id %s gives %i', async (id, status, message, errorCode) => {
    expect(await api.admin.get(`/api/device/${id}`)).toMatchObject({ status, body: { status, message, errorCode } })
  })

  test('by its exact name', async () => {
    const { name, id } = api.tenant.device
    const find = (text: string) => api.admin.get(`/api/tenant/devices?deviceName=${encodeURIComponent(text)}`)
    expect((await find(name)).body).toMatchObject({ id })
    expect((await find(name.slice(1))).status).toBe(404)
    expect((await find(api.stranger.device.name)).status).toBe(404)
  })

  test('as pages', async () => {
    const page = await api.admin.get('/api/tenant/deviceInfos?pageSize=1&page=0&sortProperty=name&sortOrder=ASC')
    expect(page.body).toMatchObject({ data: [{ deviceProfileName: 'default' }], hasNext: true })
    const all = await api.admin.get('/api/tenant/devices?pageSize=100&page=0')
    expect(all.text).not.toContain(api.stranger.device.id.id)
    expect(all.text).not.toContain('deviceProfileName')
  })

  test.each([
    ['pageSize=0&page=0', "Incorrect page link page size '0'. Page size must be greater than zero."],
    ['pageSize=5&page=-1', "Incorrect page link page '-1'. Page must be positive integer."],
    ['pageSize=5&page=0&sortProperty=name;drop', 'Invalid sort property'],
    ['pageSize=5&page=0&sortProperty=passwordHash', 'Invalid sort property'],
    ['pageSize=5&page=0&sortOrder=UP', "Unsupported sort order 'UP'! Only 'ASC' or 'DESC' types are allowed."],
  ])('the page link %s is refused', async (query, message) => {
    expect(await api.admin.get(`/api/tenant/deviceInfos?${query}`)).toMatchObject({ status: 400, body: { message } })
  })

  test('a customer user lists the own customer and no other', async () => {
    const list = (customerId: string) => api.customer.get(`/api/customer/${customerId}/deviceInfos?pageSize=10&page=0`)
    expect((await list(api.tenant.customerId)).body).toMatchObject({
      data: [{ id: api.tenant.customerDevice.id }],
      totalElements: 1,
    })
    expect((await list(api.stranger.customerId)).status).toBe(404)
    const other = await api.db.customers.save(api.tenant.scope, { title: 'Other' })
    expect((await list(other.id.id)).status).toBe(403)
  })
})

describe('credentials', () => {
  const credentialsOf = async (deviceId: string) =>
    z.looseObject({}).parse((await api.admin.get(`/api/device/${deviceId}/credentials`)).body)

  test('a new token replaces the old one', async () => {
    const { id } = await create('Rotating', '?accessToken=rotating-1')
    const changed = { ...(await credentialsOf(id.id)), credentialsId: 'rotating-2' }
    expect((await api.admin.post('/api/device/credentials', changed)).body).toMatchObject({
      credentialsId: 'rotating-2',
    })
    expect(await api.db.credentials.resolve('rotating-1')).toBeNull()
    expect(await api.db.credentials.resolve('rotating-2')).toMatchObject({ deviceId: id.id })
  })

  test('MQTT_BASIC is found by the hash of client id and user name', async () => {
    const { id } = await create('Basic')
    const changed = {
      ...(await credentialsOf(id.id)),
      credentialsType: 'MQTT_BASIC',
      credentialsId: null,
      credentialsValue: JSON.stringify({ clientId: 'c1', userName: 'u1', password: 'p1' }),
    }
    const saved = z
      .object({ credentialsId: z.string() })
      .parse((await api.admin.post('/api/device/credentials', changed)).body)
    expect(saved.credentialsId).toMatch(/^[\da-f]{64}$/)
    expect(await api.db.credentials.resolve(saved.credentialsId)).toMatchObject({ credentialsType: 'MQTT_BASIC' })
  })

  test("another device's token is refused", async () => {
    await create('First', '?accessToken=taken')
    const second = await create('Second')
    const answer = await api.admin.post('/api/device/credentials', {
      ...(await credentialsOf(second.id.id)),
      credentialsId: 'taken',
    })
    expect(answer.status).toBe(400)
    expect((await api.admin.post('/api/device?accessToken=taken', { name: 'Third' })).status).toBe(400)
  })

  test('of a customer device are readable by the customer, who cannot change them', async () => {
    const url = `/api/device/${api.tenant.customerDevice.id.id}/credentials`
    expect((await api.customer.get(url)).body).toMatchObject({ credentialsId: api.tenant.customerToken })
    const changed = { ...z.looseObject({}).parse((await api.customer.get(url)).body), credentialsId: 'mine-now' }
    expect((await api.customer.post('/api/device/credentials', changed)).status).toBe(403)
  })
})

describe('deleting a device', () => {
  test('removes it once, and its token stops working', async () => {
    const { id } = await create('Short-lived', '?accessToken=short-lived')
    expect(await api.admin.delete(`/api/device/${id.id}`)).toMatchObject({ status: 200, text: '' })
    expect((await api.admin.delete(`/api/device/${id.id}`)).status).toBe(404)
    expect(await api.db.credentials.resolve('short-lived')).toBeNull()
    await toldAbout(id.id)
  })

  test('works for clients that announce a JSON body and send none', async () => {
    const { id } = await create('Announced')
    const answer = await api.request({
      method: 'DELETE',
      url: `/api/device/${id.id}`,
      headers: { 'x-authorization': `Bearer ${api.admin.token}`, 'content-type': 'application/json' },
    })
    expect(answer.status).toBe(200)
  })
})

test('device types are the names of the profiles', async () => {
  expect((await api.customer.get('/api/device/types')).body).toEqual([
    { tenantId: { entityType: 'TENANT', id: api.tenant.tenantId }, entityType: 'DEVICE', type: 'default' },
  ])
  expect((await api.admin.get('/api/deviceProfileInfos?pageSize=5&page=0')).body).toMatchObject({
    data: [{ name: 'default' }],
  })
})

test('the connectivity commands use the host by which the caller came', async () => {
  const answer = await api.request({
    method: 'GET',
    url: `/api/device-connectivity/${api.tenant.device.id.id}`,
    headers: { 'x-authorization': `Bearer ${api.admin.token}`, host: 'iot.example.org:8080' },
  })
  expect(answer.body).toEqual({
    http: {
      http: `curl -v -X POST http://iot.example.org:8080/api/v1/${api.tenant.token}/telemetry --header Content-Type:application/json --data '{"temperature":25}'`,
    },
    mqtt: {
      mqtt: `mosquitto_pub -d -q 1 -h iot.example.org -p 1883 -t v1/devices/me/telemetry -u ${api.tenant.token} -m '{"temperature":25}'`,
      docker: {
        mqtt: `docker run --rm -it eclipse-mosquitto mosquitto_pub -d -q 1 -h iot.example.org -p 1883 -t v1/devices/me/telemetry -u ${api.tenant.token} -m '{"temperature":25}'`,
      },
    },
    coap: {
      coap: `coap-client -v 6 -m POST -t application/json -e '{"temperature":25}' coap://iot.example.org:5683/api/v1/${api.tenant.token}/telemetry`,
    },
  })
})

test('the connectivity commands publish on the topic of the device profile', async () => {
  const profile = await api.db.deviceProfiles.save(
    api.tenant.scope,
    saveDeviceProfileSchema.parse({
      name: 'Topic of its own',
      transportType: 'MQTT',
      profileData: { transportConfiguration: { type: 'MQTT', deviceTelemetryTopic: 'own/topic' } },
    }),
  )
  const device = await api.db.devices.save(api.tenant.scope, { name: 'Own topic', deviceProfileId: profile.id })
  const { body } = await api.admin.get(`/api/device-connectivity/${device.id.id}`)
  expect(body).toMatchObject({ mqtt: { mqtt: expect.stringContaining(' -t own/topic ') } })
  expect(body).not.toHaveProperty('coap')
})

describe('a gateway', () => {
  const download = (id: string, client = api.admin) =>
    client.get(`/api/device-connectivity/gateway-launch/${id}/docker-compose/download`)

  test('gets a compose file with its token, whatever is in it', async () => {
    const made = await api.admin.post('/api/device?accessToken=to%24ken%22', {
      name: 'Gateway',
      additionalInfo: { gateway: true },
    })
    const { id } = deviceSchema.parse(made.body)
    const file = await download(id.id)
    expect(file.headers).toMatchObject({
      'content-disposition': 'attachment;filename="docker-compose.yml"',
      'content-type': 'application/octet-stream',
    })
    expect(file.text).toContain(String.raw`- "accessToken=to$$ken\""`)
    expect(file.text).toContain('- "host=host.docker.internal"')
    expect((await download(id.id, api.strangerAdmin)).status).toBe(404)
    expect((await download(id.id, api.customer)).status).toBe(403)
  })

  test('is what the device must be', async () => {
    expect(await download(api.tenant.device.id.id)).toMatchObject({
      status: 400,
      body: { message: 'The device must be a gateway!' },
    })
  })
})

test('there is no certificate of our own to download', async () => {
  expect(
    await api.request({ method: 'GET', url: '/api/device-connectivity/mqtts/certificate/download' }),
  ).toMatchObject({
    status: 404,
    body: { errorCode: 32, message: 'mqtts pem cert file is not found!' },
  })
})
