import {
  AppError,
  entityId,
  type LiveBusEvent,
  type Message,
  saveEntityViewSchema,
  saveTenantProfileSchema,
} from '@thingwire/contracts'
import { type SeededTenant, seedTenant, waitFor } from '@thingwire/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createAttributesWriter } from '../../attributes/attributes-writer.ts'
import { createAuditTrail } from '../../audit/audit-trail.ts'
import { createTenantLimits } from '../../limits/tenant-limits.ts'
import { silentLogger } from '../../observability/logger.ts'
import { createMetrics } from '../../observability/metrics.ts'
import { redisOpener } from '../../redis.ts'
import { redisChannels, redisKeys } from '../../redis-keys.ts'
import { startTestServices, type TestServices } from '../../testing/test-engine.ts'
import { type ChangePorts, createChangePorts } from './change-ports.ts'

let services: TestServices
let own: SeededTenant
let foreign: SeededTenant
let attributes: ReturnType<typeof createAttributesWriter>
let listener: Redis
let makePorts: (database: TestServices['db'], deviceStateRate: string) => (tenantId: string) => ChangePorts
let portsOf: (tenantId: string) => ChangePorts
let ports: ChangePorts
let sent: Message[] = []
let told: LiveBusEvent[] = []
let published: { channel: string; text: string }[] = []

beforeAll(async () => {
  services = await startTestServices()
  own = services.tenant
  foreign = await seedTenant(services.db)
  const liveBus = {
    isEntityWatched: () => true,
    publish: (_tenantId: string, event: LiveBusEvent) => void told.push(event),
  }
  attributes = createAttributesWriter({
    database: services.db,
    liveBus,
    openRedis: redisOpener(services.redisUrl, silentLogger),
    logger: silentLogger,
    metrics: createMetrics(),
  })
  await attributes.start()
  makePorts = (database, deviceStateRate) =>
    createChangePorts({
      ...{ database, attributes, liveBus, deviceStateRate, logger: silentLogger },
      queue: { submitInternal: async (_queue, _originator, messages) => void sent.push(...messages) },
      audit: createAuditTrail({ audit: services.db.audit, logger: silentLogger }),
      limits: createTenantLimits(services.db),
      redis: () => services.redis,
    })
  portsOf = makePorts(services.db, '3:1000')
  ports = portsOf(own.tenantId)
  listener = new Redis(services.redisUrl)
  await listener.subscribe(redisChannels.invalidation, redisChannels.downlink, redisChannels.inactivityTimeout)
  listener.on('message', (channel, text) => published.push({ channel, text }))
})
afterAll(async () => {
  listener.disconnect()
  await attributes.stop(Date.now())
  await services[Symbol.asyncDispose]()
})
beforeEach(() => {
  sent = []
  told = []
  published = []
})

const invalidated = () =>
  published.flatMap(({ channel, text }) => (channel === redisChannels.invalidation ? [JSON.parse(text)] : []))
const serverValues = async (tenant: SeededTenant, deviceId: string) =>
  Object.fromEntries(
    (await services.db.attributes.find(tenant.scope, entityId('DEVICE', deviceId), { scope: 'SERVER_SCOPE' })).map(
      ({ key, value }) => [key, value],
    ),
  )
const nodeId = '99999999-9999-4999-8999-999999999999'
const newDevice = (tenant: SeededTenant, name: string) => services.db.devices.save(tenant.scope, { name })

