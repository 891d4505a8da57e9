import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '@thingwire/testing'
import { z } from 'zod'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import { type Answer, type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const shape = z.looseObject({ id: z.looseObject({ id: z.string() }) })
const idOf = ({ body }: Answer) => shape.parse(body).id.id
const device = () => api.tenant.device.id
const customerDevice = () => api.tenant.customerDevice.id
const raise = (type: string, rest: Record<string, unknown> = {}) =>
  api.admin.post('/api/alarm', { originator: device(), type, severity: 'MAJOR', ...rest })
const alarmMessages = () => api.messages.map(({ message }) => message)
const lastMessage = () => alarmMessages().at(-1)
const actions = async (alarmId: string) => {
  const { body } = await api.admin.get(
    `/api/audit/logs/entity/ALARM/${alarmId}?pageSize=100&page=0&sortProperty=createdTime&sortOrder=ASC`,
  )
  const page = z
    .object({ data: z.array(z.looseObject({ actionType: z.string(), actionStatus: z.string() })) })
    .parse(body)
  return page.data.map(({ actionType, actionStatus }) => `${actionType} ${actionStatus}`)
}
const comments = async (alarmId: string) => {
  const { body } = await api.admin.get(`/api/alarm/${alarmId}/comment?pageSize=50&page=0`)
  return z
    .object({
      data: z.array(z.looseObject({ type: z.string(), comment: z.looseObject({ subtype: z.string().optional() }) })),
    })
    .parse(body).data
}

describe('saving', () => {
  test('creates, then updates the active one, and again creates after clearing', async () => {
    const first = await raise('life', { details: { t: 21 }, startTs: 0 })
    expect(first).toMatchObject({
      status: 200,
      body: {
        type: 'life',
        name: 'life',
        originator: device(),
        status: 'ACTIVE_UNACK',
        customerId: { entityType: 'CUSTOMER', id: '13814000-1dd2-11b2-8080-808080808080' },
        assigneeId: null,
        ackTs: 0,
        details: { t: 21 },
        propagateRelationTypes: [],
      },
    })
    expect(Object.keys(first.body ?? {})).not.toContain('originatorName')
    const { startTs, endTs } = z.looseObject({ startTs: z.number(), endTs: z.number() }).parse(first.body)
    expect(endTs).toBe(startTs)
    expect(lastMessage()).toMatchObject({
      type: 'ENTITY_CREATED',
      originator: device(),
      metadata: { userEmail: api.tenant.admin.email },
    })
    const second = await raise('life', { severity: 'CRITICAL' })
    expect(idOf(second)).toBe(idOf(first))
    expect(alarmMessages().findLast(({ type }) => type === 'ENTITY_UPDATED')).toMatchObject({ originator: device() })
    const notes = await comments(idOf(first))
    expect(notes).toMatchObject([
      { type: 'SYSTEM', comment: { subtype: 'SEVERITY_CHANGED', oldSeverity: 'MAJOR', newSeverity: 'CRITICAL' } },
    ])
    await api.admin.post(`/api/alarm/${idOf(first)}/clear`)
    expect(idOf(await raise('life'))).not.toBe(idOf(first))
    expect(await actions(idOf(first))).toEqual(
      expect.arrayContaining(['ADDED SUCCESS', 'UPDATED SUCCESS', 'ALARM_CLEAR SUCCESS']),
    )
  })

  test('with an id it changes that alarm, and marks come along', async () => {
    const made = await raise('marked', { acknowledged: true, ackTs: 5, assigneeId: { id: api.tenant.admin.userId } })
    expect(made.body).toMatchObject({
      acknowledged: true,
      ackTs: 5,
      status: 'ACTIVE_ACK',
      assigneeId: { id: api.tenant.admin.userId },
    })
    const id = { entityType: 'ALARM', id: idOf(made) }
    const changed = await raise('ignored', { id, severity: 'MINOR', cleared: true, clearTs: 7 })
    expect(changed.body).toMatchObject({
      id,
      type: 'marked',
      severity: 'MINOR',
      status: 'CLEARED_ACK',
      clearTs: 7,
      assigneeId: null,
    })
    const missing = '018f2f3a-0000-7000-8000-000000000000'
    expect(await raise('x', { id: { id: missing } })).toMatchObject({
      status: 404,
      body: { errorCode: 32, message: `Alarm with id [${missing}] is not found` },
    })
  })

  test('what is missing is named, and what a client may not set changes nothing', async () => {
    const save = (body: unknown) => api.admin.post('/api/alarm', body)
    const whole = { originator: device(), type: 'x', severity: 'MAJOR' }
    for (const [member, message] of [
      ['originator', 'Alarm originator should be specified!'],
      ['type', 'Alarm type should be specified!'],
      ['severity', 'Alarm severity should be specified!'],
    ] as const)
      for (const value of [undefined, null, ...(member === 'originator' ? [] : [''])])
        expect(await save({ ...whole, [member]: value })).toMatchObject({
          status: 400,
          body: { errorCode: 31, message },
        })
    const hostile = await save({
      ...whole,
      tenantId: { entityType: 'TENANT', id: api.stranger.tenantId },
      customerId: { entityType: 'CUSTOMER', id: api.stranger.customerId },
      createdTime: 1,
      status: 'CLEARED_ACK',
      ['__proto__']: { polluted: true },
      details: { text: `'; DROP TABLE alarms; --\u0000` },
    })
    expect(hostile).toMatchObject({
      status: 200,
      body: {
        tenantId: { id: api.tenant.tenantId },
        status: 'ACTIVE_UNACK',
        details: { text: `'; DROP TABLE alarms; --\uFFFD` },
      },
    })
    expect(z.looseObject({ createdTime: z.number() }).parse(hostile.body).createdTime).toBeGreaterThan(1)
    expect(await save({ ...whole, details: 'x'.repeat(100_001) })).toMatchObject({ status: 400 })
    expect(await save({ ...whole, originator: api.stranger.device.id })).toMatchObject({ status: 404 })
  })

  test('an assignee who may not see the alarm leaves nothing behind', async () => {
    const assigneeId = { entityType: 'USER', id: api.tenant.customerUser.userId }
    expect(await raise('refused', { assigneeId })).toMatchObject({ status: 400 })
    const { body } = await api.admin.get('/api/v2/alarms?pageSize=10&page=0&typeList=refused')
    expect(body).toMatchObject({ data: [], totalElements: 0 })
    const own = { originator: customerDevice(), type: 'accepted', severity: 'MINOR', assigneeId }
    const accepted = await api.admin.post('/api/alarm', own)
    expect(accepted.body).toMatchObject({ assigneeId })
    await api.admin.delete(`/api/alarm/${idOf(accepted)}`)
  })

  test('many at once raise one alarm', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => raise('storm')))
    expect(new Set(all.map(idOf)).size).toBe(1)
  })
})

