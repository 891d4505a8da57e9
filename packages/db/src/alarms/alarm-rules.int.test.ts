import { type SaveDeviceProfile, saveDeviceProfileSchema } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enginesOf } from '../open-database.ts'
import { uuidV7 } from '../uuid.ts'
import { removeCountsOfGoneNodes } from './alarm-rules.repository.ts'

let database: TestDatabase
let mine: SeededTenant
let other: SeededTenant
beforeAll(async () => {
  database = await testDatabase()
  mine = await seedTenant(database.db)
  other = await seedTenant(database.db)
})
afterAll(() => database[Symbol.asyncDispose]())

test('devices tell what rules may look at, and whose profile they have', async () => {
  const rules = database.db.alarmRules
  const ids = [mine.customerDevice.id.id, other.device.id.id, mine.device.id.id]
  const [customers, foreign, own] = await rules.devices(mine.tenantId, ids)
  expect(customers).toMatchObject({ deviceId: ids[0], customerId: mine.customerId })
  expect(foreign).toBeNull()
  expect(own).toMatchObject({ name: mine.device.name, customerId: null, createdTime: expect.any(Number) })
  const profile: SaveDeviceProfile = saveDeviceProfileSchema.parse({
    name: 'ruled',
    profileData: { alarms: [{ id: 'a', alarmType: 'Hot', ours: [1] }] },
  })
  const saved = await database.db.deviceProfiles.save(mine.scope, profile)
  expect(await rules.rules(mine.tenantId, [saved.id.id, own?.profileId ?? ''])).toMatchObject([
    { version: saved.version, alarms: [{ id: 'a', alarmType: 'Hot', ours: [1] }] },
    { alarms: [] },
  ])
  expect(await rules.rules(other.tenantId, [saved.id.id])).toEqual([null])
})

test('counts are kept by node and device, and go with either', async () => {
  const rules = database.db.alarmRules
  const [node, gone] = [uuidV7(), uuidV7()]
  const [a, b] = [mine.device.id.id, mine.customerDevice.id.id].sort()
  if (!a || !b) throw new Error('no devices')
  await rules.keep(mine.tenantId, node, [
    { deviceId: a, counts: { x: 1 }, isTimed: true },
    { deviceId: b, counts: { x: 2 }, isTimed: true },
    { deviceId: gone, counts: { x: 3 }, isTimed: true },
    { deviceId: other.device.id.id, counts: { x: 4 }, isTimed: true },
  ])
  const read = () => rules.counts(node, [b, gone, other.device.id.id, a])
  expect(await read()).toEqual([{ x: 2 }, null, null, { x: 1 }])
  expect(await rules.timed(mine.tenantId, node, null, 10)).toEqual([a, b])
  expect(await rules.timed(mine.tenantId, node, a, 10)).toEqual([b])
  expect(await rules.timed(other.tenantId, node, null, 10)).toEqual([])
  await rules.keep(mine.tenantId, node, [
    { deviceId: a, counts: { x: 5 }, isTimed: false },
    { deviceId: b, counts: null, isTimed: false },
  ])
  expect(await read()).toEqual([null, null, null, { x: 5 }])
  expect(await rules.timed(mine.tenantId, node, null, 10)).toEqual([])
  expect(await rules.counts(uuidV7(), [a])).toEqual([null])
  await removeCountsOfGoneNodes(enginesOf(database.db).sql)
  expect(await read()).toEqual([null, null, null, null])
})