test('an entity is made once under its name; the rule engine, the audit log and caches hear of it', async () => {
  const pump = { entityType: 'DEVICE', name: 'New pump', profileName: 'pump' } as const
  const [first, again, asset, customer] = await ports.entityChanges.obtain(nodeId, [
    pump,
    pump,
    { entityType: 'ASSET', name: 'New hall', profileName: null },
    { entityType: 'CUSTOMER', name: 'New customer', profileName: null },
  ])
  expect(first).toMatchObject({ ok: true, value: { entityType: 'DEVICE' } })
  expect(again).toEqual(first)
  expect([asset, customer]).toMatchObject([{ value: { entityType: 'ASSET' } }, { value: { entityType: 'CUSTOMER' } }])
  expect(await ports.entityChanges.obtain(nodeId, [pump])).toEqual([first])
  const id = first?.ok ? first.value.id : ''
  expect(await services.db.devices.find(own.scope, id)).toMatchObject({ name: 'New pump', type: 'pump' })
  expect(sent).toMatchObject([
    {
      type: 'ENTITY_CREATED',
      tenantId: own.tenantId,
      originator: { entityType: 'DEVICE', id },
      metadata: { ruleNodeId: nodeId, entityName: 'New pump', entityType: 'DEVICE' },
    },
    { type: 'ENTITY_CREATED', originator: { entityType: 'ASSET' } },
    { type: 'ENTITY_CREATED', originator: { entityType: 'CUSTOMER' } },
  ])
  expect(JSON.parse(sent[0]?.data ?? '')).toMatchObject({ id: { id }, name: 'New pump', type: 'pump' })
  await waitFor(() => invalidated().length === 3)
  expect(invalidated()).toMatchObject([
    { kind: 'device', tenantId: own.tenantId, id },
    { kind: 'asset' },
    { kind: 'customer' },
  ])
  const link = { page: 0, pageSize: 10, sortOrder: 'DESC' } as const
  const { data } = await services.db.audit.list(own.tenantId, link, { entityId: entityId('DEVICE', id) })
  expect(data).toMatchObject([{ actionType: 'ADDED', actionStatus: 'SUCCESS', entityName: 'New pump' }])
})

test('an entity of another tenant is as if it did not exist', async () => {
  const theirs = await newDevice(foreign, 'Shared name')
  const [made] = await ports.entityChanges.obtain(nodeId, [
    { entityType: 'DEVICE', name: 'Shared name', profileName: null },
  ])
  expect(made).toMatchObject({ ok: true })
  expect(made?.ok && made.value.id).not.toBe(theirs.id.id)
  const missing = { ok: false, error: `DEVICE with id [${theirs.id.id}] doesn't exist!` }
  expect(await ports.entityChanges.assign([{ entityId: theirs.id, customerId: own.customerId }])).toEqual([missing])
  const toHim = { from: own.device.id, to: theirs.id, type: 'Contains' }
  const fromHim = { from: theirs.id, to: own.device.id, type: 'Contains' }
  expect(await ports.relationChanges.save([toHim, fromHim])).toEqual([missing, missing])
  expect(await services.db.devices.find(foreign.scope, theirs.id.id)).toMatchObject({ version: theirs.version })
})

test('a customer of another tenant gets nothing', async () => {
  const device = await newDevice(own, 'Not for them')
  expect(await ports.entityChanges.assign([{ entityId: device.id, customerId: foreign.customerId }])).toEqual([
    { ok: false, error: `Customer with id [${foreign.customerId}] doesn't exist!` },
  ])
  expect((await services.db.devices.find(own.scope, device.id.id))?.customerId.id).toBe(device.customerId.id)
})

test('what the tenant may not have any more of is not made, and names the limit', async () => {
  const profile = await services.db.tenantProfiles.save(
    saveTenantProfileSchema.parse({ name: 'Small', profileData: { configuration: { maxAssets: 1 } } }),
  )
  const tenantId = (await services.db.tenants.save({ title: 'Small', tenantProfileId: profile.id })).id.id
  const wanted = ['One', 'Two'].map((name) => ({ entityType: 'ASSET' as const, name, profileName: null }))
  expect(await portsOf(tenantId).entityChanges.obtain(nodeId, wanted)).toMatchObject([
    { ok: true },
    { ok: false, error: 'Assets limit reached' },
  ])
  expect(sent).toHaveLength(1)
})

test('names that nothing can have are refused one by one', async () => {
  const wanted = ['', '<b>x</b>', 'x'.repeat(300), 'Fine'].map((name) => ({
    entityType: 'DEVICE' as const,
    name,
    profileName: null,
  }))
  const answers = await ports.entityChanges.obtain(nodeId, wanted)
  expect(answers.map(({ ok }) => ok)).toEqual([false, false, false, true])
})