describe('marks', () => {
  test('acknowledging and clearing happen once and are noted', async () => {
    const id = idOf(await raise('once'))
    const acked = await api.admin.post(`/api/alarm/${id}/ack`)
    expect(acked.body).toMatchObject({ status: 'ACTIVE_ACK', originatorName: api.tenant.device.name, assignee: null })
    expect(alarmMessages().findLast(({ type }) => type === 'ALARM_ACK')).toMatchObject({ originator: device() })
    expect(await api.admin.post(`/api/alarm/${id}/ack`)).toMatchObject({
      status: 400,
      body: { errorCode: 31, message: 'Alarm was already acknowledged!' },
    })
    expect((await api.admin.post(`/api/alarm/${id}/clear`)).body).toMatchObject({ status: 'CLEARED_ACK' })
    expect(await api.admin.post(`/api/alarm/${id}/clear`)).toMatchObject({
      status: 400,
      body: { message: 'Alarm was already cleared!' },
    })
    expect((await comments(id)).map(({ comment }) => comment.subtype)).toEqual(['ACKED_BY_USER', 'CLEARED_BY_USER'])
    expect(await actions(id)).toEqual(
      expect.arrayContaining([
        'ALARM_ACK SUCCESS',
        'ALARM_ACK FAILURE',
        'ALARM_CLEAR SUCCESS',
        'ADDED_COMMENT SUCCESS',
      ]),
    )
  })

  test('assigning and taking back', async () => {
    const id = idOf(await raise('job'))
    const assign = (userId: string) => api.admin.post(`/api/alarm/${id}/assign/${userId}`)
    expect((await assign(api.tenant.admin.userId)).body).toMatchObject({ assigneeId: { id: api.tenant.admin.userId } })
    expect(alarmMessages().findLast(({ type }) => type === 'ALARM_ASSIGNED')).toMatchObject({ originator: device() })
    expect(await assign(api.tenant.admin.userId)).toMatchObject({
      status: 400,
      body: { message: 'Alarm was already assigned to this user!' },
    })
    expect(await assign(api.stranger.admin.userId)).toMatchObject({ status: 404 })
    expect(await assign(api.tenant.customerUser.userId)).toMatchObject({ status: 400 })
    expect((await api.admin.get(`/api/alarm/info/${id}`)).body).toMatchObject({
      assignee: { email: api.tenant.admin.email },
      originatorDisplayName: api.tenant.device.name,
    })
    const listed = await api.admin.get(`/api/v2/alarms?pageSize=10&page=0&assigneeId=${api.tenant.admin.userId}`)
    expect(listed.body).toMatchObject({ totalElements: 1, data: [{ type: 'job' }] })
    expect((await api.admin.delete(`/api/alarm/${id}/assign`)).body).toMatchObject({ assigneeId: null })
    expect(await api.admin.delete(`/api/alarm/${id}/assign`)).toMatchObject({
      status: 400,
      body: { message: 'Alarm was already unassigned!' },
    })
    expect((await comments(id)).map(({ comment }) => comment.subtype)).toEqual([
      'ASSIGNED_TO_USER',
      'UNASSIGNED_BY_USER',
    ])
  })

  test('deleting answers true, and afterwards the alarm is missing', async () => {
    const id = idOf(await raise('gone'))
    expect(await api.admin.delete(`/api/alarm/${id}`)).toMatchObject({ status: 200, body: true })
    expect(lastMessage()).toMatchObject({ type: 'ALARM_DELETE', originator: device() })
    expect(await api.admin.delete(`/api/alarm/${id}`)).toMatchObject({ status: 404 })
    expect(await api.admin.get(`/api/alarm/${id}`)).toMatchObject({ status: 404 })
  })

  test('whoever watches the alarms of the tenant is told', async () => {
    api.published.length = 0
    await raise('unwatched')
    expect(api.published).toEqual([])
    const member = `${api.tenant.tenantId}/alarms`
    await api.redis.zadd(redisKeys.watched, Date.now() + 60_000, member)
    await api.redis.publish(redisChannels.watching, member)
    await waitFor(() => api.liveBus.isEntityWatched(api.tenant.tenantId, 'alarms'))
    const id = idOf(await raise('watched', { propagateToTenant: true }))
    await api.admin.delete(`/api/alarm/${id}`)
    const event = { kind: 'alarm', alarmId: id, originatorId: device().id }
    expect(api.published).toMatchObject([
      { ...event, isDeleted: false },
      { ...event, isDeleted: true },
    ])
    expect(api.published).toEqual(
      api.published.map((one) => ({ ...one, entityIds: expect.arrayContaining([device().id, api.tenant.tenantId]) })),
    )
  })
})

