import { authorities } from '@thingwire/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest, type Client, type Answer } from '../testing/api-under-test.ts'
import { type ApiOperation, operationsOf } from './api-docs.ts'

/**
 * Walks every operation of the OpenAPI document, so that a route cannot be added without passing here. Each is called
 * with nobody signed in, with every role, and with another tenant's ids.
 */
let api: ApiUnderTest
let operations: ApiOperation[]
let dashboardId: string

beforeAll(async () => {
  api = await apiUnderTest()
  operations = operationsOf((await api.request({ method: 'GET', url: '/api-docs/json' })).body)
  const made = await api.admin.post('/api/dashboard', { title: 'Mine' })
  dashboardId = z.object({ id: z.object({ id: z.string() }) }).parse(made.body).id.id
})
afterAll(() => api[Symbol.asyncDispose]())

/** Ids of the first tenant for every path parameter that names one of its things. */
const pathOf = ({ path, method }: ApiOperation): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    switch (name) {
      case 'deviceId':
        return api.tenant.device.id.id
      case 'entityType':
        return 'DEVICE'
      case 'entityId':
        return api.tenant.device.id.id
      case 'scope':
        return method === 'GET' || method === 'DELETE' ? 'SHARED_SCOPE' : 'SERVER_SCOPE'
      case 'ttl':
        return '0'
      case 'customerId':
        return api.tenant.customerId
      case 'dashboardId':
        return dashboardId
      case 'ruleChainId':
        return api.tenant.rootChain.id.id
      case 'userId':
        return api.tenant.admin.userId
      default:
        throw new Error(`The matrix does not know what to put for {${name}} of ${path}: teach it`)
    }
  })

const queryOf = ({ query }: ApiOperation): string => {
  const values: Record<string, string> = {
    pageSize: '10',
    page: '0',
    startTs: '0',
    endTs: '1000',
    fromMs: '0',
    toMs: '1000',
    componentTypes: 'FILTER',
    keys: 'a,b',
  }
  const required = query.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1))
  const named = ['pageSize', 'page', 'keys'].filter((name) => query.includes(name))
  return [...required, ...named]
    .map((name) => {
      const value = values[name]
      if (value === undefined)
        throw new Error(`The matrix does not know what to put for the parameter ${name}: teach it`)
      return `${name}=${value}`
    })
    .join('&')
}

/** A body that a write of the path accepts, aimed at things of the first tenant. */
const bodyOf = async ({ path }: ApiOperation): Promise<unknown> => {
  const device = api.tenant.device
  switch (path) {
    case '/api/device':
      return { id: device.id, name: 'taken over' }
    case '/api/device/credentials': {
      const credentials = await api.db.credentials.findByDevice(api.tenant.scope, device.id.id)
      return { ...credentials, credentialsId: 'taken-over' }
    }
    case '/api/ruleChain/metadata':
      return { ruleChainId: api.tenant.rootChain.id, firstNodeIndex: null, nodes: [], connections: [] }
    case '/api/dashboard':
      return { id: { id: dashboardId }, title: 'taken over' }
    default:
      return path.includes('/telemetry/') ? { takenOver: 1 } : {}
  }
}

const call = async (operation: ApiOperation, headers: Record<string, string>): Promise<Answer> => {
  const query = queryOf(operation)
  return api.request({
    method: operation.method,
    url: `${pathOf(operation)}${query ? `?${query}` : ''}`,
    headers,
    ...(operation.method !== 'GET' && { body: await bodyOf(operation) }),
  })
}

/** Everything of the first tenant that some route could change. */
const belongings = async () => {
  const { scope, device, rootChain } = api.tenant
  const { db } = api
  return {
    devices: (await db.devices.list(scope, { pageSize: 100, page: 0 })).data,
    credentials: await db.credentials.findByDevice(scope, device.id.id),
    chains: (await db.ruleChains.list(scope, { pageSize: 100, page: 0 })).data,
    metadata: await db.ruleChains.metadata(scope, rootChain.id.id),
    dashboards: (await db.dashboards.list(scope, { pageSize: 100, page: 0 })).data,
    attributes: await db.attributes.find(scope, device.id, {}),
    latest: await db.telemetry.latest(scope, device.id),
    user: (await db.users.findAccountById(api.tenant.admin.userId))?.user.authority,
  }
}

const name = ({ method, path }: ApiOperation) => `${method} ${path}`
const isPublic = ({ roles }: ApiOperation) => roles.includes('public')
const hasId = ({ path }: ApiOperation) => path.includes('{')

describe('the walk', () => {
  test('is over all operations, and each says who may call it', () => {
    expect(operations.length).toBeGreaterThan(45)
    const known = new Set<string>(['public', ...authorities])
    for (const operation of operations) {
      expect(operation.roles, name(operation)).not.toHaveLength(0)
      expect(operation.summary, name(operation)).not.toBe('')
      for (const role of operation.roles) expect(known, name(operation)).toContain(role)
    }
  })

  test('public operations are exactly the ways to sign in', () => {
    expect(operations.filter(isPublic).map(name)).toEqual([
      'POST /api/auth/login',
      'POST /api/auth/token',
      'GET /api/noauth/sign-in-info',
      'DELETE /api/session',
      'POST /api/session',
      'POST /api/session/refresh',
    ])
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
  const aimed = operations.filter((one) => !isPublic(one) && (hasId(one) || one.method !== 'GET'))
  const ours = JSON.stringify(before)
  const strangerToken = api.strangerAdmin.token
  for (const operation of aimed) {
    // These act for the caller alone: there is no foreign thing to aim at.
    if (['/api/auth/logout', '/api/ruleChain', '/api/ruleChain/import'].includes(operation.path)) continue
    const answer = await call(operation, { 'x-authorization': `Bearer ${strangerToken}` })
    const label = `${name(operation)} → ${answer.status} ${answer.text.slice(0, 80)}`
    if (answer.status === 200) {
      // A list by a foreign customer's id is an empty page, not an answer about somebody.
      expect(answer.body, label).toMatchObject({ data: [], totalElements: 0 })
    } else expect([400, 403, 404], label).toContain(answer.status)
    for (const leaked of [api.tenant.device.name, api.tenant.token]) {
      expect(ours).toContain(leaked)
      expect(answer.text, label).not.toContain(leaked)
    }
  }
  expect(await belongings()).toEqual(before)
})

test('a customer user sees and changes nothing that is not assigned to the customer', async () => {
  const before = await belongings()
  for (const operation of operations.filter((one) => one.roles.includes('CUSTOMER_USER') && hasId(one))) {
    if (operation.path.includes('{customerId}') || operation.path.includes('{userId}')) continue
    const answer = await call(operation, { 'x-authorization': `Bearer ${api.customer.token}` })
    expect([403, 404], `${name(operation)} → ${answer.status}`).toContain(answer.status)
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
