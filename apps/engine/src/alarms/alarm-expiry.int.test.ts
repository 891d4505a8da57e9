import type { LiveBusEvent } from '@thingwire/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createEntityActions } from '../actions/entity-actions.ts'
import { silentLogger } from '../observability/logger.ts'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'
import { createAlarmCore } from './alarm-core.ts'
import { createAlarmExpiry } from './alarm-expiry.ts'

const dayMs = 86_400_000
const now = Date.UTC(2026, 5, 30)
let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const expire = () =>
  createAlarmExpiry({
    database: api.db,
    core: createAlarmCore({
      database: api.db,
      liveBus: { isEntityWatched: () => true, publish: (_tenantId, event) => published.push(event) },
      now: () => now,
    }),
    actions: createEntityActions({
      audit: { record: async () => {} },
      database: api.db,
      queue: {
        submitInternal: async (_queueName, _key, messages) => {
          sent.push(...messages.map(({ type, originator, tenantId }) => ({ type, originator, tenantId })))
        },
      },
      logger: silentLogger,
      now: () => now,
    }),
    now: () => now,
  })()
const sent: object[] = []
const published: LiveBusEvent[] = []

const raise = (type: string, endTs: number) =>
  api.db.alarms.raise(
    api.tenant.tenantId,
    {
      ...{ severity: 'MAJOR', startTs: endTs, endTs, details: null, propagateRelationTypes: [] },
      ...{ propagate: false, propagateToOwner: false, propagateToTenant: false },
      ...{ originator: api.tenant.device.id, customerId: null, type },
    },
    endTs,
  )
const profilesSchema = z.object({
  data: z.array(z.looseObject({ profileData: z.looseObject({ configuration: z.looseObject({}) }) })),
})
const keepFor = async (days: number) => {
  const profiles = await api.systemAdmin.get('/api/tenantProfiles?pageSize=10&page=0')
  for (const profile of profilesSchema.parse(profiles.body).data) {
    const profileData = {
      ...profile.profileData,
      configuration: { ...profile.profileData.configuration, alarmsTtlDays: days },
    }
    expect((await api.systemAdmin.post('/api/tenantProfile', { ...profile, profileData })).status).toBe(200)
  }
}
const types = async () =>
  (await api.db.alarms.list(api.tenant.scope, { pageSize: 10, page: 0 }, {})).data.map(({ type }) => type).sort()

test('alarms stay for ever unless the profile limits it', async () => {
  await raise('ancient', 1)
  expect(await expire()).toBe(0)
  expect(await types()).toEqual(['ancient'])
})

test('what ended before the days of the profile goes; rule engine and watchers are told of each', async () => {
  await raise('old', now - 8 * dayMs)
  await raise('young', now - 6 * dayMs)
  await keepFor(7)
  expect(await expire()).toBe(2)
  expect(await types()).toEqual(['young'])
  const message = { type: 'ALARM_DELETE', originator: api.tenant.device.id, tenantId: api.tenant.tenantId }
  expect(sent).toEqual([message, message])
  const event = { kind: 'alarm', originatorId: api.tenant.device.id.id, isDeleted: true }
  expect(published).toMatchObject([event, event])
  expect(await expire()).toBe(0)
})