describe('lists', () => {
  test('of an entity and of the tenant, by status, severity, type, text and time', async () => {
    const made = await api.admin.post('/api/device', { name: 'listed' })
    const { id } = z.looseObject({ id: z.object({ entityType: z.string(), id: z.string() }) }).parse(made.body)
    const on = (type: string, severity: string) => raise(type, { originator: id, severity })
    const minor = idOf(await on('list minor', 'MINOR'))
    await on('list critical', 'CRITICAL')
    await api.admin.post(`/api/alarm/${minor}/ack`)
    const types = async (path: string, query: string) => {
      const { body } = await api.admin.get(`${path}?pageSize=50&page=0&sortProperty=createdTime&${query}`)
      return z
        .object({ data: z.array(z.looseObject({ type: z.string() })) })
        .parse(body)
        .data.map(({ type }) => type)
    }
    const v1 = `/api/alarm/DEVICE/${id.id}`
    const v2 = `/api/v2/alarm/DEVICE/${id.id}`
    expect(await types(v1, '')).toEqual(['list minor', 'list critical'])
    expect(await types(v1, 'searchStatus=ACK&fetchOriginator=true')).toEqual(['list minor'])
    expect(await types(v1, 'status=ACTIVE_UNACK')).toEqual(['list critical'])
    expect(await types(v1, 'textSearch=CRIT')).toEqual(['list critical'])
    expect(await types(v1, 'endTime=1')).toEqual([])
    expect(await types(v2, 'statusList=ACTIVE,UNACK')).toEqual(['list critical'])
    expect(await types(v2, 'severityList=MINOR&severityList=MAJOR')).toEqual(['list minor'])
    expect(await types(v2, 'typeList=list%20minor,nope')).toEqual(['list minor'])
    expect(await types('/api/alarms', 'searchStatus=ACK')).toContain('list minor')
    expect(await types('/api/v2/alarms', 'typeList=list%20critical')).toEqual(['list critical'])
    expect(await api.admin.get(`${v1}?pageSize=1&page=0&searchStatus=ANY&status=ACTIVE_ACK`)).toMatchObject({
      status: 400,
      body: {
        message:
          "Invalid alarms search query: Both parameters 'searchStatus' and 'status' can't be specified at the same time!",
      },
    })
    expect(await api.admin.get(`${v1}?pageSize=0&page=0`)).toMatchObject({ status: 400 })
    expect(await api.admin.get(`${v1}?pageSize=1&page=0&sortProperty=drop`)).toMatchObject({
      status: 400,
      body: { message: 'Invalid sort property' },
    })
    expect(await api.admin.get(`${v1}?pageSize=1&page=0&sortOrder=up`)).toMatchObject({ status: 400 })
    expect(await api.admin.get(`${v2}?pageSize=1&page=0&severityList=HUGE`)).toMatchObject({ status: 400 })
    const severity = (query: string) => api.admin.get(`/api/alarm/highestSeverity/DEVICE/${id.id}?${query}`)
    expect((await severity('')).text).toBe('"CRITICAL"')
    expect((await severity('status=ACTIVE_ACK')).text).toBe('"MINOR"')
    expect(await severity('searchStatus=CLEARED')).toMatchObject({ status: 200, text: '' })
  })

  test('types that ever were', async () => {
    const { body } = await api.admin.get('/api/alarm/types?pageSize=100&page=0&textSearch=LIST')
    expect(body).toMatchObject({
      data: [
        { tenantId: { entityType: 'TENANT', id: api.tenant.tenantId }, entityType: 'ALARM', type: 'list critical' },
        { type: 'list minor' },
      ],
      totalElements: 2,
    })
  })
})

