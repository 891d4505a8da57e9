import { systemParamsSchema, usageInfoSchema } from '@thingwire/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

test('usage counts what the tenant has and what its devices sent this month', async () => {
  const { tenantId } = api.tenant
  const now = Date.now()
  const counted = { accepted: 0, rejected: 0 }
  await api.db.ledger.recordAccepted([
    { ...counted, tenantId, minuteMs: now, accepted: 7 },
    { ...counted, tenantId, minuteMs: now - 32 * 24 * 3_600_000, accepted: 100 },
    { ...counted, tenantId: api.stranger.tenantId, minuteMs: now, accepted: 1_000 },
  ])
  const { status, body } = await api.admin.get('/api/usage')
  expect(status).toBe(200)
  expect(usageInfoSchema.strict().parse(body)).toMatchObject({
    devices: 2,
    maxDevices: 0,
    assets: 0,
    customers: 1,
    users: 2,
    dashboards: 0,
    transportMessages: 7,
    alarms: 0,
    smsEnabled: true,
  })
  for (const client of [api.customer, api.systemAdmin])
    expect(await client.get('/api/usage')).toMatchObject({ status: 403 })
})

test('an API usage state is made for a tenant that has none, once', async () => {
  const states = await Promise.all([1, 2, 3].map(() => api.db.apiUsage.find(api.tenant.tenantId)))
  expect(new Set(states.map((state) => state?.id.id)).size).toBe(1)
  expect(await api.db.apiUsage.find(crypto.randomUUID())).toBeNull()
})

test('system parameters tell each caller its own limits', async () => {
  for (const client of [api.systemAdmin, api.admin, api.customer]) {
    const { status, body } = await client.get('/api/system/params')
    expect(status).toBe(200)
    expect(systemParamsSchema.strict().parse(body)).toMatchObject({
      maxDatapointsLimit: 50_000,
      maxDebugModeDurationMinutes: 15,
      allowedDashboardIds: [],
      userSettings: { openedMenuSections: [] },
    })
  }
  expect((await api.customer.get('/api/system/params')).body).toMatchObject({ userTokenAccessEnabled: false })
  expect((await api.admin.get('/api/system/params')).body).toMatchObject({ userTokenAccessEnabled: true })
  expect((await api.customer.get('/api/system/info')).body).toMatchObject({ name: 'Thingwire', artifact: 'thingwire' })
})

test('callers who see nothing but dashboards are told which, and keep their settings', async () => {
  const { scope, customerUser, customerId } = api.tenant
  const dashboard = await api.db.dashboards.save(scope, { title: 'The only one', configuration: {} })
  await api.db.dashboards.assign(scope, dashboard.id.id, customerId)
  const { body: user } = await api.customer.get('/api/auth/user')
  await api.customer.put('/api/user/settings', { openedMenuSections: ['home'] })
  const saved = await api.admin.post('/api/user', {
    ...(user as object),
    version: null,
    additionalInfo: { defaultDashboardFullscreen: true },
  })
  expect(saved).toMatchObject({ status: 200, body: { email: customerUser.email } })
  expect((await api.customer.get('/api/system/params')).body).toMatchObject({
    allowedDashboardIds: [dashboard.id.id],
    userSettings: { openedMenuSections: ['home'] },
  })
  expect((await api.admin.get('/api/system/params')).body).toMatchObject({
    allowedDashboardIds: [],
    userSettings: { openedMenuSections: [] },
  })
})

test('figures of a moment are those of each tenant: what it sent, what came up and what is active', async () => {
  const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000
  const { tenantId, device } = api.tenant
  const before = (await api.db.apiUsage.figures(hour)).find((one) => one.tenantId === tenantId)
  await api.db.ledger.recordAccepted([{ tenantId, minuteMs: Date.now(), accepted: 50, rejected: 0 }])
  for (const [type, severity] of [
    ['Hot', 'MAJOR'],
    ['Dry', 'MAJOR'],
    ['Dark', 'CRITICAL'],
  ])
    expect(await api.admin.post('/api/alarm', { type, severity, originator: device.id })).toMatchObject({ status: 200 })
  const state = await api.db.apiUsage.find(tenantId)
  const after = (await api.db.apiUsage.figures(hour)).find((one) => one.tenantId === tenantId)
  expect(after).toEqual({
    tenantId,
    stateId: state?.id.id,
    messages: 50,
    createdAlarms: (before?.createdAlarms ?? 0) + 3,
    activeAlarms: { MAJOR: 2, CRITICAL: 1 },
  })
  // Another hour has nothing yet, but the alarms are active still.
  const next = (await api.db.apiUsage.figures(hour + 3_600_000)).find((one) => one.tenantId === tenantId)
  expect(next).toMatchObject({ messages: 0, createdAlarms: 0, activeAlarms: { MAJOR: 2, CRITICAL: 1 } })
  expect(await api.db.apiUsage.figures(hour)).not.toContainEqual(
    expect.objectContaining({ tenantId: api.stranger.tenantId, messages: 50 }),
  )
})
