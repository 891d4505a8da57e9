import { entityId, type EntityId, type LiveBusEvent } from '@thingwire/contracts'
import { uuidV7 } from '@thingwire/db'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'
import { auditOf } from '../testing/audited.ts'

let api: ApiUnderTest
let device: EntityId
let base: string
beforeAll(async () => {
  api = await apiUnderTest()
  device = api.tenant.device.id
  base = pathOf(device)
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(() => {
  api.messages.length = 0
  api.published.length = 0
})

const pathOf = ({ entityType, id }: EntityId) => `/api/plugins/telemetry/${entityType}/${id}`
const sent = () => api.messages.map(({ message }) => ({ ...message, data: JSON.parse(message.data) }))
const lastAudit = async (entity: EntityId) => (await auditOf(api, entity)).at(-1)
const watch = async (id: string) => {
  const member = `${api.tenant.tenantId}/${id}`
  await api.redis.zadd(redisKeys.watched, Date.now() + 60_000, member)
  await api.redis.publish(redisChannels.watching, member)
  await expect.poll(() => api.liveBus.isEntityWatched(api.tenant.tenantId, id)).toBe(true)
}

describe('changes reach the rule engine and the audit log', () => {
  test('attributes', async () => {
    await api.admin.post(`${base}/SHARED_SCOPE`, { a: 1, j: { b: [2] } })
    await api.admin.delete(`${base}/SHARED_SCOPE?keys=a,absent`)
    expect(sent()).toMatchObject([
      {
        type: 'ATTRIBUTES_UPDATED',
        originator: device,
        data: { a: 1, j: { b: [2] } },
        metadata: { scope: 'SHARED_SCOPE', userEmail: api.tenant.admin.email, entityName: api.tenant.device.name },
      },
      {
        type: 'ATTRIBUTES_DELETED',
        originator: device,
        data: { attributes: ['a', 'absent'] },
        metadata: { scope: 'SHARED_SCOPE' },
      },
    ])
    expect((await auditOf(api, device)).slice(-2)).toMatchObject([
      { actionType: 'ATTRIBUTES_UPDATED', actionData: { entityId: device.id, attributes: { a: 1, j: { b: [2] } } } },
      { actionType: 'ATTRIBUTES_DELETED', actionData: { scope: 'SHARED_SCOPE', attributes: ['a', 'absent'] } },
    ])
  })

  test('time series, grouped by their moments', async () => {
    await api.admin.post(`${base}/timeseries/ANY`, [
      { ts: 1_000, values: { t: 1, u: 'x' } },
      { ts: 2_000, values: { t: 2 } },
    ])
    const timeseries = [
      { ts: 1_000, values: { t: 1, u: 'x' } },
      { ts: 2_000, values: { t: 2 } },
    ]
    expect(sent()).toMatchObject([{ type: 'TIMESERIES_UPDATED', originator: device, data: { timeseries } }])
    expect(await lastAudit(device)).toMatchObject({
      actionType: 'TIMESERIES_UPDATED',
      actionData: { entityId: device.id, timeseries },
    })
    api.messages.length = 0
    await api.admin.delete(`${base}/timeseries/delete?keys=t&startTs=0&endTs=1500`)
    const deleted = { startTs: 0, endTs: 1_500 }
    expect(sent()).toMatchObject([{ type: 'TIMESERIES_DELETED', data: { timeseries: ['t'], ...deleted } }])
    expect(await lastAudit(device)).toMatchObject({ actionData: { keys: ['t'], ...deleted } })
  })

  test('of a large body the log keeps keys and number', async () => {
    const many = Array.from({ length: 1_001 }, (_, n) => ({ ts: n, values: { bulk: n } }))
    await api.admin.post(`${base}/timeseries/ANY`, many)
    expect(await lastAudit(device)).toMatchObject({ actionData: { keys: ['bulk'], points: 1_001 } })
  })
})

describe('deleting time series', () => {
  const points = [1, 2, 3, 4, 5]
  const fresh = async () => {
    const asset = await api.db.assets.save(api.tenant.scope, { name: `Asset ${uuidV7()}` })
    const path = pathOf(asset.id)
    await api.admin.post(
      `${path}/timeseries/ANY`,
      points.map((n) => ({ ts: n * 1_000, values: { t: n, 'with,comma': n } })),
    )
    const history = async (key: string) => {
      const query = `key=${encodeURIComponent(key)}&startTs=0&endTs=100000&orderBy=ASC&useStrictDataTypes=true`
      return (await api.admin.get(`${path}/values/timeseries?${query}`)).body
    }
    const latest = async () => (await api.admin.get(`${path}/values/timeseries?useStrictDataTypes=true`)).body
    return { id: asset.id, path, history, latest }
  }
  const at = (...n: number[]) => n.map((value) => ({ ts: value * 1_000, value }))

  test('in a range: the start belongs to it, the end does not', async () => {
    const { path, history, latest } = await fresh()
    const answer = await api.admin.delete(`${path}/timeseries/delete?keys=t&startTs=2000&endTs=4000`)
    expect(answer).toMatchObject({ status: 200, text: '' })
    expect(await history('t')).toEqual({ t: at(1, 4, 5) })
    expect(await latest()).toMatchObject({ t: at(5) })
  })

  test('of all time, for several keys at once', async () => {
    const { path, history, latest } = await fresh()
    await api.admin.delete(`${path}/timeseries/delete?keys=t&key=with%2Ccomma&deleteAllDataForKeys=true`)
    expect([await history('t'), await history('with,comma'), await latest()]).toEqual([{}, {}, {}])
  })

  test('the latest value goes when it lies in the range, stays on demand, or gives way to an older point', async () => {
    const [first, second, third] = [await fresh(), await fresh(), await fresh()]
    const range = 'keys=t&startTs=4000&endTs=9000'
    await watch(first.id.id)
    await watch(third.id.id)
    await api.admin.delete(`${first.path}/timeseries/delete?${range}`)
    expect(await first.latest()).not.toHaveProperty('t')
    await api.admin.delete(`${second.path}/timeseries/delete?${range}&deleteLatest=false`)
    expect(await second.latest()).toMatchObject({ t: at(5) })
    await api.admin.delete(`${third.path}/timeseries/delete?${range}&rewriteLatestIfDeleted=true`)
    expect(await third.latest()).toMatchObject({ t: at(3) })
    const common = { tenantId: api.tenant.tenantId }
    expect(api.published.slice(-3)).toEqual<LiveBusEvent[]>([
      { kind: 'telemetry-deleted', ...common, entityId: first.id.id, keys: ['t'] },
      { kind: 'telemetry-deleted', ...common, entityId: third.id.id, keys: ['t'] },
      { kind: 'telemetry', ...common, entityId: third.id.id, points: { t: [[3_000, 3]] } },
    ])
  })

  test.each([
    ['', 'Empty keys: []'],
    ['deleteAllDataForKeys=true', 'Empty keys: []'],
    ['keys=t', "When deleteAllDataForKeys is false, start and end timestamp values shouldn't be empty"],
    ['keys=t&startTs=5', "When deleteAllDataForKeys is false, start and end timestamp values shouldn't be empty"],
  ])('"%s" is refused as plain text', async (query, text) => {
    const answer = await api.admin.delete(`${base}/timeseries/delete?${query}`)
    expect(answer).toMatchObject({ status: 400, text })
    expect(answer.headers['content-type']).toMatch(/^text\/plain/)
  })
})

test('points with a time to live go when it is over; others, and latest values, stay', async () => {
  const { id } = await api.db.assets.save(api.tenant.scope, { name: 'Short memory' })
  const now = Date.now()
  await api.admin.post(`${pathOf(id)}/timeseries/ANY/60`, { ts: now - 2_000, values: { t: 1 } })
  await api.admin.post(`${pathOf(id)}/timeseries/ANY/7200`, { ts: now - 1_000, values: { t: 2 } })
  await api.admin.post(`${pathOf(id)}/timeseries/ANY/0`, { ts: now, values: { t: 3 } })
  const values = async () => {
    const query = `keys=t&startTs=0&endTs=${now + 1}&useStrictDataTypes=true&orderBy=ASC`
    return (await api.admin.get(`${pathOf(id)}/values/timeseries?${query}`)).body
  }
  await api.db.maintenance.run(now + 30_000)
  expect(await values()).toMatchObject({ t: [{ value: 1 }, { value: 2 }, { value: 3 }] })
  await api.db.maintenance.run(now + 120_000)
  expect(await values()).toMatchObject({ t: [{ value: 2 }, { value: 3 }] })
  await api.db.maintenance.run(now + 8_000_000)
  expect(await values()).toEqual({ t: [{ ts: now, value: 3 }] })
  expect((await api.admin.get(`${pathOf(id)}/values/timeseries?keys=t`)).body).toMatchObject({ t: [{ value: '3' }] })
})

describe('entities that have values', () => {
  test('a tenant administrator reads its tenant, and writes everything else of it', async () => {
    const tenant = pathOf(entityId('TENANT', api.tenant.tenantId))
    expect((await api.admin.get(`${tenant}/values/attributes`)).status).toBe(200)
    expect((await api.admin.post(`${tenant}/SERVER_SCOPE`, { a: 1 })).status).toBe(403)
    expect(await api.customer.get(`${tenant}/values/attributes`)).toMatchObject({
      status: 403,
      text: 'Customer user is not allowed to perform this operation!',
    })
    expect((await api.systemAdmin.post(`${tenant}/SERVER_SCOPE`, { byRoot: 1 })).status).toBe(200)
    expect((await api.admin.get(`${tenant}/values/attributes`)).body).toMatchObject([{ key: 'byRoot' }])
    const profiles = await api.db.assetProfiles.findDefault(api.tenant.scope)
    const others: EntityId[] = [
      entityId('CUSTOMER', api.tenant.customerId),
      entityId('USER', api.tenant.customerUser.userId),
      entityId('RULE_CHAIN', api.tenant.rootChain.id.id),
      ...(profiles ? [profiles.id] : []),
      api.tenant.device.deviceProfileId,
    ]
    expect(others).toHaveLength(5)
    for (const entity of others) {
      expect((await api.admin.post(`${pathOf(entity)}/SERVER_SCOPE`, { a: 1 })).status, entity.entityType).toBe(200)
      expect((await api.admin.post(`${pathOf(entity)}/timeseries/ANY`, { t: 1 })).status).toBe(200)
      expect((await api.strangerAdmin.get(`${pathOf(entity)}/values/attributes`)).status).toBe(404)
    }
  })

  test('things of the system keep their values through maintenance, and lose them on demand', async () => {
    const { data } = await api.db.tenantProfiles.list({ page: 0, pageSize: 1 })
    const [profile] = data
    if (!profile) throw new Error('no tenant profile')
    const path = pathOf(profile.id)
    expect((await api.systemAdmin.post(`${path}/SERVER_SCOPE`, { a: 1 })).status).toBe(200)
    await api.db.maintenance.run(Date.now())
    expect((await api.systemAdmin.get(`${path}/values/attributes`)).body).toMatchObject([{ key: 'a' }])
    expect((await api.systemAdmin.delete(`${path}/SERVER_SCOPE?keys=a`)).status).toBe(200)
    expect((await api.systemAdmin.get(`${path}/values/attributes`)).body).toEqual([])
    expect((await api.admin.get(`${path}/values/attributes`)).status).toBe(403)
  })

  test('others do not: the answer is 500', async () => {
    for (const entityType of ['WIDGET_TYPE', 'DASHBOARD', 'ALARM'] as const)
      expect((await api.admin.get(`/api/plugins/telemetry/${entityType}/${uuidV7()}/values/attributes`)).status).toBe(
        500,
      )
    const usage = pathOf(entityId('API_USAGE_STATE', uuidV7()))
    expect((await api.admin.get(`${usage}/values/timeseries`)).status).toBe(404)
    expect(await api.admin.get(`${usage}/values/attributes`)).toMatchObject({
      status: 403,
      text: 'Allowed only READ_TELEMETRY operation!',
    })
  })
})
