import { randomUUID } from 'node:crypto'
import { entityId } from '@thingwire/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Answer, type ApiUnderTest, apiUnderTest, type Client } from '../testing/api-under-test.ts'

/** Members that a client has no say in change nothing, whatever is saved; things of others stay where they are. */
let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

type Side = 'ours' | 'theirs'
const tenantOf = (side: Side) => (side === 'ours' ? api.tenant : api.stranger)

type Saved = {
  path: string
  /** Where it is read again. */
  read(id: string): string
  /** What makes a new one of the side's tenant. */
  body(side: Side): Record<string, unknown>
  /** Of the whole installation: the system administrator's alone. */
  isOfSystem?: boolean
  /** Saved without a version. */
  isUnversioned?: boolean
}

const unique = (text: string) => `${text} ${randomUUID().slice(0, 8)}`
const named = () => ({ name: unique('Mine') })
const titled = () => ({ title: unique('Mine') })
const byId = (path: string) => (id: string) => `${path}/${id}`

const alarmRule = {
  arguments: { t: { refEntityKey: { key: 'temperature', type: 'TS_LATEST' } } },
  createRules: { MAJOR: { condition: { type: 'SIMPLE', expression: { type: 'TBEL', expression: 'return t > 5;' } } } },
}

const table: Record<string, Saved> = {
  device: { path: '/api/device', read: byId('/api/device'), body: named },
  asset: { path: '/api/asset', read: byId('/api/asset'), body: () => ({ ...named(), type: 'default' }) },
  customer: { path: '/api/customer', read: byId('/api/customer'), body: titled },
  'entity view': {
    path: '/api/entityView',
    read: byId('/api/entityView'),
    body: (side) => ({ ...named(), type: 'x', entityId: tenantOf(side).device.id }),
  },
  dashboard: { path: '/api/dashboard', read: byId('/api/dashboard'), body: titled },
  'device profile': {
    path: '/api/deviceProfile',
    read: byId('/api/deviceProfile'),
    body: () => ({ ...named(), type: 'DEFAULT', transportType: 'DEFAULT' }),
  },
  'asset profile': { path: '/api/assetProfile', read: byId('/api/assetProfile'), body: named },
  'rule chain': { path: '/api/ruleChain', read: byId('/api/ruleChain'), body: () => ({ ...named(), type: 'CORE' }) },
  user: {
    path: '/api/user?sendActivationMail=false',
    read: byId('/api/user'),
    body: () => ({ email: `${randomUUID()}@example.org`, authority: 'TENANT_ADMIN' }),
  },
  alarm: {
    path: '/api/alarm',
    read: byId('/api/alarm'),
    body: (side) => ({ type: unique('Hot'), severity: 'MAJOR', originator: tenantOf(side).device.id }),
    isUnversioned: true,
  },
  resource: {
    path: '/api/resource',
    read: (id) => `/api/resource/info/${id}`,
    body: () => ({ ...titled(), resourceType: 'GENERAL', fileName: `${randomUUID()}.txt`, data: 'YQ==' }),
    isUnversioned: true,
  },
  'widget type': {
    path: '/api/widgetType',
    read: byId('/api/widgetType'),
    body: () => ({ ...named(), fqn: `f_${randomUUID()}`, descriptor: { type: 'latest' } }),
  },
  'widgets bundle': { path: '/api/widgetsBundle', read: byId('/api/widgetsBundle'), body: titled },
  'OTA package': {
    path: '/api/otaPackage',
    read: (id) => `/api/otaPackage/info/${id}`,
    body: (side) => ({
      ...titled(),
      deviceProfileId: tenantOf(side).device.deviceProfileId,
      type: 'FIRMWARE',
      version: '1',
      url: 'http://firmware.example.org/1',
    }),
    isUnversioned: true,
  },
  'script library': {
    path: '/api/scriptLibrary',
    read: byId('/api/scriptLibrary'),
    body: () => ({ name: `l_${randomUUID().slice(0, 8)}`, language: 'JS', body: 'function one() { return 1; }' }),
  },
  'alarm rule': {
    path: '/api/alarm/rule',
    read: byId('/api/alarm/rule'),
    body: (side) => ({ ...named(), entityId: tenantOf(side).device.id, configuration: alarmRule }),
  },
  'calculated field': {
    path: '/api/calculatedField',
    read: byId('/api/calculatedField'),
    body: (side) => ({
      ...named(),
      ...{ type: 'ALARM', entityId: tenantOf(side).device.deviceProfileId, configuration: alarmRule },
    }),
  },
  tenant: { path: '/api/tenant', read: byId('/api/tenant'), body: titled, isOfSystem: true },
  'tenant profile': { path: '/api/tenantProfile', read: byId('/api/tenantProfile'), body: named, isOfSystem: true },
}
/** Saved under other rules, or by the system administrator alone; tests of their own are below, or beside their routes. */
const others = [
  '/api/admin/settings',
  '/api/admin/settings/testMail',
  '/api/alarm/{alarmId}/comment',
  '/api/apiKey',
  '/api/device/credentials',
  '/api/queues',
]
const kinds = Object.keys(table)
const ofTenants = kinds.filter((kind) => !table[kind]?.isOfSystem)