describe('rights', () => {
  test('a customer user handles alarms of the own devices, and no others', async () => {
    const own = await api.customer.post('/api/alarm', { originator: customerDevice(), type: 'own', severity: 'MINOR' })
    expect(own).toMatchObject({ status: 200, body: { customerId: { id: api.tenant.customerId } } })
    expect(await api.customer.post(`/api/alarm/${idOf(own)}/assign/${api.tenant.customerUser.userId}`)).toMatchObject({
      status: 200,
    })
    expect(await api.customer.post(`/api/alarm/${idOf(own)}/ack`)).toMatchObject({ status: 200 })
    const tenants = idOf(await raise('not yours'))
    for (const answer of [
      await api.customer.get(`/api/alarm/${tenants}`),
      await api.customer.post(`/api/alarm/${tenants}/ack`),
      await api.customer.post(`/api/alarm/${tenants}/comment`, { comment: { text: 'x' } }),
      await api.customer.post('/api/alarm', { originator: device(), type: 'x', severity: 'MAJOR' }),
    ])
      expect(answer).toMatchObject({ status: 403, body: { errorCode: 20 } })
    const { body } = await api.customer.get('/api/v2/alarms?pageSize=10&page=0')
    expect(body).toMatchObject({ data: [{ type: 'own' }], totalElements: 1 })
    expect(await api.strangerAdmin.get(`/api/alarm/${tenants}`)).toMatchObject({ status: 404 })
    expect(await api.systemAdmin.get(`/api/alarm/DEVICE/${device().id}?pageSize=1&page=0`)).toMatchObject({
      status: 403,
    })
    expect(await api.admin.get('/api/alarm/nonsense')).toMatchObject({ status: 400, body: { errorCode: 31 } })
  })
})

