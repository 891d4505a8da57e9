import { saveTenantProfileSchema } from '@thingwire/contracts'
import type { AlarmsPort } from '@thingwire/rules'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createTenantLimits } from '../limits/tenant-limits.ts'
import { silentLogger } from '../observability/logger.ts'
import { createAlarmsPort } from '../rule-runner/ports/alarms-port.ts'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'
import { queueWorld } from '../testing/queue-world.ts'
import { createAlarmAllowance, withinAllowance } from './alarm-allowance.ts'
import { createAlarmCore } from './alarm-core.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
  const profile = await api.db.tenantProfiles.findDefault()
  const profileData = { configuration: { type: 'DEFAULT', maxCreatedAlarms: 3 } }
  const saved = saveTenantProfileSchema.parse({ id: profile?.id, name: profile?.name, default: true, profileData })
  await api.db.tenantProfiles.save(saved)
})
afterAll(() => api[Symbol.asyncDispose]())

const portOf = (now = Date.now): ((tenantId: string) => AlarmsPort) => {
  const { db } = api
  const core = createAlarmCore({ database: db, liveBus: api.liveBus, now })
  const allowance = createAlarmAllowance({ database: db, limits: createTenantLimits(db), now })
  return withinAllowance(createAlarmsPort({ database: db, core, logger: silentLogger, now }), allowance)
}
const wish = (originator: { entityType: 'DEVICE'; id: string }, type: string) => ({
  ...{ originator, type, severity: 'MAJOR' as const, startTs: 1_000, endTs: 1_000, details: null },
  ...{ propagate: false, propagateToOwner: false, propagateToTenant: false, propagateRelationTypes: [] },
})
const refused = { ok: false, error: 'Alarms creation is disabled' }
const save = (type: string) =>
  api.admin.post('/api/alarm', { originator: api.tenant.device.id, type, severity: 'MAJOR' })

describe('new alarms of a month', () => {
  test('are refused to nodes beyond the limit; those that are there go on being updated', async () => {
    const { tenantId, device } = api.stranger
    const port = portOf()(tenantId)
    const raise = async (...types: string[]) =>
      (await port.raise(types.map((type) => wish(device.id, type)))).map((one) =>
        one.ok ? (one.value.isNew ? 'new' : 'updated') : one.error,
      )
    expect(await raise('a', 'b', 'a')).toEqual(['new', 'new', 'updated'])
    // One of the two that are new finds room, and what belongs to it too.
    expect(await raise('c', 'd', 'a', 'c', 'd')).toEqual(['new', refused.error, 'updated', 'updated', refused.error])
    expect(await raise('e')).toEqual([refused.error])
    expect(await raise('b')).toEqual(['updated'])
    expect((await api.db.alarms.findActiveOf(tenantId, [device.id.id], ['a', 'b', 'c', 'd', 'e']))[0]).toHaveLength(3)
    // One that was cleared has come up all the same: the next of its type is a new one.
    const [cleared] = await port.active([{ originator: device.id, type: 'a' }])
    await port.clear([{ alarmId: cleared?.id.id ?? '', clearTs: 1 }])
    expect(await raise('a')).toEqual([refused.error])
  })

  test('are counted by the month', async () => {
    const { tenantId, device } = api.stranger
    const nextMonth = portOf(() => Date.now() + 32 * 24 * 3_600_000)(tenantId)
    expect(await nextMonth.raise([wish(device.id, 'next month')])).toMatchObject([{ ok: true }])
  })

  test('are refused to users with a text that says so, and with the limit', async () => {
    for (const type of ['a', 'b', 'c']) expect((await save(type)).status).toBe(200)
    expect(await save('d')).toMatchObject({
      status: 403,
      body: { errorCode: 41, message: 'Alarms creation is disabled', entityType: 'ALARM', limit: 3 },
    })
    expect((await save('a')).status).toBe(200)
    const usage = z.looseObject({ alarms: z.number(), maxAlarms: z.number() })
    expect(usage.parse((await api.admin.get('/api/usage')).body)).toMatchObject({ alarms: 3, maxAlarms: 3 })
  })
})

test('a create alarm node of a tenant without room fails its message, and raises nothing', async () => {
  await using world = await queueWorld()
  await world.saveProfile({ limits: { maxCreatedAlarms: 1 } })
  const seen: string[] = []
  for (const name of ['made', 'refused'])
    world.behaviours.set(name, (batch) => {
      seen.push(...batch.map(({ metadata }) => `${metadata.alarmType} ${name}`))
      return []
    })
  await world.startRunner()
  const configuration = {
    ...{ alarmType: 'that of the message', severity: 'MAJOR', useMessageAlarmData: true, overwriteAlarmDetails: false },
    ...{ propagate: false, relationTypes: [] },
  }
  const raise = { type: 'org.thingsboard.rule.engine.action.TbCreateAlarmNode', configuration }
  await world.draw('raise --Created--> made\nraise --Failure--> refused', { raise })
  const { device, tenantId } = world.services.tenant
  const wanted = (type: string) => {
    const data = JSON.stringify({ originator: device.id, type, severity: 'MAJOR' })
    return world.message(data, { originator: device.id, metadata: { alarmType: type } })
  }
  await world.send('Main', [wanted('first')])
  await waitFor(() => seen.length === 1)
  await world.send('Main', [wanted('second')])
  await waitFor(() => seen.length === 2)
  expect(seen).toEqual(['first made', 'second refused'])
  const [active] = await world.services.db.alarms.findActiveOf(tenantId, [device.id.id], ['first', 'second'])
  expect(active).toMatchObject([{ type: 'first' }])
})
