import { waitFor } from '@thingwire/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { redisChannels } from '../redis-keys.ts'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(() => api.messages.splice(0))

const profileSchema = z.looseObject({
  id: z.object({ entityType: z.literal('DEVICE_PROFILE'), id: z.string() }),
  name: z.string(),
  version: z.number(),
})
const save = (profile: object) =>
  api.admin.post('/api/deviceProfile', { type: 'DEFAULT', transportType: 'DEFAULT', ...profile })
const create = async (name: string, more: object = {}) => {
  const answer = await save({ name, ...more })
  expect(answer.status, answer.text).toBe(200)
  return profileSchema.parse(answer.body)
}
const unknownId = '01a1fdc6-8308-71ba-a218-57c01ab6dd91'

describe('saving a profile', () => {
  test('gives everything back, with nulls where nothing was said, and tells the rule engine', async () => {
    const profile = await create('Boiler')
    expect(profile).toMatchObject({
      tenantId: { entityType: 'TENANT', id: api.tenant.tenantId },
      description: null,
      default: false,
      type: 'DEFAULT',
      transportType: 'DEFAULT',
      provisionType: 'DISABLED',
      defaultRuleChainId: null,
      defaultQueueName: null,
      provisionDeviceKey: null,
      firmwareId: null,
      version: 1,
      profileData: {
        configuration: { type: 'DEFAULT' },
        transportConfiguration: { type: 'DEFAULT' },
        provisionConfiguration: { type: 'DISABLED', provisionDeviceSecret: null },
      },
    })
    expect(api.messages.map(({ message }) => message)).toMatchObject([
      { type: 'ENTITY_CREATED', originator: profile.id, metadata: { entityName: 'Boiler' } },
    ])
  })

  test('keeps the topic space that it opens, and refuses filters that are none', async () => {
    const topicSpace = { enabled: true, publishFilters: ['up/{deviceName}/#'], subscribeFilters: ['down/+'] }
    const profile = await create('Pump with topics', { profileData: { topicSpace } })
    expect(profile).toMatchObject({ profileData: { topicSpace } })
    for (const filter of ['a/#/b', 'a+', '', 7]) {
      const refused = { ...topicSpace, publishFilters: [filter] }
      expect((await save({ name: 'Refused', profileData: { topicSpace: refused } })).status).toBe(400)
    }
  })

  test('keeps the settings of a transport as they were sent', async () => {
    const transportConfiguration = {
      type: 'MQTT',
      deviceTelemetryTopic: 'boilers/+/telemetry',
      sparkplug: false,
      own: [1],
    }
    const profile = await create('Topics', {
      transportType: 'MQTT',
      profileData: { configuration: { type: 'DEFAULT' }, transportConfiguration },
    })
    expect((await api.admin.get(`/api/deviceProfile/${profile.id.id}`)).body).toMatchObject({
      profileData: { transportConfiguration },
    })
  })

  test.each([
    [{}, 'Device profile name should be specified!'],
    [{ name: 'default' }, 'Device profile with such name already exists!'],
    [{ name: 'X', default: true }, 'Another default device profile is present in scope of current tenant!'],
    [{ name: 'X', defaultQueueName: 'Nowhere' }, 'Device profile is referencing to non-existent queue!'],
    [
      { name: 'X', defaultRuleChainId: { id: unknownId } },
      'Device profile is referencing to non-existent default rule chain!',
    ],
    [
      { name: 'X', defaultDashboardId: { id: unknownId } },
      'Device profile is referencing to non-existent default dashboard!',
    ],
    [{ name: 'X', firmwareId: { id: unknownId } }, "Can't assign non-existent firmware!"],
  ])('%j is refused with "%s"', async (profile, message) => {
    expect(await save(profile)).toMatchObject({ status: 400, body: { message, errorCode: 31 } })
  })

  const withTopics = (name: string, topics: object) =>
    save({
      name,
      transportType: 'MQTT',
      profileData: {
        configuration: { type: 'DEFAULT' },
        transportConfiguration: { type: 'MQTT', ...topics },
      },
    })
  const notAFilter = "is no MQTT topic filter: '+' stands for a whole level, '#' for the last ones!"

  test.each([
    [{ deviceTelemetryTopic: 'a/b+/c' }, `deviceTelemetryTopic ${notAFilter}`],
    [{ deviceAttributesTopic: 'a/#/c' }, `deviceAttributesTopic ${notAFilter}`],
    [{ deviceAttributesSubscribeTopic: 'a#' }, `deviceAttributesSubscribeTopic ${notAFilter}`],
    [{ deviceTelemetryTopic: 'a/\0' }, `deviceTelemetryTopic ${notAFilter}`],
    [{ deviceTelemetryTopic: 'a/<b>x</b>' }, 'Validation error: deviceTelemetryTopic is malformed'],
    [
      { deviceTelemetryTopic: 'same/+', deviceAttributesTopic: 'same/+' },
      'The topics for telemetry and for attributes must differ!',
    ],
    [{ deviceTelemetryTopic: 'v1/devices/me/attributes' }, 'The topics for telemetry and for attributes must differ!'],
  ])('MQTT topics %j are refused with "%s"', async (topics, message) => {
    expect(await withTopics('Bad topics', topics)).toMatchObject({ status: 400, body: { errorCode: 31, message } })
  })

  test('MQTT topics that are empty or absent are those of the device API', async () => {
    const topics = { deviceTelemetryTopic: '', deviceAttributesTopic: null }
    expect((await withTopics('Empty topics', topics)).status).toBe(200)
  })

  test('names no rule chain of another tenant', async () => {
    expect(await save({ name: 'X', defaultRuleChainId: api.stranger.rootChain.id })).toMatchObject({ status: 400 })
  })

  test('names a queue of the system', async () => {
    expect(await create('Urgent', { defaultQueueName: 'HighPriority' })).toMatchObject({
      defaultQueueName: 'HighPriority',
    })
  })

  test('a provision key is unique in the platform, and made when devices may provision themselves', async () => {
    const profile = await create('Provisioned', { provisionType: 'ALLOW_CREATE_NEW_DEVICES' })
    const { provisionDeviceKey } = z.looseObject({ provisionDeviceKey: z.string().min(16) }).parse(profile)
    expect(profile).toMatchObject({
      profileData: {
        provisionConfiguration: { type: 'ALLOW_CREATE_NEW_DEVICES', provisionDeviceSecret: expect.any(String) },
      },
    })
    const foreign = await api.strangerAdmin.post('/api/deviceProfile', { name: 'Copy', provisionDeviceKey })
    expect(foreign).toMatchObject({
      status: 400,
      body: { message: 'Device profile with such provision device key already exists!' },
    })
  })

  test('a stale version is a conflict, none overwrites', async () => {
    const profile = await create('Versioned')
    expect((await save({ ...profile, description: 'first' })).body).toMatchObject({ version: 2 })
    expect(await save({ ...profile, description: 'second' })).toMatchObject({ status: 409, body: { errorCode: 35 } })
    expect((await save({ ...profile, version: null, description: 'third' })).body).toMatchObject({ version: 3 })
  })

  test('a new name is the new type of its devices', async () => {
    const profile = await create('Old name')
    const { id } = await api.db.devices.save(api.tenant.scope, { name: 'Typed', deviceProfileId: profile.id })
    await save({ ...profile, name: 'New name' })
    expect((await api.admin.get(`/api/device/${id.id}`)).body).toMatchObject({ type: 'New name' })
  })

  test('the transport of a profile with devices stays', async () => {
    const profile = await create('Wired')
    await api.db.devices.save(api.tenant.scope, { name: 'Wired device', deviceProfileId: profile.id })
    expect(await save({ ...profile, transportType: 'COAP' })).toMatchObject({
      status: 400,
      body: { message: "Can't change device profile transport type because devices referenced it!" },
    })
  })
})

