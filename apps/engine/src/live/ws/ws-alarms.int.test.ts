import type { AlarmSeverity } from '@thingwire/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest } from '../../testing/api-under-test.ts'
import { wsClient } from './ws-client.ts'

let api: ApiUnderTest
let address: string

beforeAll(async () => {
  api = await apiUnderTest()
  address = await api.listen()
})
afterAll(() => api[Symbol.asyncDispose]())

const open = (token = api.admin.token) => wsClient(address, `/api/ws?token=${token}`)
const tell = (alarmId: string, originatorId: string, entityIds: string[], isDeleted = false) =>
  api.liveBus.publish(api.tenant.tenantId, {
    kind: 'alarm',
    tenantId: api.tenant.tenantId,
    alarmId,
    originatorId,
    entityIds,
    isDeleted,
  })
/** Raises an alarm and tells it on the bus, as whoever raises alarms does. */
const raise = async (type: string, severity: AlarmSeverity, originator = api.tenant.device) => {
  const content = { severity, startTs: null, endTs: null, details: {}, propagate: false, propagateToOwner: false }
  const customerId = originator === api.tenant.device ? null : api.tenant.customerId
  const { alarm, entityIds } = await api.db.alarms.raise(
    api.tenant.tenantId,
    { ...content, propagateToTenant: false, propagateRelationTypes: [], originator: originator.id, customerId, type },
    Date.now(),
  )
  tell(alarm.id.id, originator.id.id, entityIds)
  return alarm.id.id
}
const clear = async (alarmId: string) => {
  const changed = await api.db.alarms.clear(api.tenant.tenantId, alarmId, Date.now())
  tell(alarmId, api.tenant.device.id.id, changed?.entityIds ?? [])
}
const query = (more: object = {}) => ({
  entityFilter: { type: 'entityType', entityType: 'DEVICE' },
  pageLink: {
    pageSize: 10,
    page: 0,
    sortOrder: { key: { type: 'ALARM_FIELD', key: 'createdTime' }, direction: 'DESC' },
    ...more,
  },
  alarmFields: [{ type: 'ALARM_FIELD', key: 'type' }],
  entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
  latestValues: [{ type: 'TIME_SERIES', key: 'load' }],
})

test('ALARM_DATA: a page, then fresh pages for new ones, updates for changed ones and changed values', async () => {
  const first = await raise('Fire', 'CRITICAL')
  await using client = open()
  client.command({ type: 'ALARM_DATA', cmdId: 3, query: query({ typeList: ['Fire', 'Flood'] }) })
  const answer = await client.next(3)
  expect(answer).toMatchObject({
    cmdId: 3,
    errorCode: 0,
    errorMsg: null,
    cmdUpdateType: 'ALARM_DATA',
    update: null,
    allowedEntities: 10_000,
    totalEntities: 2,
    data: { totalElements: 1, data: [{ id: { id: first }, entityId: api.tenant.device.id, type: 'Fire' }] },
  })
  expect(answer.data.data[0].latest.ENTITY_FIELD.name.value).toBe(api.tenant.device.name)

  const second = await raise('Flood', 'MAJOR')
  expect(await client.next(3)).toMatchObject({
    update: null,
    data: { totalElements: 2, data: [{ id: { id: second } }, { id: { id: first } }] },
  })

  await api.db.alarms.acknowledge(api.tenant.tenantId, first, Date.now())
  tell(first, api.tenant.device.id.id, [api.tenant.device.id.id])
  expect(await client.next(3)).toMatchObject({ data: null, update: [{ id: { id: first }, acknowledged: true }] })

  await api.admin.post(`/api/plugins/telemetry/DEVICE/${api.tenant.device.id.id}/timeseries/ANY`, { load: 7 })
  const values = await client.next(3)
  expect(values.data).toBeNull()
  expect(values.update[0].latest.TIME_SERIES.load.value).toBe('7')

  const entityIds = await api.db.alarms.delete(api.tenant.tenantId, second)
  tell(second, api.tenant.device.id.id, entityIds ?? [], true)
  expect(await client.next(3)).toMatchObject({
    data: { totalElements: 1, data: [{ id: { id: first } }] },
    update: null,
  })
})

test('alarms that users make, acknowledge, clear and delete through REST are told', async () => {
  await using client = open()
  client.command(
    { type: 'ALARM_DATA', cmdId: 3, query: query({ typeList: ['By hand'] }) },
    {
      type: 'ALARM_STATUS',
      cmdId: 5,
      originatorId: api.tenant.device.id,
      typeList: ['By hand'],
      severityList: ['MAJOR'],
    },
  )
  await client.next(3)
  expect((await client.next(5)).active).toBe(false)
  const body = { type: 'By hand', originator: api.tenant.device.id, severity: 'MAJOR' }
  const made = await api.admin.post('/api/alarm', body)
  expect(made.status).toBe(200)
  const { id } = (made.body as { id: { id: string } }).id
  expect((await client.next(3)).data).toMatchObject({ data: [{ id: { id }, status: 'ACTIVE_UNACK' }] })
  expect((await client.next(5)).active).toBe(true)
  expect((await api.admin.post(`/api/alarm/${id}/ack`)).status).toBe(200)
  expect(await client.next(3)).toMatchObject({ data: null, update: [{ status: 'ACTIVE_ACK' }] })
  expect((await api.admin.post(`/api/alarm/${id}/clear`)).status).toBe(200)
  expect(await client.next(3)).toMatchObject({ data: null, update: [{ status: 'CLEARED_ACK' }] })
  expect((await client.next(5)).active).toBe(false)
  expect((await api.admin.delete(`/api/alarm/${id}`)).status).toBe(200)
  expect((await client.next(3)).data).toMatchObject({ data: [], totalElements: 0 })
})

