import { authorities } from '@thingwire/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type ApiUnderTest, apiUnderTest, type Client } from '../../testing/api-under-test.ts'
import { type ApiOperation, operationsOf } from '../api-docs.ts'
import type { MatrixRoom } from './room.ts'
import { rooms as prepareRooms } from './rooms.ts'

/**
 * Walks every operation of the OpenAPI document, so that a route cannot be added without passing here. Each is called
 * with nobody signed in, with every role, with another tenant's ids, and by a customer user without the thing assigned.
 */
let api: ApiUnderTest
let operations: ApiOperation[]
let rooms: MatrixRoom[]

beforeAll(async () => {
  api = await apiUnderTest()
  operations = operationsOf((await api.request({ method: 'GET', url: '/api-docs/json' })).body)
  rooms = []
  for (const prepare of prepareRooms) rooms.push(await prepare(api))
})
afterAll(() => api[Symbol.asyncDispose]())

const name = ({ method, path }: ApiOperation) => `${method} ${path}`
const isPublic = ({ roles }: ApiOperation) => roles.includes('public')
const hasId = ({ path }: ApiOperation) => path.includes('{')

const firstOf = <T>(pick: (room: MatrixRoom) => T | undefined): T | undefined => {
  for (const room of rooms) {
    const found = pick(room)
    if (found !== undefined) return found
  }
  return undefined
}

const pathOf = (operation: ApiOperation): string =>
  operation.path.replace(/\{(\w+)\}/g, (_, parameter: string) => {
    const value =
      firstOf((room) => room.paramsOf?.[name(operation)]?.[parameter]) ?? firstOf((room) => room.params?.[parameter])
    if (value === undefined)
      throw new Error(`The matrix does not know what to put for {${parameter}} of ${operation.path}: teach a room`)
    return value
  })

const queryOf = (operation: ApiOperation): string => {
  const required = operation.query.filter((one) => one.endsWith('*')).map((one) => one.slice(0, -1))
  const paged = ['pageSize', 'page'].filter((one) => operation.query.includes(one))
  const aimed = firstOf((room) => room.queryOf?.[name(operation)]) ?? {}
  const values: Record<string, string> = { ...aimed }
  for (const parameter of [...required, ...paged]) {
    const value = values[parameter] ?? firstOf((room) => room.query?.[parameter])
    if (value === undefined)
      throw new Error(`The matrix does not know what to put for ?${parameter} of ${operation.path}: teach a room`)
    values[parameter] = value
  }
  return new URLSearchParams(values).toString()
}

const bodyOf = (operation: ApiOperation): unknown => {
  const body = firstOf((room) => room.bodies?.[name(operation)])
  if (body) return body()
  return operation.path.includes('/telemetry/') ? { takenOver: 1 } : {}
}

const call = (operation: ApiOperation, headers: Record<string, string>): Promise<Answer> => {
  const query = queryOf(operation)
  return api.request({
    method: operation.method,
    url: `${pathOf(operation)}${query ? `?${query}` : ''}`,
    headers,
    ...(operation.method !== 'GET' && { body: bodyOf(operation) }),
  })
}

const belongings = async () => {
  const all: unknown[] = []
  for (const room of rooms) all.push(await room.belongings?.())
  return all
}
const isFor = (list: 'publicRoutes' | 'actsForCaller') => {
  const named = new Set(rooms.flatMap((room) => room[list] ?? []))
  return (operation: ApiOperation) => named.has(name(operation))
}

/** An answer 200 to somebody who must learn nothing: an empty page or list, or what its room proves to be harmless. */
const expectNothingTold = (operation: ApiOperation, answer: Answer, label: string) => {
  const prove = firstOf((room) => room.harmless?.[name(operation)])
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
  const before = await belongings()
  for (const operation of operations.filter((one) => !isPublic(one)))
    for (const headers of [{}, { 'x-authorization': 'Bearer tampered.token.here' }, { cookie: 'tw_access=tampered' }]) {
      const answer = await call(operation, headers)
      expect(answer, name(operation)).toMatchObject({ status: 401, body: { status: 401 } })
    }
  expect(await belongings()).toEqual(before)
})

test('a role that is not listed gets 403', async () => {
  const clients: Record<(typeof authorities)[number], Client> = {
    SYS_ADMIN: api.systemAdmin,
    TENANT_ADMIN: api.admin,
    CUSTOMER_USER: api.customer,
  }
  const before = await belongings()
  let refusals = 0
  for (const operation of operations.filter((one) => !isPublic(one)))
    for (const role of authorities) {
      if (operation.roles.includes(role)) continue
      const answer = await call(operation, { 'x-authorization': `Bearer ${clients[role].token}` })
      expect(answer.status, `${name(operation)} as ${role}`).toBe(403)
      refusals++
    }
  expect(refusals).toBeGreaterThan(0)
  expect(await belongings()).toEqual(before)
})

test("another tenant's ids lead nowhere and change nothing", async () => {
  const before = await belongings()
  const actsForCaller = isFor('actsForCaller')
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
  expect(await belongings()).toEqual(before)
})

test('a customer user sees and changes nothing that is not assigned to the customer', async () => {
  const before = await belongings()
  const actsForCaller = isFor('actsForCaller')
  const aimed = operations.filter((one) => one.roles.includes('CUSTOMER_USER') && hasId(one) && !actsForCaller(one))
  for (const operation of aimed) {
    if (operation.path.includes('{customerId}') || operation.path.includes('{userId}')) continue
    const answer = await call(operation, { 'x-authorization': `Bearer ${api.customer.token}` })
    const label = `${name(operation)} → ${answer.status} ${answer.text.slice(0, 80)}`
    if (answer.status === 200) expectNothingTold(operation, answer, label)
    else expect([400, 403, 404], label).toContain(answer.status)
  }
  expect(await belongings()).toEqual(before)
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