test('gateways and rule runners are told of each change', async () => {
  const heard: string[] = []
  const listener = new Redis(api.redisUrl)
  try {
    listener.on('message', (_channel, text) => heard.push(text))
    await listener.subscribe(redisChannels.invalidation)
    const profile = await create('Announced')
    const told = JSON.stringify({ kind: 'device-profile', tenantId: api.tenant.tenantId, id: profile.id.id })
    for (const [times, change] of [
      [1, async () => {}],
      [2, () => save({ ...profile, description: 'changed' })],
      [3, () => api.admin.delete(`/api/deviceProfile/${profile.id.id}`)],
    ] as const) {
      await change()
      await waitFor(() => heard.filter((text) => text === told).length === times, { what: `word ${times}` })
    }
  } finally {
    listener.disconnect()
  }
})

describe('reading profiles', () => {
  test('a customer user sees names alone', async () => {
    const { id } = await create('Seen')
    expect((await api.customer.get(`/api/deviceProfile/${id.id}`)).status).toBe(403)
    const info = await api.customer.get(`/api/deviceProfileInfo/${id.id}`)
    expect(info).toMatchObject({ status: 200, body: { name: 'Seen', transportType: 'DEFAULT' } })
    expect(info.body).not.toHaveProperty('profileData')
    expect((await api.customer.get(`/api/deviceProfileInfos?deviceProfileIds=${id.id}`)).status).toBe(403)
    expect((await api.customer.get('/api/deviceProfileInfo/default')).body).toMatchObject({ name: 'default' })
  })

  test('missing and foreign ones look alike', async () => {
    for (const id of [unknownId, (await api.db.deviceProfiles.findDefault(api.stranger.scope))?.id.id])
      expect(await api.admin.get(`/api/deviceProfile/${id}`)).toMatchObject({
        status: 404,
        body: { errorCode: 32, message: `Device profile with id [${id}] is not found` },
      })
  })

  test('by page, by transport, by ids, and names of those in use', async () => {
    const unused = await create('Unused', { transportType: 'SNMP' })
    expect((await api.admin.get('/api/deviceProfiles?pageSize=1&page=0&textSearch=UNUSED')).body).toMatchObject({
      data: [{ id: unused.id, profileData: {} }],
      totalElements: 1,
    })
    expect((await api.admin.get('/api/deviceProfileInfos?pageSize=5&page=0&transportType=SNMP')).body).toMatchObject({
      data: [{ id: unused.id }],
    })
    for (const path of ['deviceProfileInfos', 'deviceProfileInfos/list'])
      expect((await api.admin.get(`/api/${path}?deviceProfileIds=${unused.id.id},${unknownId}`)).body).toMatchObject([
        { name: 'Unused' },
      ])
    const names = async (query: string) =>
      z.array(z.looseObject({ name: z.string() })).parse((await api.admin.get(`/api/deviceProfile/names${query}`)).body)
    expect((await names('')).map(({ name }) => name)).toContain('Unused')
    expect((await names('?activeOnly=true')).map(({ name }) => name)).not.toContain('Unused')
    expect((await api.admin.get('/api/deviceProfiles?pageSize=1&page=0&sortProperty=profileData')).status).toBe(400)
  })

  test('keys that the devices of a profile have', async () => {
    const { id } = await create('Keyed')
    const device = await api.db.devices.save(api.tenant.scope, { name: 'Keyed device', deviceProfileId: id })
    const { tenantId } = api.tenant
    const value = { type: 'LONG', value: 1 } as const
    await api.db.attributes.save(tenantId, [
      { entityId: device.id, scope: 'SERVER_SCOPE', entries: [{ key: 'a1', ...value }], ts: 1 },
    ])
    await api.db.telemetry.write([
      { tenantId, entityId: device.id, key: 't1', ts: 1, ...value, saveTimeseries: true, saveLatest: true },
    ])
    const keys = async (kind: string, query: string) =>
      (await api.admin.get(`/api/deviceProfile/devices/keys/${kind}${query}`)).body
    expect(await keys('timeseries', `?deviceProfileId=${id.id}`)).toEqual(['t1'])
    expect(await keys('attributes', `?deviceProfileId=${id.id}`)).toEqual(['a1'])
    expect(await keys('timeseries', '')).toContain('t1')
    expect(await api.strangerAdmin.get('/api/deviceProfile/devices/keys/timeseries')).toMatchObject({ body: [] })
  })
})