test('ALARM_DATA without a matching entity is an empty page of nobody', async () => {
  await using client = open()
  const none = {
    entityFilter: { type: 'deviceType', deviceTypes: ['nothing of the kind'] },
    pageLink: query().pageLink,
  }
  client.command({ type: 'ALARM_DATA', cmdId: 3, query: none })
  expect(await client.next(3)).toEqual({
    cmdId: 3,
    errorCode: 0,
    errorMsg: null,
    cmdUpdateType: 'ALARM_DATA',
    data: { data: [], totalElements: 0, totalPages: 0, hasNext: false },
    update: null,
    allowedEntities: 0,
    totalEntities: 0,
  })
})

test('ALARM_DATA again with the same id replaces the query', async () => {
  await raise('Smoke', 'MINOR')
  await using client = open()
  client.command({ type: 'ALARM_DATA', cmdId: 3, query: query({ typeList: ['Smoke'] }) })
  expect((await client.next(3)).data.totalElements).toBe(1)
  client.command({ type: 'ALARM_DATA', cmdId: 3, query: query({ typeList: ['No such'] }) })
  expect((await client.next(3)).data.totalElements).toBe(0)
  await raise('Smoke', 'MAJOR')
  client.command({ type: 'ALARM_DATA_UNSUBSCRIBE', cmdId: 3 }, { type: 'ALARM_COUNT', cmdId: 4, query: {} })
  await client.next(4)
  expect(client.answers).toHaveLength(3)
})

test('at most ten fresh pages in a refresh interval, however many alarms come', async () => {
  await using client = open()
  client.command({ type: 'ALARM_DATA', cmdId: 3, query: query({ typeList: ['Storm'], pageSize: 50 }) })
  await client.next(3)
  const other = api.tenant.customerDevice
  await raise('Storm', 'MAJOR', other)
  await client.next(3)
  for (let round = 0; round < 9; round++) {
    const id = await raise('Storm', 'CRITICAL')
    await client.next(3)
    await api.db.alarms.clear(api.tenant.tenantId, id, Date.now())
  }
  await raise('Storm', 'MINOR')
  // What happens to an alarm that is shown is still told.
  await raise('Storm', 'WARNING', other)
  expect(await client.next(3)).toMatchObject({
    data: null,
    update: expect.arrayContaining([expect.objectContaining({ severity: 'WARNING' })]),
  })
})

describe('ALARM_COUNT', () => {
  test('is told again when it changes', async () => {
    await using client = open()
    const counted = { entityFilter: { type: 'singleEntity', singleEntity: api.tenant.device.id }, typeList: ['Count'] }
    client.command({ type: 'ALARM_COUNT', cmdId: 4, query: counted }, { type: 'ALARM_COUNT', cmdId: 4, query: {} })
    expect(await client.next(4)).toEqual({
      cmdId: 4,
      errorCode: 0,
      errorMsg: null,
      cmdUpdateType: 'ALARM_COUNT_DATA',
      count: 0,
    })
    await raise('Count', 'MAJOR')
    expect((await client.next(4)).count).toBe(1)
    expect(client.answers).toHaveLength(2)
  })

  test('of a customer user leaves the others out', async () => {
    await raise('Private', 'MAJOR')
    await using client = open(api.customer.token)
    client.command({ type: 'ALARM_COUNT', cmdId: 4, query: { typeList: ['Private'] } })
    expect((await client.next(4)).count).toBe(0)
  })
})

describe('ALARM_STATUS', () => {
  test('says whether an active alarm matches, and again when that changes', async () => {
    await using client = open()
    const status = { type: 'ALARM_STATUS', cmdId: 5, originatorId: api.tenant.device.id, typeList: ['State'] }
    client.command(status, status)
    const head = { cmdId: 5, errorCode: 0, errorMsg: null, cmdUpdateType: 'ALARM_STATUS' }
    expect(await client.next(5)).toEqual({ ...head, active: false })
    const alarmId = await raise('State', 'MAJOR')
    expect(await client.next(5)).toEqual({ ...head, active: true })
    await clear(alarmId)
    expect(await client.next(5)).toEqual({ ...head, active: false })
    expect(client.answers).toHaveLength(3)
  })

  test.each([
    ['of a stranger', () => api.strangerAdmin.token],
    ['of a customer', () => api.customer.token],
  ])('%s is refused', async (_, token) => {
    await raise('State', 'MAJOR')
    await using client = open(token())
    client.command({
      type: 'ALARM_STATUS',
      cmdId: 5,
      originatorId: api.tenant.device.id,
      typeList: [],
      severityList: [],
    })
    expect(await client.next(5)).toMatchObject({ errorCode: 3, errorMsg: 'Unauthorized', active: false })
  })
})

test("a customer user's page loses the alarms of a device that is taken away", async () => {
  const own = api.tenant.customerDevice
  await raise('Own', 'MAJOR', own)
  await raise('Own', 'MAJOR')
  await using client = open(api.customer.token)
  client.command({ type: 'ALARM_DATA', cmdId: 3, query: query({ typeList: ['Own'] }) })
  expect((await client.next(3)).data).toMatchObject({ totalElements: 1, data: [{ entityId: own.id }] })
  expect((await api.admin.delete(`/api/customer/device/${own.id.id}`)).status).toBe(200)
  expect((await client.next(3)).data.totalElements).toBe(0)
})
