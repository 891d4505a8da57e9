import { nullUuid } from '@thingwire/contracts'
import { seedTenant, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

type Fixture = Awaited<ReturnType<typeof setUp>>
const setUp = async () => {
  const database = await testDatabase()
  const { db } = database
  return { database, db, mine: await seedTenant(db), other: await seedTenant(db) }
}
let fixture: Fixture
beforeAll(async () => {
  fixture = await setUp()
})
afterAll(() => fixture.database[Symbol.asyncDispose]())

const page = { page: 0, pageSize: 100 }

describe('isolation', () => {
  test('the device of another tenant is not found, listed, changed or deleted', async () => {
    const { db, mine, other } = fixture
    const id = other.device.id.id
    expect(await db.devices.find(mine.scope, id)).toBeNull()
    expect(await db.devices.findInfo(mine.scope, id)).toBeNull()
    expect(await db.devices.findByName(mine.scope, other.device.name)).toBeNull()
    expect(await db.credentials.findByDevice(mine.scope, id)).toBeNull()
    expect((await db.devices.list(mine.scope, page)).data.map((device) => device.id.id)).not.toContain(id)
    expect(await db.devices.delete(mine.scope, id)).toBe(false)
    await expect(db.devices.save(mine.scope, { id: other.device.id, name: 'taken over' })).rejects.toMatchObject({
      code: 'ENTITY_NOT_FOUND',
    })
    const credentials = await db.credentials.findByDevice(other.scope, id)
    if (!credentials) throw new Error('no credentials')
    await expect(db.credentials.save(mine.scope, { ...credentials, credentialsId: 'stolen' })).rejects.toMatchObject({
      code: 'ENTITY_NOT_FOUND',
    })
    expect(await db.devices.find(other.scope, id)).toEqual(other.device)
  })

  test('a customer sees what is assigned to it, and changes nothing', async () => {
    const { db, mine, other } = fixture
    expect((await db.devices.list(mine.customerScope, page)).data.map((device) => device.id)).toEqual([
      mine.customerDevice.id,
    ])
    expect(await db.devices.find(mine.customerScope, mine.device.id.id)).toBeNull()
    expect(await db.devices.findInfo(mine.customerScope, other.customerDevice.id.id)).toBeNull()
    expect(await db.credentials.findByDevice(mine.customerScope, mine.device.id.id)).toBeNull()
    expect(await db.credentials.findByDevice(mine.customerScope, mine.customerDevice.id.id)).not.toBeNull()
    for (const attempt of [
      () => db.devices.save(mine.customerScope, { name: 'new' }),
      () => db.devices.delete(mine.customerScope, mine.customerDevice.id.id),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  })

  test('a device cannot be tied to a customer or profile of another tenant', async () => {
    const { db, mine, other } = fixture
    const customerId = { entityType: 'CUSTOMER', id: other.customerId } as const
    await expect(db.devices.save(mine.scope, { name: 'tied', customerId })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      details: "Can't assign device to non-existent customer!",
    })
    const { deviceProfileId } = other.device
    await expect(db.devices.save(mine.scope, { name: 'tied', deviceProfileId })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    })
  })
})

describe('saving', () => {
  test('a new device gets the default profile, a random token and version 1', async () => {
    const { db, mine } = fixture
    const device = await db.devices.save(mine.scope, {
      name: 'fresh',
      label: 'a label',
      additionalInfo: { gateway: true },
    })
    expect(device).toMatchObject({
      type: 'default',
      label: 'a label',
      version: 1,
      customerId: { entityType: 'CUSTOMER', id: nullUuid },
      additionalInfo: { gateway: true },
    })
    const credentials = await db.credentials.findByDevice(mine.scope, device.id.id)
    expect(credentials).toMatchObject({ credentialsType: 'ACCESS_TOKEN', credentialsValue: null })
    expect(credentials?.credentialsId).toMatch(/^[A-Za-z0-9]{20}$/)
    expect(await db.credentials.resolve(credentials?.credentialsId ?? '')).toEqual({
      deviceId: device.id.id,
      tenantId: mine.tenantId,
      customerId: null,
      name: 'fresh',
      type: 'default',
      deviceProfileId: device.deviceProfileId.id,
      transportType: 'DEFAULT',
      defaultRuleChainId: null,
      defaultQueueName: null,
      isGateway: true,
      credentialsType: 'ACCESS_TOKEN',
      credentialsValue: null,
      transportConfiguration: { type: 'DEFAULT' },
      topicSpace: null,
    })
    expect(await db.credentials.resolve('no such token')).toBeNull()
  })

  test('an unknown type makes a profile of that name, a known one uses it', async () => {
    const { db, mine } = fixture
    const first = await db.devices.save(mine.scope, { name: 'boiler 1', type: 'boiler' })
    const second = await db.devices.save(mine.scope, { name: 'boiler 2', type: 'boiler' })
    expect(second.deviceProfileId).toEqual(first.deviceProfileId)
    const profiles = await db.deviceProfiles.listInfos(mine.scope, { ...page, textSearch: 'BOIL' })
    expect(profiles.data).toMatchObject([{ name: 'boiler', id: first.deviceProfileId }])
  })

  test('devices of a new type that come in together share one new profile', async () => {
    const { db, mine, database } = fixture
    const databases = [db, database.open()]
    const devices = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        databases[n % 2]?.devices.save(mine.scope, { name: `rush ${n}`, type: 'rush' }),
      ),
    )
    expect(new Set(devices.map((device) => device?.deviceProfileId.id)).size).toBe(1)
  })

  test('a save replaces: without a customer the device is unassigned', async () => {
    const { db, mine } = fixture
    const customerId = { entityType: 'CUSTOMER', id: mine.customerId } as const
    const device = await db.devices.save(mine.scope, { name: 'assigned', customerId, label: 'x' })
    expect(device.customerId).toEqual(customerId)
    const saved = await db.devices.save(mine.scope, { id: device.id, name: 'assigned' })
    expect(saved).toMatchObject({ version: 2, label: null, customerId: { id: nullUuid } })
  })

  test('a stale version is refused, no version overwrites', async () => {
    const { db, mine } = fixture
    const device = await db.devices.save(mine.scope, { name: 'contended' })
    await db.devices.save(mine.scope, { id: device.id, name: 'contended 2', version: 1 })
    await expect(db.devices.save(mine.scope, { id: device.id, name: 'contended 3', version: 1 })).rejects.toMatchObject(
      {
        code: 'VERSION_CONFLICT',
      },
    )
    expect(await db.devices.save(mine.scope, { id: device.id, name: 'contended 4' })).toMatchObject({ version: 3 })
  })

  test('a taken name is refused in the words clients know, in the same tenant only', async () => {
    const { db, mine, other } = fixture
    await db.devices.save(mine.scope, { name: 'unique' })
    await expect(db.devices.save(mine.scope, { name: 'unique' })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      details: 'Device with such name already exists!',
    })
    await expect(db.devices.save(other.scope, { name: 'unique' })).resolves.toMatchObject({ name: 'unique' })
  })

  test('a token is unique in the whole platform', async () => {
    const { db, mine, other } = fixture
    await expect(db.devices.save(mine.scope, { name: 'thief' }, { accessToken: other.token })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      details: 'Device credentials are already assigned to another device!',
    })
    expect(await db.devices.findByName(mine.scope, 'thief')).toBeNull()
    const credentials = await db.credentials.findByDevice(mine.scope, mine.device.id.id)
    if (!credentials) throw new Error('no credentials')
    await expect(db.credentials.save(mine.scope, { ...credentials, credentialsId: other.token })).rejects.toMatchObject(
      { details: 'Device credentials are already assigned to another device!' },
    )
  })

  test('new credentials replace the old ones', async () => {
    const { db, mine } = fixture
    const device = await db.devices.save(mine.scope, { name: 'rotating' }, { accessToken: 'old-token' })
    const credentials = await db.credentials.findByDevice(mine.scope, device.id.id)
    if (!credentials) throw new Error('no credentials')
    const saved = await db.credentials.save(mine.scope, { ...credentials, credentialsId: 'new-token' })
    expect(saved).toMatchObject({ credentialsId: 'new-token', version: 2 })
    expect(await db.credentials.resolve('old-token')).toBeNull()
    expect(await db.credentials.resolve('new-token')).toMatchObject({ deviceId: device.id.id })
  })
})

