import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'
import { upload } from '../testing/upload.ts'

/** What holds for dashboards, rule chains, widgets and resources alike. */
let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const savedSchema = z.looseObject({ id: z.looseObject({ entityType: z.string(), id: z.string() }) })
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const resource = { title: 'R', resourceType: 'GENERAL', fileName: 'r.bin', data: Buffer.alloc(100).toString('base64') }

describe('the audit log', () => {
  const logSchema = z.looseObject({
    data: z.array(
      z.looseObject({ actionType: z.string(), actionStatus: z.string(), actionFailureDetails: z.string().nullable() }),
    ),
  })
  const logOf = async (entityType: string, id: string) => {
    const answer = await api.admin.get(
      `/api/audit/logs/entity/${entityType}/${id}?pageSize=20&page=0&sortProperty=createdTime&sortOrder=ASC`,
    )
    expect(answer.status, answer.text).toBe(200)
    return logSchema.parse(answer.body).data
  }

  test.each([
    ['/api/dashboard', { title: 'Audited' }],
    ['/api/ruleChain', { name: 'Audited' }],
    ['/api/widgetType', { name: 'Audited', descriptor: {} }],
    ['/api/widgetsBundle', { title: 'Audited' }],
    ['/api/resource', resource],
  ])('%s notes what was done and what was tried in vain', async (path, body) => {
    const { id } = savedSchema.parse((await api.admin.post(path, body)).body)
    await api.admin.post(path, { ...body, id })
    if (path !== '/api/resource') await api.admin.post(path, { ...body, id, version: 77 })
    await api.admin.delete(`${path}/${id.id}`)
    const log = await logOf(id.entityType, id.id)
    expect(log.map(({ actionType, actionStatus }) => `${actionType} ${actionStatus}`)).toEqual([
      'ADDED SUCCESS',
      'UPDATED SUCCESS',
      ...(path === '/api/resource' ? [] : ['UPDATED FAILURE']),
      'DELETED SUCCESS',
    ])
    for (const entry of log.filter(({ actionStatus }) => actionStatus === 'FAILURE'))
      expect(entry.actionFailureDetails).toMatch(/\w/)
    expect(api.messages.slice(-3).map(({ message }) => message.type)).toEqual([
      'ENTITY_CREATED',
      'ENTITY_UPDATED',
      'ENTITY_DELETED',
    ])
  })

  test('holds neither the document of a dashboard nor the bytes of a resource', async () => {
    const board = savedSchema.parse(
      (await api.admin.post('/api/dashboard', { title: 'Secretive', configuration: { inside: 'marker-of-dashboard' } }))
        .body,
    )
    const file = savedSchema.parse(
      (await api.admin.post('/api/resource', { ...resource, data: btoa('marker-of-file') })).body,
    )
    const texts = JSON.stringify([await logOf('DASHBOARD', board.id.id), await logOf('TB_RESOURCE', file.id.id)])
    expect(texts).toContain('Secretive')
    expect(texts).not.toContain('marker-of-dashboard')
    expect(texts).not.toContain(btoa('marker-of-file'))
  })
})

