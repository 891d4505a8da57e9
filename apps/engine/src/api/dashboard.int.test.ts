import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const dashboardSchema = z.looseObject({ id: z.object({ id: z.string() }), version: z.number() })
const save = async (body: object) => {
  const answer = await api.admin.post('/api/dashboard', body)
  expect(answer.status, answer.text).toBe(200)
  return dashboardSchema.parse(answer.body)
}
const listOf = (client: ApiUnderTest['customer'], customerId: string) =>
  client.get(`/api/customer/${customerId}/dashboards?pageSize=10&page=0`)

test('a dashboard keeps members of its configuration that we do not know', async () => {
  const { id } = await save({ title: 'Boilers', configuration: { futureThing: { deep: [1] }, widgets: {} } })
  const read = await api.admin.get(`/api/dashboard/${id.id}`)
  expect(read.body).toMatchObject({ title: 'Boilers', configuration: { futureThing: { deep: [1] } } })
  const info = await api.admin.get(`/api/dashboard/info/${id.id}`)
  expect(info.body).not.toHaveProperty('configuration')
})

test('a stale version is a conflict, a missing title an error', async () => {
  const first = await save({ title: 'Versioned' })
  await save({ ...first, title: 'Second' })
  expect((await api.admin.post('/api/dashboard', { ...first, title: 'Third' })).status).toBe(409)
  expect(await api.admin.post('/api/dashboard', { title: ' ' })).toMatchObject({
    status: 400,
    body: { message: 'Dashboard title should be specified!' },
  })
})

test('a customer user sees a dashboard from the moment it is assigned', async () => {
  const { id } = await save({ title: 'For the customer' })
  expect((await api.customer.get(`/api/dashboard/${id.id}`)).status).toBe(404)
  const assigned = await api.admin.post(`/api/customer/${api.tenant.customerId}/dashboard/${id.id}`)
  expect(assigned.body).toMatchObject({ assignedCustomers: [{ customerId: { id: api.tenant.customerId } }] })
  expect((await api.customer.get(`/api/dashboard/${id.id}`)).status).toBe(200)
  expect((await listOf(api.customer, api.tenant.customerId)).body).toMatchObject({ totalElements: 1 })
  expect((await listOf(api.customer, api.stranger.customerId)).status).toBe(403)
})

test("a dashboard cannot be assigned to another tenant's customer", async () => {
  const { id } = await save({ title: 'Ours' })
  const answer = await api.admin.post(`/api/customer/${api.stranger.customerId}/dashboard/${id.id}`)
  expect([400, 404]).toContain(answer.status)
  expect((await listOf(api.strangerAdmin, api.stranger.customerId)).body).toMatchObject({ totalElements: 0 })
})

test('a deleted dashboard is gone', async () => {
  const { id } = await save({ title: 'Short-lived' })
  expect((await api.admin.delete(`/api/dashboard/${id.id}`)).status).toBe(200)
  expect((await api.admin.get(`/api/dashboard/${id.id}`)).status).toBe(404)
})

test('server time and the limit of points are plain numbers', async () => {
  expect((await api.customer.get('/api/dashboard/serverTime')).body).toEqual(expect.any(Number))
  expect((await api.customer.get('/api/dashboard/maxDatapointsLimit')).text).toBe('50000')
})