test('an entity made by two calls at the same moment is one', async () => {
  const wanted = [{ entityType: 'DEVICE', name: 'Twin', profileName: null }] as const
  const all = await Promise.all(Array.from({ length: 5 }, () => ports.entityChanges.obtain(nodeId, wanted)))
  expect(new Set(all.map(([one]) => JSON.stringify(one))).size).toBe(1)
  expect(all[0]).toMatchObject([{ ok: true }])
})

test('assignments are made in order, and those that change nothing are not written; the rule engine is not told', async () => {
  const device = await newDevice(own, 'Wanderer')
  const other = await services.db.customers.save(own.scope, { title: 'Another' })
  const to = (customerId: string | null) => ({ entityId: device.id, customerId })
  const done = { ok: true, value: null }
  expect(await ports.entityChanges.assign([to(own.customerId), to(other.id.id), to(other.id.id)])).toEqual([
    done,
    done,
    done,
  ])
  const stored = await services.db.devices.find(own.scope, device.id.id)
  expect(stored).toMatchObject({ customerId: other.id, version: (device.version ?? 0) + 2 })
  await waitFor(() => invalidated().length === 2)
  expect(invalidated()[0]).toEqual({ kind: 'device', tenantId: own.tenantId, id: device.id.id })
  expect(await ports.entityChanges.assign([to(null)])).toEqual([done])
  expect(await ports.entityChanges.assign([to(null)])).toEqual([done])
  expect((await services.db.devices.find(own.scope, device.id.id))?.version).toBe((device.version ?? 0) + 3)
  expect(sent).toEqual([])
})

test('a dashboard is added to a customer, and taken from one alone', async () => {
  const { id } = await services.db.dashboards.save(own.scope, { title: 'Heat', configuration: {} })
  const other = await services.db.customers.save(own.scope, { title: 'Heated' })
  await ports.entityChanges.assign([
    { entityId: id, customerId: own.customerId },
    { entityId: id, customerId: other.id.id },
    { entityId: id, customerId: null, from: own.customerId },
  ])
  const [head] = await services.db.entities.findHeads(own.tenantId, [id])
  expect(head?.customerIds).toEqual([other.id.id])
})

test('kinds that belong to no customer are refused by name', async () => {
  expect(await ports.entityChanges.assign([{ entityId: own.rootChain.id, customerId: own.customerId }])).toEqual([
    { ok: false, error: 'Unsupported entity type: RULE_CHAIN' },
  ])
})

test('relations are made once, and removed one by one or all around an entity', async () => {
  const [a, b, c] = await Promise.all(['Rel a', 'Rel b', 'Rel c'].map((name) => newDevice(own, name)))
  if (!a || !b || !c) throw new Error('There are no devices')
  const relation = (to: typeof b, type = 'Contains') => ({ from: a.id, to: to.id, type })
  const yes = { ok: true, value: true }
  const no = { ok: true, value: false }
  expect(await ports.relationChanges.save([relation(b), relation(c), relation(b), relation(b, 'Feeds')])).toEqual([
    ...[yes, yes, no, yes],
  ])
  expect(await ports.relationChanges.save([relation(b)])).toEqual([no])
  expect(await ports.relationChanges.save([relation(b, ''), relation(b, 'x'.repeat(256))])).toMatchObject([
    { ok: false, error: 'The relation type is empty' },
    { ok: false, error: 'The relation type is longer than 255 characters' },
  ])
  // Another tenant reaches none of them.
  const theirs = portsOf(foreign.tenantId).relationChanges
  expect(await theirs.remove([relation(b)])).toEqual([false])
  expect(await theirs.removeOf([{ entityId: a.id, direction: 'FROM', type: 'Contains' }])).toEqual([0])
  expect(await ports.relationChanges.remove([relation(b, 'Feeds'), relation(c, 'Feeds')])).toEqual([true, false])
  expect(await ports.relationChanges.removeOf([{ entityId: b.id, direction: 'TO', type: 'Contains' }])).toEqual([1])
  expect(
    await ports.relationChanges.removeOf([
      { entityId: b.id, direction: 'FROM', type: 'Contains' },
      { entityId: a.id, direction: 'FROM', type: 'Contains' },
    ]),
  ).toEqual([0, 1])
  expect(await services.db.relations.list(own.scope, { from: a.id })).toEqual([])
  expect(sent).toEqual([])
})