const kindOf = (kind: string): Saved => {
  const saved = table[kind]
  if (!saved) throw new Error(`No ${kind} in the table`)
  return saved
}
const clientOf = ({ isOfSystem }: Saved, side: Side): Client => {
  if (isOfSystem) return api.systemAdmin
  return side === 'ours' ? api.admin : api.strangerAdmin
}
const entitySchema = z.looseObject({ id: z.looseObject({ id: z.string() }) })
const entityOf = (answer: Answer) => {
  expect(answer, answer.text.slice(0, 300)).toMatchObject({ status: 200 })
  return entitySchema.parse(answer.body)
}
const make = async (saved: Saved, side: Side, more: object = {}) =>
  entityOf(await clientOf(saved, side).post(saved.path, { ...saved.body(side), ...more }))
const readAgain = async (saved: Saved, side: Side, id: string) =>
  entityOf(await clientOf(saved, side).get(saved.read(id)))

/** What a client would like to have a say in. */
const wishes = () => ({
  tenantId: entityId('TENANT', api.stranger.tenantId),
  createdTime: 1,
  ownerId: entityId('TENANT', api.stranger.tenantId),
  assigneeId: null,
  originatorName: 'forged',
  customerTitle: 'forged',
  etag: 'forged',
  isPublic: true,
  system: true,
})
/** Of what was stored, all that nobody may have moved. */
const fixed = (entity: Record<string, unknown>) => ({
  id: entity.id,
  tenantId: entity.tenantId,
  createdTime: entity.createdTime,
  authority: entity.authority,
  ownerId: entity.ownerId,
})

describe.each(kinds)('new: %s', (kind) => {
  test('belongs to its maker and begins now, whatever it says', async () => {
    const saved = kindOf(kind)
    const before = Date.now()
    const { tenantId: _tenantId, ...others } = wishes()
    const made = await make(saved, 'ours', saved.isOfSystem ? others : wishes())
    const stored = await readAgain(saved, 'ours', made.id.id)
    expect(stored.createdTime).toBeGreaterThanOrEqual(before)
    if (!saved.isOfSystem) {
      expect(stored.tenantId).toEqual(entityId('TENANT', api.tenant.tenantId))
      expect((await api.strangerAdmin.get(saved.read(made.id.id))).status).toBe(404)
    }
  })

  test('cannot be made under an id of the own choice', async () => {
    const saved = kindOf(kind)
    const example = await make(saved, 'ours')
    const id = { ...example.id, id: randomUUID() }
    const answer = await clientOf(saved, 'ours').post(saved.path, { ...saved.body('ours'), id })
    expect([400, 404], answer.text).toContain(answer.status)
    expect((await clientOf(saved, 'ours').get(saved.read(id.id))).status).toBe(404)
  })
})

