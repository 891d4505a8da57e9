import { randomUUID } from 'node:crypto'
import { createTenant, createUser } from '@thingwire/db/seed'
import { entityId } from '@thingwire/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { hashPassword } from '../auth/passwords.ts'
import { type ContractWorld, type Reply, startContractWorld } from './contract-world.ts'

/** The checklist of the ThingsBoard contract, part two: REST. Real requests to a whole engine. */
let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const refusal = (status: number, errorCode: number, message?: unknown) => ({
  status,
  body: { status, errorCode, message: message ?? expect.any(String), timestamp: expect.any(Number) },
})
const idOf = ({ body }: Reply): string => z.object({ id: z.object({ id: z.string() }) }).parse(body).id.id
const unknown = '11111111-1111-4111-8111-111111111111'

test('20. no header is 401 with code 10, a bad signature 401 with code 11', async () => {
  expect(await world.request('GET', '/api/auth/user')).toMatchObject(refusal(401, 10, 'Authentication failed'))
  const [head, claims] = world.admin.token.split('.')
  const forged = { 'x-authorization': `Bearer ${head}.${claims}.${'A'.repeat(86)}` }
  expect(await world.request('GET', '/api/auth/user', { headers: forged })).toMatchObject(refusal(401, 11))
})

test('21. a customer user gets 403 for a foreign device, 404 for an unknown one, 400 for a bad id', async () => {
  const { id } = await world.device()
  expect(await world.customer.get(`/api/device/${id}`)).toMatchObject(refusal(403, 20))
  expect(await world.customer.get(`/api/device/${unknown}`)).toMatchObject(
    refusal(404, 32, `Device with id [${unknown}] is not found`),
  )
  expect((await world.customer.get('/api/device/no-id')).status).toBe(400)
})

describe('22. saving a device', () => {
  test('22. twice with one name is refused', async () => {
    const { name } = await world.device()
    expect(await world.admin.post('/api/device', { name, type: 'default' })).toMatchObject(
      refusal(400, 31, 'Device with such name already exists!'),
    )
  })

  test('22. with a stale version is 409 with code 35', async () => {
    const { id } = await world.device()
    const read = (await world.admin.get(`/api/device/${id}`)).body as Record<string, unknown>
    expect((await world.admin.post('/api/device', { ...read, label: 'newer' })).status).toBe(200)
    expect(await world.admin.post('/api/device', { ...read, label: 'stale' })).toMatchObject(refusal(409, 35))
    expect((await world.admin.get(`/api/device/${id}`)).body).toMatchObject({ label: 'newer' })
  })

  test('22. without its customerId takes it from the customer', async () => {
    const customerId = entityId('CUSTOMER', world.tenant.customerId)
    const { id, name } = await world.device({ customerId })
    expect((await world.customer.get(`/api/device/${id}`)).status).toBe(200)
    const saved = await world.admin.post('/api/device', { id: { entityType: 'DEVICE', id }, name, type: 'default' })
    expect(saved.body).toMatchObject({ customerId: { id: '13814000-1dd2-11b2-8080-808080808080' } })
    expect((await world.customer.get(`/api/device/${id}`)).status).toBe(403)
  })
})

test('23. a latest value that is missing is null at this moment, in a history its key is absent', async () => {
  const device = await world.device()
  const before = Date.now()
  const latest = await world.admin.get(device.values('values/timeseries?keys=missing'))
  expect(latest.body).toEqual({ missing: [{ ts: expect.any(Number), value: null }] })
  const [point] = z.object({ missing: z.array(z.object({ ts: z.number() })) }).parse(latest.body).missing
  expect(point?.ts).toBeGreaterThanOrEqual(before)
  const history = await world.admin.get(device.values('values/timeseries?keys=missing&startTs=0&endTs=1000'))
  expect(history.body).toEqual({})
})

test('24. AVG gives the middle of each bucket that has points; too many buckets are refused', async () => {
  const device = await world.device()
  const points = [
    [0, 1],
    [10_000, 3],
    [130_000, 10],
  ].map(([ts, a]) => ({ ts: 1_000_000 + (ts ?? 0), values: { a } }))
  expect((await world.admin.post(device.values('timeseries/ANY'), points)).status).toBe(200)
  const aggregated = (more: string) =>
    world.admin.get(device.values(`values/timeseries?keys=a&startTs=1000000&${more}`))
  expect((await aggregated('endTs=1180000&agg=AVG&interval=60000')).body).toEqual({
    a: [
      { ts: 1_030_000, value: '2' },
      { ts: 1_150_000, value: '10' },
    ],
  })
  const tooMany = await aggregated(`endTs=${1_000_000 + 701_000}&agg=AVG&interval=1000`)
  expect([tooMany.status, tooMany.headers.get('content-type')]).toEqual([400, expect.stringContaining('text/plain')])
  expect(tooMany.text).toMatch(/^Incorrect TsKvQuery\. Number of intervals is to high - 701\./)
  expect((await aggregated('endTs=1180000&agg=AVG&interval=0')).body).toEqual({
    a: [
      { ts: 1_130_000, value: '10' },
      { ts: 1_010_000, value: '3' },
      { ts: 1_000_000, value: '1' },
    ],
  })
})

