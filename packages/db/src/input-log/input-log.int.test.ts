import { type Message, saveDeviceProfileSchema } from '@thingwire/contracts'
import { type SeededTenant, seedTenant, type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidV7 } from '../uuid.ts'

let database: TestDatabase
let mine: SeededTenant
let other: SeededTenant
beforeAll(async () => {
  database = await testDatabase()
  mine = await seedTenant(database.db)
  other = await seedTenant(database.db)
})
afterAll(() => database[Symbol.asyncDispose]())

const dayMs = 86_400_000
const now = Date.UTC(2026, 10, 21, 12)
const message = (ts: number, tenant = mine, data = '{}'): Message => ({
  id: uuidV7(ts),
  ts,
  type: 'POST_TELEMETRY_REQUEST',
  tenantId: tenant.tenantId,
  originator: tenant.device.id,
  customerId: null,
  metadata: {},
  dataType: 'JSON',
  data,
  ruleChainId: null,
  ruleNodeId: null,
})
const keep = async (inputLog: Record<string, unknown>) => {
  const profile = await database.db.deviceProfiles.find(mine.scope, mine.device.deviceProfileId.id)
  if (!profile) throw new Error('no profile')
  const saved = saveDeviceProfileSchema.parse({ ...profile, profileData: { ...profile.profileData, inputLog } })
  await database.db.deviceProfiles.save(mine.scope, saved)
}
const all = { startTs: 0, endTs: now + dayMs, limit: 1_000 }
const list = (change: object = {}) =>
  database.db.inputLog.list({ tenantId: mine.tenantId, of: { deviceId: mine.device.id.id }, ...all, ...change })

test('messages are kept of devices whose profile asks for it, once each, and of no others', async () => {
  await database.db.inputLog.append([message(now)])
  expect(await list()).toEqual([])
  expect(await database.db.inputLog.tenants()).toEqual([])
  await keep({ enabled: true, days: 7, maxMessages: 100 })
  expect(await database.db.inputLog.tenants()).toEqual([mine.tenantId])
  const [first, second] = [message(now - 2_000, mine, '{"n":1}'), message(now - 1_000, mine, '{"n":"\\u0000"}')]
  await database.db.inputLog.append([second, first, message(now, other)])
  await database.db.inputLog.append([first])
  expect(await list()).toEqual([first, second])
  expect(await list({ of: { deviceProfileId: mine.device.deviceProfileId.id } })).toEqual([first, second])
  expect(await list({ limit: 1 })).toEqual([second])
  expect(await list({ endTs: now - 2_000 })).toEqual([first])
  expect(await list({ tenantId: other.tenantId })).toEqual([])
})

test('maintenance removes what is older or more than the profile wants, and all when it wants none', async () => {
  const times = [now - 8 * dayMs, ...Array.from({ length: 6 }, (_, n) => now - n * 1_000 - 5_000)]
  await database.db.inputLog.append(times.map((ts) => message(ts)))
  await database.db.maintenance.run(now)
  expect((await list()).map(({ ts }) => ts)).not.toContain(times[0])
  await keep({ enabled: true, days: 7, maxMessages: 3 })
  await database.db.maintenance.run(now)
  expect((await list()).map(({ ts }) => ts)).toEqual([now - 5_000, now - 2_000, now - 1_000])
  await keep({ enabled: false, days: 7, maxMessages: 3 })
  await database.db.maintenance.run(now)
  expect(await list()).toEqual([])
})