describe('the default profile', () => {
  test('is one, and not deleted', async () => {
    const before = await api.db.deviceProfiles.findDefault(api.tenant.scope)
    const next = await create('Next default')
    expect((await api.admin.post(`/api/deviceProfile/${next.id.id}/default`)).body).toMatchObject({ default: true })
    expect((await api.admin.get(`/api/deviceProfile/${before?.id.id}`)).body).toMatchObject({ default: false })
    expect((await api.admin.get('/api/deviceProfileInfo/default')).body).toMatchObject({ id: next.id })
    expect((await api.admin.post('/api/device', { name: 'Of the default' })).body).toMatchObject({
      type: 'Next default',
    })
    expect(await api.admin.delete(`/api/deviceProfile/${next.id.id}`)).toMatchObject({
      status: 400,
      body: { message: 'Deletion of Default Device Profile is prohibited!' },
    })
    await api.admin.post(`/api/deviceProfile/${before?.id.id}/default`)
  })
})

describe('deleting', () => {
  test('a profile without devices', async () => {
    const { id } = await create('Short-lived')
    api.messages.splice(0)
    expect(await api.admin.delete(`/api/deviceProfile/${id.id}`)).toMatchObject({ status: 200, text: '' })
    expect(api.messages.map(({ message }) => message.type)).toEqual(['ENTITY_DELETED'])
    expect((await api.admin.delete(`/api/deviceProfile/${id.id}`)).status).toBe(404)
  })

  test('not one that devices have', async () => {
    const profile = await create('Used')
    await api.db.devices.save(api.tenant.scope, { name: 'User of it', deviceProfileId: profile.id })
    expect(await api.admin.delete(`/api/deviceProfile/${profile.id.id}`)).toMatchObject({
      status: 400,
      body: { message: 'The device profile referenced by the devices cannot be deleted!' },
    })
  })
})