describe('comments', () => {
  test('are written, edited by their author, and replaced by a note when deleted', async () => {
    const id = idOf(await raise('talk'))
    const path = `/api/alarm/${id}/comment`
    const added = await api.admin.post(path, {
      comment: { text: 'first', subtype: 'FAKE', edited: 'true' },
      type: 'SYSTEM',
    })
    expect(added.body).toMatchObject({
      alarmId: { entityType: 'ALARM', id },
      userId: { id: api.tenant.admin.userId },
      type: 'OTHER',
      comment: { text: 'first' },
    })
    expect(shape.parse(added.body).comment).not.toHaveProperty('subtype')
    expect(lastMessage()).toMatchObject({
      type: 'COMMENT_CREATED',
      originator: { entityType: 'ALARM', id },
      metadata: { comment: expect.stringContaining('first') },
    })
    const commentId = { id: idOf(added) }
    const edited = await api.admin.post(path, { id: commentId, comment: { text: 'second' } })
    expect(edited.body).toMatchObject({
      id: commentId,
      comment: { text: 'second', edited: 'true', editedOn: expect.any(Number) },
    })
    expect(lastMessage()).toMatchObject({ type: 'COMMENT_UPDATED' })
    const listed = await api.admin.get(`${path}?pageSize=10&page=0&sortProperty=createdTime&sortOrder=DESC`)
    expect(listed.body).toMatchObject({
      totalElements: 1,
      data: [{ email: api.tenant.admin.email, comment: { text: 'second' } }],
    })
    expect(await api.admin.delete(`${path}/${commentId.id}`)).toMatchObject({ status: 200, text: '' })
    expect(await comments(id)).toMatchObject([
      { type: 'SYSTEM', userId: null, comment: { subtype: 'COMMENT_DELETED' } },
    ])
    expect(await api.admin.delete(`${path}/${commentId.id}`)).toMatchObject({ status: 400 })
    expect(await api.admin.post(path, { id: commentId, comment: { text: 'third' } })).toMatchObject({ status: 403 })
    expect(await api.admin.delete(`${path}/${id}`)).toMatchObject({ status: 404 })
    expect(await actions(id)).toEqual(
      expect.arrayContaining(['ADDED_COMMENT SUCCESS', 'UPDATED_COMMENT SUCCESS', 'DELETED_COMMENT SUCCESS']),
    )
  })

  test('need an object that is not too long, and others may not edit them', async () => {
    const id = idOf(
      await api.customer.post('/api/alarm', { originator: customerDevice(), type: 'theirs', severity: 'MINOR' }),
    )
    const path = `/api/alarm/${id}/comment`
    expect(await api.admin.post(path, {})).toMatchObject({
      status: 400,
      body: { message: 'Alarm comment should be specified!' },
    })
    expect(await api.admin.post(path, { comment: { text: 'x'.repeat(10_001) } })).toMatchObject({ status: 400 })
    const commentId = { id: idOf(await api.admin.post(path, { comment: { text: 'mine' } })) }
    expect(await api.customer.post(path, { id: commentId, comment: { text: 'now mine' } })).toMatchObject({
      status: 403,
    })
    expect(await api.customer.delete(`${path}/${commentId.id}`)).toMatchObject({ status: 403 })
    const other = idOf(await raise('another'))
    expect(
      await api.admin.post(`/api/alarm/${other}/comment`, { id: commentId, comment: { text: 'x' } }),
    ).toMatchObject({
      status: 404,
    })
  })
})