describe('listing', () => {
  test('pages, searches literally, sorts by a known column only', async () => {
    const { db, other } = fixture
    for (const name of ['100% wool', 'ABC', 'abd']) await db.devices.save(other.scope, { name, type: 'sorted' })
    const names = async (link: object, filter = {}) =>
      (
        await db.devices.list(other.scope, { ...page, sortProperty: 'name', ...link }, { type: 'sorted', ...filter })
      ).data.map((device) => device.name)
    expect(await names({ textSearch: '%' })).toEqual(['100% wool'])
    expect(await names({ textSearch: 'ab' })).toEqual(['ABC', 'abd'])
    expect(await names({ sortOrder: 'DESC' })).toEqual(['abd', 'ABC', '100% wool'])
    const second = await db.devices.list(
      other.scope,
      { page: 1, pageSize: 2, sortProperty: 'name' },
      { type: 'sorted' },
    )
    expect(second).toMatchObject({ totalElements: 3, totalPages: 2, hasNext: false, data: [{ name: 'abd' }] })
    const beyond = await db.devices.list(other.scope, { page: 9, pageSize: 2 }, { type: 'sorted' })
    expect(beyond).toEqual({ data: [], totalElements: 3, totalPages: 2, hasNext: false })
    await expect(names({ sortProperty: 'd.id; DROP TABLE devices' })).rejects.toMatchObject({
      details: 'Invalid sort property',
    })
  })

  test('shows and filters by the server attribute active', async () => {
    const { db, mine } = fixture
    const { device, scope } = mine
    expect(await db.devices.findInfo(scope, device.id.id)).toMatchObject({ active: false })
    const entry = { key: 'active', type: 'BOOLEAN', value: true } as const
    await db.attributes.save(mine.tenantId, [{ entityId: device.id, scope: 'SERVER_SCOPE', entries: [entry], ts: 1 }])
    expect(await db.devices.findInfo(scope, device.id.id)).toMatchObject({ active: true })
    const active = await db.devices.list(scope, page, { active: true })
    expect(active.data.map((found) => found.id)).toEqual([device.id])
    const inactive = await db.devices.list(scope, page, { active: false })
    expect(inactive.data.map((found) => found.id)).not.toContainEqual(device.id)
  })

  test('names the customer', async () => {
    const { db, mine } = fixture
    const info = await db.devices.findInfo(mine.scope, mine.customerDevice.id.id)
    expect(info).toMatchObject({ customerIsPublic: false, deviceProfileName: 'default' })
    expect(info?.customerTitle).toMatch(/^Customer /)
  })
})

test('deleting a device takes its credentials, attributes and latest values along', async () => {
  const { db, mine } = fixture
  const device = await db.devices.save(mine.scope, { name: 'short-lived' }, { accessToken: 'short-lived-token' })
  const entry = { key: 'k', type: 'LONG', value: 1 } as const
  await db.attributes.save(mine.tenantId, [{ entityId: device.id, scope: 'SERVER_SCOPE', entries: [entry], ts: 1 }])
  await db.telemetry.write([
    { ...entry, ts: Date.now(), tenantId: mine.tenantId, entityId: device.id, saveTimeseries: true, saveLatest: true },
  ])
  expect(await db.devices.delete(mine.scope, device.id.id)).toBe(true)
  expect(await db.devices.delete(mine.scope, device.id.id)).toBe(false)
  expect(await db.credentials.resolve('short-lived-token')).toBeNull()
  expect(await db.attributes.find(mine.scope, device.id, {})).toEqual([])
  expect(await db.telemetry.latest(mine.scope, device.id)).toEqual([])
})