test('removed attributes are told to who watches and, when asked for, to the device', async () => {
  const device = await newDevice(own, 'Forgetful')
  const entry = (key: string) => ({ key, type: 'LONG' as const, value: 1 })
  const save = (scope: 'SHARED_SCOPE' | 'SERVER_SCOPE', keys: string[]) =>
    services.db.attributes.save(own.tenantId, [{ entityId: device.id, scope, entries: keys.map(entry), ts: 1 }])
  await save('SHARED_SCOPE', ['a', 'b', 'c'])
  await save('SERVER_SCOPE', ['a', 'inactivityTimeout'])
  const removal = (scope: 'SHARED_SCOPE' | 'SERVER_SCOPE', keys: string[], notifyDevice: boolean) => ({
    ...{ entityId: device.id, scope, keys, notifyDevice },
  })
  // What another tenant asks for is not touched.
  expect(await attributes.remove(foreign.tenantId, [removal('SHARED_SCOPE', ['a'], true)])).toEqual([[]])
  expect(
    await attributes.remove(own.tenantId, [
      removal('SHARED_SCOPE', ['a', 'none'], true),
      removal('SHARED_SCOPE', ['b'], false),
      removal('SERVER_SCOPE', ['inactivityTimeout'], true),
    ]),
  ).toEqual([['a'], ['b'], ['inactivityTimeout']])
  expect(told).toMatchObject([
    { kind: 'attributes', entityId: device.id.id, scope: 'SHARED_SCOPE', changed: [], deleted: ['a'] },
    { deleted: ['b'] },
    { scope: 'SERVER_SCOPE', deleted: ['inactivityTimeout'] },
  ])
  await waitFor(() => published.length >= 2)
  const downlinks = published.filter(({ channel }) => channel === redisChannels.downlink)
  expect(downlinks.map(({ text }) => JSON.parse(text))).toEqual([
    { tenantId: own.tenantId, deviceId: device.id.id, scope: 'SHARED_SCOPE', deleted: ['a'] },
  ])
  expect(published).toContainEqual({
    channel: redisChannels.inactivityTimeout,
    text: `${own.tenantId}/${device.id.id}`,
  })
  const left = await services.db.attributes.find(own.scope, device.id, {})
  expect(left.map(({ scope, key }) => `${scope} ${key}`)).toEqual(['SERVER_SCOPE a', 'SHARED_SCOPE c'])
})

test('reports of connectivity set attributes and tell the rule engine; what is late changes nothing', async () => {
  const { id } = await newDevice(own, 'Reported')
  const report = (
    event: 'CONNECT_EVENT' | 'ACTIVITY_EVENT' | 'INACTIVITY_EVENT' | 'DISCONNECT_EVENT',
    atMs: number,
  ) => ({
    ...{ deviceId: id.id, event, atMs },
  })
  const node = (n: number) => `${nodeId} ${n}`
  const future = Date.now() + 3_600_000
  expect(
    await ports.connectivity.report(node(1), [report('CONNECT_EVENT', 1_000), report('ACTIVITY_EVENT', future)]),
  ).toEqual(['done', 'done'])
  expect(await serverValues(own, id.id)).toEqual({ lastConnectTime: 1_000, active: true, lastActivityTime: future })
  expect(sent).toMatchObject([
    { type: 'CONNECT_EVENT', ts: 1_000, originator: id, metadata: { deviceName: 'Reported', scope: 'SERVER_SCOPE' } },
    { type: 'ACTIVITY_EVENT', ts: future },
  ])
  const member = `${own.tenantId}/${id.id}`
  expect(Number(await services.redis.zscore(redisKeys.activeDevices, member))).toBe(future + 600_000)

  sent = []
  await ports.connectivity.report(node(2), [
    report('CONNECT_EVENT', 999),
    report('INACTIVITY_EVENT', future),
    report('ACTIVITY_EVENT', future + 1),
  ])
  // Activity of an active device is only noted.
  expect(sent).toEqual([])
  expect(await serverValues(own, id.id)).toMatchObject({
    lastConnectTime: 1_000,
    active: true,
    lastActivityTime: future + 1,
  })

  await ports.connectivity.report(node(3), [report('INACTIVITY_EVENT', future + 2), report('DISCONNECT_EVENT', 5)])
  expect(sent.map(({ type }) => type).sort()).toEqual(['DISCONNECT_EVENT', 'INACTIVITY_EVENT'])
  expect(JSON.parse(sent.find(({ type }) => type === 'INACTIVITY_EVENT')?.data ?? '')).toMatchObject({ active: false })
  expect(await serverValues(own, id.id)).toMatchObject({
    active: false,
    inactivityAlarmTime: future + 2,
    lastDisconnectTime: 5,
  })
  expect(await services.redis.zscore(redisKeys.activeDevices, member)).toBeNull()
})