describe('limits of the tenant profile', () => {
  test('end the making of further dashboards, rule chains and files', async () => {
    const configuration = {
      type: 'DEFAULT',
      maxDashboards: 1,
      maxRuleChains: 1,
      maxResourceSize: 200,
      maxResourcesInBytes: 150,
    }
    const profile = await api.systemAdmin.post('/api/tenantProfile', { name: 'Tight', profileData: { configuration } })
    const tenant = z.looseObject({}).parse((await api.systemAdmin.get(`/api/tenant/${api.stranger.tenantId}`)).body)
    const moved = await api.systemAdmin.post('/api/tenant', {
      ...tenant,
      tenantProfileId: savedSchema.parse(profile.body).id,
    })
    expect(moved.status, moved.text).toBe(200)

    const { strangerAdmin } = api
    const first = savedSchema.parse((await strangerAdmin.post('/api/dashboard', { title: 'First' })).body)
    expect(await strangerAdmin.post('/api/dashboard', { title: 'Second' })).toMatchObject({
      status: 403,
      body: { message: 'Dashboards limit reached', errorCode: 41, entityType: 'DASHBOARD', limit: 1 },
    })
    expect((await strangerAdmin.post('/api/dashboard', { id: first.id, title: 'Renamed' })).status).toBe(200)
    for (const [path, body] of [
      ['/api/ruleChain', { name: 'Second' }],
      ['/api/ruleChain/device/default', { name: 'Second' }],
      ['/api/ruleChain/import', { ruleChain: { name: 'Second' }, metadata: { nodes: [], connections: [] } }],
    ] as const)
      expect(await strangerAdmin.post(path, body)).toMatchObject({
        status: 403,
        body: { message: 'Rule chains limit reached', errorCode: 41, limit: 1 },
      })

    expect((await strangerAdmin.post('/api/resource', resource)).status).toBe(200)
    expect(await strangerAdmin.post('/api/resource', resource)).toMatchObject({ status: 400, body: { errorCode: 31 } })
    const large = { ...resource, data: Buffer.alloc(201).toString('base64') }
    expect(await strangerAdmin.post('/api/resource', large)).toMatchObject({ status: 400, body: { errorCode: 31 } })
    const image = await upload(api, {
      url: '/api/image',
      token: strangerAdmin.token,
      file: { name: 'a.png', data: png },
    })
    expect(image.status).toBe(400)
  })
})

test('somebody who is not known reads public dashboards with their images, and nothing else', async () => {
  const shown = savedSchema.parse((await api.admin.post('/api/dashboard', { title: 'Public one' })).body)
  const hidden = savedSchema.parse((await api.admin.post('/api/dashboard', { title: 'Hidden one' })).body)
  const made = await api.admin.post(`/api/customer/public/dashboard/${shown.id.id}`)
  const publicId = z
    .looseObject({ assignedCustomers: z.array(z.looseObject({ customerId: z.looseObject({ id: z.string() }) })) })
    .parse(made.body).assignedCustomers[0]?.customerId.id
  const login = await api.request({ method: 'POST', url: '/api/auth/login/public', body: { publicId } })
  const visitor = api.as(z.looseObject({ token: z.string() }).parse(login.body).token)
  expect((await visitor.get(`/api/dashboard/${shown.id.id}`)).body).toMatchObject({ title: 'Public one' })
  expect((await visitor.get(`/api/customer/${publicId}/dashboards?pageSize=10&page=0`)).body).toMatchObject({
    totalElements: 1,
  })
  expect((await visitor.get(`/api/dashboard/${hidden.id.id}`)).status).toBe(403)
  expect((await visitor.get('/api/dashboard/home')).status).toBe(200)
  expect((await visitor.get(`/api/resource/${shown.id.id}`)).status).toBe(403)
  expect((await visitor.delete(`/api/dashboard/${shown.id.id}`)).status).toBe(403)
})

describe('hostile input', () => {
  test.each([
    ['/api/dashboard', (title: string) => ({ title })],
    ['/api/ruleChain', (name: string) => ({ name })],
    ['/api/widgetType', (name: string) => ({ name, descriptor: {} })],
    ['/api/widgetsBundle', (title: string) => ({ title })],
    ['/api/resource', (title: string) => ({ ...resource, title })],
  ])('%s takes no markup, no endless name and no NUL', async (path, body) => {
    expect(await api.admin.post(path, body('<img src=x onerror=alert(1)>'))).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('is malformed'), errorCode: 31 },
    })
    expect((await api.admin.post(path, body('x'.repeat(256)))).status).toBe(400)
    expect((await api.admin.post(path, body('a\u0000b'))).status).toBe(400)
  })

  test('members of the prototype are dropped from documents', async () => {
    const { body } = await api.request({
      method: 'POST',
      url: '/api/dashboard',
      headers: { 'x-authorization': `Bearer ${api.admin.token}` },
      payload: '{"title":"Proto","configuration":{"__proto__":{"polluted":1},"kept":1}}',
    })
    expect(body).toMatchObject({ configuration: { kept: 1 } })
    expect(JSON.stringify(body)).not.toContain('polluted')
    expect({}).not.toHaveProperty('polluted')
  })
})