describe.each(kinds)('saved: %s', (kind) => {
  test('keeps its tenant, its time and its rank', async () => {
    const saved = kindOf(kind)
    const made = await make(saved, 'ours')
    const before = await readAgain(saved, 'ours', made.id.id)
    const { version: _version, ...rest } = before
    const { tenantId: _tenantId, ...others } = wishes()
    const sent = { ...rest, ...(saved.isOfSystem ? others : wishes()), authority: 'SYS_ADMIN' }
    const answer = await clientOf(saved, 'ours').post(saved.path, sent)
    expect([200, 400, 403], answer.text).toContain(answer.status)
    expect(fixed(await readAgain(saved, 'ours', made.id.id))).toEqual(fixed(before))
  })
})

test.each(kinds.filter((kind) => !table[kind]?.isUnversioned))(
  '%s: a version of the past is not saved',
  async (kind) => {
    const saved = kindOf(kind)
    const before = await make(saved, 'ours').then(({ id }) => readAgain(saved, 'ours', id.id))
    const answer = await clientOf(saved, 'ours').post(saved.path, { ...before, version: -1 })
    expect(answer).toMatchObject({ status: 409, body: { errorCode: 35 } })
    expect(await readAgain(saved, 'ours', before.id.id)).toEqual(before)
  },
)

describe.each(ofTenants)('of another tenant: %s', (kind) => {
  test('stays as it is and where it is', async () => {
    const saved = kindOf(kind)
    const theirs = await make(saved, 'theirs').then(({ id }) => readAgain(saved, 'theirs', id.id))
    for (const sent of [
      { ...saved.body('ours'), id: theirs.id },
      { ...theirs, tenantId: entityId('TENANT', api.tenant.tenantId) },
      { ...theirs, version: undefined, tenantId: entityId('TENANT', api.tenant.tenantId) },
    ]) {
      const answer = await api.admin.post(saved.path, sent)
      expect([400, 403, 404], answer.text).toContain(answer.status)
    }
    expect(await readAgain(saved, 'theirs', theirs.id.id)).toEqual(theirs)
    expect((await api.admin.get(saved.read(theirs.id.id))).status).toBe(404)
  })
})

test.each(['device', 'asset', 'entity view', 'user'])('%s: cannot go to a customer of another tenant', async (kind) => {
  const saved = kindOf(kind)
  const made = await make(saved, 'ours').then(({ id }) => readAgain(saved, 'ours', id.id))
  const customerId = entityId('CUSTOMER', api.stranger.customerId)
  const answers = [
    await api.admin.post(saved.path, { ...made, version: undefined, customerId }),
    await api.admin.post(saved.path, { ...saved.body('ours'), customerId }),
  ]
  for (const { status, body, text } of answers) {
    expect([200, 400, 403, 404], text).toContain(status)
    if (status === 200) expect(body).not.toMatchObject({ customerId })
  }
  expect(await readAgain(saved, 'ours', made.id.id)).toMatchObject({ customerId: made.customerId })
})

describe('authorities', () => {
  const authorityOf = async (id: string) =>
    z.looseObject({ authority: z.string() }).parse((await api.admin.get(`/api/user/${id}`)).body).authority

  test('a tenant administrator makes no system administrator', async () => {
    const email = `${randomUUID()}@example.org`
    const answer = await api.admin.post('/api/user?sendActivationMail=false', { email, authority: 'SYS_ADMIN' })
    if (answer.status === 200) expect(answer.body).not.toMatchObject({ authority: 'SYS_ADMIN' })
    else expect([400, 403], answer.text).toContain(answer.status)
  })

  test('a customer user stays one, with the own customer', async () => {
    const { userId } = api.tenant.customerUser
    const before = entityOf(await api.customer.get(`/api/user/${userId}`))
    for (const more of [
      { authority: 'TENANT_ADMIN', customerId: null },
      { customerId: entityId('CUSTOMER', api.stranger.customerId) },
    ]) {
      const answer = await api.customer.post('/api/user?sendActivationMail=false', {
        ...before,
        version: undefined,
        ...more,
      })
      expect([200, 400, 403], answer.text).toContain(answer.status)
    }
    expect(await authorityOf(userId)).toBe('CUSTOMER_USER')
    const after = entityOf(await api.customer.get(`/api/user/${userId}`))
    expect([after.customerId, after.tenantId]).toEqual([before.customerId, before.tenantId])
  })
})