test('a report that an outage cut off is neither lost nor counted twice when its batch runs again', async () => {
  const { id } = await newDevice(own, 'Cut off')
  const reports = [{ deviceId: id.id, event: 'CONNECT_EVENT' as const, atMs: 700 }]
  let isAway = true
  const devices: typeof services.db.devices = {
    ...services.db.devices,
    // What is told of the device is looked up last.
    heads: (scope, ids) => {
      calls++
      if (isAway && calls === 2) return Promise.reject(new AppError('DATABASE_UNAVAILABLE'))
      return services.db.devices.heads(scope, ids)
    },
  }
  let calls = 0
  const { connectivity } = makePorts({ ...services.db, devices }, '1:1000')(own.tenantId)
  await expect(connectivity.report(nodeId, reports)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  expect(sent).toEqual([])
  isAway = false
  expect(await connectivity.report(nodeId, reports)).toEqual(['done'])
  expect(sent).toMatchObject([{ type: 'CONNECT_EVENT', ts: 700 }])
  expect(await connectivity.report(nodeId, reports)).toEqual(['limited'])
})

test('one node reports one device only so often; foreign and deleted devices are missing', async () => {
  const [{ id }, other] = [await newDevice(own, 'Chatty'), await newDevice(own, 'Quiet')]
  const report = (deviceId: string, atMs: number) => ({ deviceId, event: 'CONNECT_EVENT' as const, atMs })
  const many = [1, 2, 3, 4, 5].map((atMs) => report(id.id, atMs))
  expect(await ports.connectivity.report(nodeId, [...many, report(other.id.id, 1)])).toEqual([
    ...['done', 'done', 'done', 'limited', 'limited', 'done'],
  ])
  expect(await serverValues(own, id.id)).toEqual({ lastConnectTime: 3 })
  expect(await ports.connectivity.report('another node', [report(id.id, 9)])).toEqual(['done'])
  const gone = '12345678-1234-4234-8234-123456789012'
  expect(await ports.connectivity.report(nodeId, [report(foreign.device.id.id, 1), report(gone, 1)])).toEqual([
    'missing',
    'missing',
  ])
  expect(await serverValues(foreign, foreign.device.id.id)).toEqual({})
})

test('views of an entity are those of the own tenant, with what they show', async () => {
  const [shown, bare] = [await newDevice(own, 'Shown'), await newDevice(own, 'Bare')]
  const view = saveEntityViewSchema.parse({
    ...{ name: 'A view', type: 'default', entityId: shown.id, startTimeMs: 5, endTimeMs: 9 },
    keys: { timeseries: [], attributes: { cs: ['c'], ss: ['s'], sh: ['h'] } },
  })
  const { id } = await services.db.entityViews.save(own.scope, view)
  const keys = { CLIENT_SCOPE: ['c'], SERVER_SCOPE: ['s'], SHARED_SCOPE: ['h'] }
  expect(await ports.views.of([bare.id, shown.id, own.rootChain.id])).toEqual([
    [],
    [{ id, startTimeMs: 5, endTimeMs: 9, keys }],
    [],
  ])
  expect(await portsOf(foreign.tenantId).views.of([shown.id])).toEqual([[]])
})