test('25. attributes of the client cannot be saved by REST', async () => {
  const device = await world.device()
  const answer = await world.admin.post(device.values('CLIENT_SCOPE'), { a: 1 })
  expect([answer.status, answer.text]).toEqual([400, 'Invalid scope: CLIENT_SCOPE'])
})

test('26. an alarm is one while it is active; acknowledging twice is refused; no assigneeId unassigns', async () => {
  const { id } = await world.device()
  const alarm = { type: 'Hot', severity: 'MAJOR', originator: { entityType: 'DEVICE', id } }
  const first = await world.admin.post('/api/alarm', alarm)
  const alarmId = idOf(first)
  expect(idOf(await world.admin.post('/api/alarm', alarm))).toBe(alarmId)
  expect((await world.admin.post(`/api/alarm/${alarmId}/ack`)).status).toBe(200)
  expect(await world.admin.post(`/api/alarm/${alarmId}/ack`)).toMatchObject(
    refusal(400, 31, 'Alarm was already acknowledged!'),
  )
  const assigned = await world.admin.post(`/api/alarm/${alarmId}/assign/${world.tenant.admin.userId}`)
  expect(assigned.body).toMatchObject({ assigneeId: { id: world.tenant.admin.userId } })
  const updated = await world.admin.post('/api/alarm', { ...alarm, id: { entityType: 'ALARM', id: alarmId } })
  expect(updated).toMatchObject({ status: 200, body: { assigneeId: null } })
  expect((await world.admin.post(`/api/alarm/${alarmId}/clear`)).status).toBe(200)
  expect(idOf(await world.admin.post('/api/alarm', alarm))).not.toBe(alarmId)
})

test('27. POST /api/relation answers nothing, its second version the relation', async () => {
  const [one, other] = [await world.device(), await world.device()]
  const relation = {
    from: { entityType: 'DEVICE', id: one.id },
    to: { entityType: 'DEVICE', id: other.id },
    type: 'Contains',
    typeGroup: 'COMMON',
  }
  expect(await world.admin.post('/api/relation', relation)).toMatchObject({ status: 200, text: '' })
  expect(await world.admin.post('/api/v2/relation', relation)).toMatchObject({ status: 200, body: relation })
})

test('28. a page of nothing and an unknown order are refused', async () => {
  expect(await world.admin.get('/api/tenant/devices?pageSize=0&page=0')).toMatchObject(
    refusal(400, 31, "Incorrect page link page size '0'. Page size must be greater than zero."),
  )
  expect(await world.admin.get('/api/tenant/devices?pageSize=1&page=0&sortProperty=name&sortOrder=foo')).toMatchObject(
    refusal(400, 31, "Unsupported sort order 'foo'! Only 'ASC' or 'DESC' types are allowed."),
  )
})

test('29. a tenant with the limit 1:60 gets 429 with code 33 at its second call, SYS_ADMIN never', async () => {
  const profile = await world.systemAdmin.post('/api/tenantProfile', {
    name: `Slow ${randomUUID()}`,
    profileData: { configuration: { type: 'DEFAULT', tenantServerRestLimitsConfiguration: '1:60' } },
  })
  expect(profile.status).toBe(200)
  const tenantId = await createTenant(world.services.db, { title: `Slow ${randomUUID()}` })
  const email = `slow-${randomUUID()}@example.org`
  const passwordHash = await hashPassword('correct horse battery')
  await createUser(world.services.db, { authority: 'TENANT_ADMIN', email, tenantId, passwordHash })
  const tenant = (await world.systemAdmin.get(`/api/tenant/${tenantId}`)).body as Record<string, unknown>
  const tenantProfileId = entityId('TENANT_PROFILE', idOf(profile))
  expect((await world.systemAdmin.post('/api/tenant', { ...tenant, tenantProfileId })).status).toBe(200)
  const slow = await world.signIn(email)
  expect((await slow.get('/api/auth/user')).status).toBe(200)
  expect(await slow.get('/api/auth/user')).toMatchObject(refusal(429, 33, 'Too many requests for current tenant!'))
  for (let n = 0; n < 3; n++) expect((await world.systemAdmin.get('/api/auth/user')).status).toBe(200)
  expect((await world.admin.get('/api/auth/user')).status).toBe(200)
})

test('30. a tenant administrator saves no attributes of its own tenant', async () => {
  const path = `/api/plugins/telemetry/TENANT/${world.tenant.tenantId}`
  expect((await world.admin.post(`${path}/SERVER_SCOPE`, { a: 1 })).status).toBe(403)
  expect((await world.admin.get(`${path}/values/attributes/SERVER_SCOPE?keys=a`)).body).toEqual([])
})