test('credentials of another device, or of another tenant, cannot be taken', async () => {
  const ours = z
    .looseObject({ id: z.unknown() })
    .parse((await api.admin.get(`/api/device/${api.tenant.device.id.id}/credentials`)).body)
  const theirs = z
    .looseObject({ id: z.unknown() })
    .parse((await api.strangerAdmin.get(`/api/device/${api.stranger.device.id.id}/credentials`)).body)
  for (const sent of [
    { ...theirs, credentialsId: 'taken' },
    { ...ours, id: theirs.id, credentialsId: 'taken' },
    { ...ours, deviceId: api.stranger.device.id, credentialsId: 'taken' },
  ]) {
    const answer = await api.admin.post('/api/device/credentials', sent)
    expect([400, 403, 404], answer.text).toContain(answer.status)
  }
  expect((await api.strangerAdmin.get(`/api/device/${api.stranger.device.id.id}/credentials`)).body).toEqual(theirs)
})

test('every route that saves something under an id is in the table', async () => {
  const bodySchema = z.looseObject({
    properties: z.record(z.string(), z.unknown()).optional(),
    $ref: z.string().optional(),
  })
  const documentSchema = z.looseObject({
    components: z.looseObject({ schemas: z.record(z.string(), bodySchema) }),
    paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  })
  const { components, paths } = documentSchema.parse((await api.request({ method: 'GET', url: '/api-docs/json' })).body)
  const postSchema = z.looseObject({
    requestBody: z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: bodySchema })) }),
  })
  const saving = Object.entries(paths).flatMap(([path, { post }]) => {
    const parsed = postSchema.safeParse(post)
    const given = parsed.data?.requestBody.content['application/json']?.schema
    const body = given?.$ref ? components.schemas[given.$ref.split('/').at(-1) ?? ''] : given
    return body?.properties?.id ? [path] : []
  })
  const known = [...kinds.map((kind) => kindOf(kind).path.replace(/\?.*/, '')), ...others]
  expect(saving.filter((path) => !known.includes(path))).toEqual([])
  expect(known.filter((path) => !saving.includes(path))).toEqual([])
})

test("somebody else's API key and alarm comment stay as they are", async () => {
  const { admin, device } = api.stranger
  const key = entityOf(
    await api.strangerAdmin.post('/api/apiKey', { userId: entityId('USER', admin.userId), description: 'Theirs' }),
  )
  const taken = await api.admin.post('/api/apiKey', {
    id: key.id,
    userId: key.userId,
    description: 'taken',
    enabled: false,
  })
  expect([400, 403, 404], taken.text).toContain(taken.status)
  const keys = () => api.strangerAdmin.get(`/api/apiKeys/${admin.userId}?pageSize=10&page=0`)
  expect((await keys()).body).toMatchObject({ data: [{ description: 'Theirs', enabled: true }] })
  const elsewhere = await api.admin.post('/api/apiKey', { userId: key.userId, description: 'For them' })
  expect([400, 403, 404], elsewhere.text).toContain(elsewhere.status)

  const alarm = entityOf(
    await api.strangerAdmin.post('/api/alarm', { type: 'Theirs', severity: 'MAJOR', originator: device.id }),
  )
  const path = `/api/alarm/${alarm.id.id}/comment`
  const comment = entityOf(await api.strangerAdmin.post(path, { comment: { text: 'theirs' } }))
  const own = await make(kindOf('alarm'), 'ours')
  for (const at of [path, `/api/alarm/${own.id.id}/comment`]) {
    const answer = await api.admin.post(at, { id: comment.id, alarmId: alarm.id, comment: { text: 'taken' } })
    expect([400, 403, 404], answer.text).toContain(answer.status)
  }
  expect((await api.strangerAdmin.get(`${path}?pageSize=10&page=0`)).body).toMatchObject({
    data: [{ comment: { text: 'theirs' } }],
  })
})
