import { authorities } from '@thingwire/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type ApiUnderTest, apiUnderTest, type Client } from '../../testing/api-under-test.ts'
import { type ApiOperation, operationsOf } from '../api-docs.ts'
import { type Aim, aimAt, isPublicOperation, operationName } from './aim.ts'
import type { MatrixRoom } from './room.ts'
import { rooms as prepareRooms } from './rooms.ts'

/**
 * Walks every operation of the OpenAPI document, so that a route cannot be added without passing here. Each is called
 * with nobody signed in, with every role, with another tenant's ids, and by a customer user without the thing assigned.
 */
let api: ApiUnderTest
let operations: ApiOperation[]
let rooms: MatrixRoom[]
let aim: Aim

beforeAll(async () => {
  api = await apiUnderTest()
  operations = operationsOf((await api.request({ method: 'GET', url: '/api-docs/json' })).body)
  rooms = []
  for (const prepare of prepareRooms) rooms.push(await prepare(api))
  aim = aimAt(rooms)
})
afterAll(() => api[Symbol.asyncDispose]())

const name = operationName
const isPublic = isPublicOperation
const hasId = ({ path }: ApiOperation) => path.includes('{')

const call = (operation: ApiOperation, headers: Record<string, string>): Promise<Answer> => {
  const query = new URLSearchParams(aim.query(operation)).toString()
  return api.request({
    method: operation.method,
    url: `${aim.path(operation)}${query ? `?${query}` : ''}`,
    headers,
    ...(operation.method !== 'GET' && { body: aim.body(operation) }),
  })
}
const actsForCaller = (operation: ApiOperation) => aim.isIn('actsForCaller', operation)

/** An answer 200 to somebody who must learn nothing: an empty page or list, or what its room proves to be harmless. */
const expectNothingTold = (operation: ApiOperation, answer: Answer, label: string) => {
  const prove = aim.firstOf((room) => room.harmless?.[name(operation)])
  if (prove) return prove(answer.body)
  if (Array.isArray(answer.body)) expect(answer.body, label).toEqual([])
  else expect(answer.body, label).toMatchObject({ data: [], totalElements: 0 })
}

describe('the walk', () => {
  test('is over all operations, and each says who may call it', () => {
    expect(operations.length).toBeGreaterThan(45)
    const known = new Set<string>(['public', 'PRE_VERIFICATION_TOKEN', 'MFA_CONFIGURATION_TOKEN', ...authorities])
    for (const operation of operations) {
      expect(operation.roles, name(operation)).not.toHaveLength(0)
      expect(operation.summary, name(operation)).not.toBe('')
      for (const role of operation.roles) expect(known, name(operation)).toContain(role)
    }
  })

  test('public operations are exactly those that the rooms name', () => {
    const named = rooms.flatMap((room) => room.publicRoutes ?? []).sort()
    expect(operations.filter(isPublic).map(name).sort()).toEqual(named)
  })
})

test('nobody who is not signed in gets past any other operation', async () => {
  const before = await aim.belongings()
  for (const operation of operations.filter((one) => !isPublic(one)))
    for (const headers of [{}, { 'x-authorization': 'Bearer tampered.token.here' }, { cookie: 'tw_access=tampered' }]) {
      const answer = await call(operation, headers)
      expect(answer, name(operation)).toMatchObject({ status: 401, body: { status: 401 } })
    }
  expect(await aim.belongings()).toEqual(before)
})

test('a role that is not listed gets 403', async () => {
  const clients: Record<(typeof authorities)[number], Client> = {
    SYS_ADMIN: api.systemAdmin,
    TENANT_ADMIN: api.admin,
    CUSTOMER_USER: api.customer,
  }
  const before = await aim.belongings()
  let refusals = 0
  for (const operation of operations.filter((one) => !isPublic(one)))
    for (const role of authorities) {
      if (operation.roles.includes(role)) continue
      const answer = await call(operation, { 'x-authorization': `Bearer ${clients[role].token}` })
      expect(answer.status, `${name(operation)} as ${role}`).toBe(403)
      refusals++
    }
  expect(refusals).toBeGreaterThan(0)
  expect(await aim.belongings()).toEqual(before)
})

test("another tenant's ids lead nowhere and change nothing", async () => {
  const before = await aim.belongings()
  const aimed = operations.filter((one) => !isPublic(one) && (hasId(one) || one.method !== 'GET'))
  const ours = JSON.stringify(before)
  for (const operation of aimed.filter((one) => !actsForCaller(one) && one.roles.includes('TENANT_ADMIN'))) {
    const answer = await call(operation, { 'x-authorization': `Bearer ${api.strangerAdmin.token}` })
    const label = `${name(operation)} → ${answer.status} ${answer.text.slice(0, 80)}`
    if (answer.status === 200) expectNothingTold(operation, answer, label)
    else expect([400, 403, 404], label).toContain(answer.status)
    for (const leaked of [api.tenant.device.name, api.tenant.token]) {
      expect(ours).toContain(leaked)
      expect(answer.text, label).not.toContain(leaked)
    }
  }
  expect(await aim.belongings()).toEqual(before)
})

test('a customer user sees and changes nothing that is not assigned to the customer', async () => {
  const before = await aim.belongings()
  const aimed = operations.filter((one) => one.roles.includes('CUSTOMER_USER') && hasId(one) && !actsForCaller(one))
  for (const operation of aimed) {
    if (operation.path.includes('{customerId}') || operation.path.includes('{userId}')) continue
    const answer = await call(operation, { 'x-authorization': `Bearer ${api.customer.token}` })
    const label = `${name(operation)} → ${answer.status} ${answer.text.slice(0, 80)}`
    if (answer.status === 200) expectNothingTold(operation, answer, label)
    else expect([400, 403, 404], label).toContain(answer.status)
  }
  expect(await aim.belongings()).toEqual(before)
})

test('every answer carries the security headers', async () => {
  for (const operation of operations) {
    const { headers } = await call(operation, {})
    expect(headers, name(operation)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    })
    expect(headers, name(operation)).not.toHaveProperty('access-control-allow-origin')
  }
})
