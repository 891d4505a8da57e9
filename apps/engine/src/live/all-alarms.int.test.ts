import type { ClientToServerEvents, LiveAlarmQuery, LiveUpdate, ServerToClientEvents } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
let address: string

beforeAll(async () => {
  api = await apiUnderTest()
  address = await api.listen()
})
afterAll(() => api[Symbol.asyncDispose]())

type Page = Extract<LiveUpdate, { kind: 'alarms' }>

const browser = (token: string) => {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(address, {
    transports: ['websocket'],
    forceNew: true,
    auth: { token },
  })
  const updates: LiveUpdate[] = []
  let taken = 0
  socket.on('update', (list) => updates.push(...list))
  return {
    subscribe: (query: LiveAlarmQuery) =>
      socket.timeout(5_000).emitWithAck('subscribe', { kind: 'alarms', id: 'a', query }),
    /** The next update that is as it should be; those before it are passed over. */
    until: (is: (update: Page) => boolean) =>
      waitFor(
        () => {
          while (taken < updates.length) {
            const update = updates[taken++]
            if (update?.kind === 'alarms' && is(update)) return update
          }
          return undefined
        },
        { what: 'an update of the alarms' },
      ),
    [Symbol.asyncDispose]: async () => {
      socket.disconnect()
    },
  }
}

const raise = async (originator: { entityType: string; id: string }, type: string, severity = 'MAJOR') => {
  const answer = await api.admin.post('/api/alarm', { originator, type, severity })
  return z.looseObject({ id: z.looseObject({ id: z.string() }) }).parse(answer.body).id.id
}
const typesOf = ({ page }: Page) => page?.data.map(({ type }) => type)
const has = (type: string) => (update: Page) => typesOf(update)?.includes(type) ?? false

test('without an entity filter the page has every alarm, whatever it is about, and follows them', async () => {
  const tenant = { entityType: 'TENANT', id: api.tenant.tenantId }
  await raise(tenant, 'of the tenant')
  await using admin = browser(api.admin.token)
  const pageLink = { pageSize: 10, page: 0, statusList: ['ACTIVE' as const] }
  expect(await admin.subscribe({ pageLink })).toEqual({ ok: true })
  expect(typesOf(await admin.until(has('of the tenant')))).toEqual(['of the tenant'])
  const id = await raise(api.tenant.device.id, 'of a device')
  expect(typesOf(await admin.until(has('of a device')))).toEqual(['of a device', 'of the tenant'])
  await api.admin.post(`/api/alarm/${id}/ack`)
  const acknowledged = await admin.until(({ changed }) => changed.length > 0)
  expect(acknowledged.changed).toMatchObject([
    { id: { id }, status: 'ACTIVE_ACK', originatorName: api.tenant.device.name, entityId: api.tenant.device.id },
  ])
  await api.admin.post(`/api/alarm/${id}/clear`)
  await admin.until((update) => typesOf(update)?.join() === 'of the tenant')
})

test('a customer has those of its own devices, another tenant none of them, and the system administrator none', async () => {
  await using customer = browser(api.customer.token)
  await using stranger = browser(api.strangerAdmin.token)
  await using system = browser(api.systemAdmin.token)
  const pageLink = { pageSize: 10, page: 0, typeList: ['shown', 'hidden'] }
  for (const one of [customer, stranger]) expect(await one.subscribe({ pageLink })).toEqual({ ok: true })
  expect(await system.subscribe({ pageLink })).toMatchObject({ ok: false, code: 'PERMISSION_DENIED' })
  await raise(api.tenant.device.id, 'hidden')
  await raise(api.tenant.customerDevice.id, 'shown')
  expect(typesOf(await customer.until(has('shown')))).toEqual(['shown'])
  expect((await stranger.until(({ page }) => page !== null)).page).toMatchObject({ data: [], totalElements: 0 })
})

test('text, order and an unknown field are those of the list over REST', async () => {
  const device = api.tenant.device.id
  for (const type of ['order b', 'order a']) await raise(device, type)
  await using admin = browser(api.admin.token)
  const ask = (key: string) =>
    admin.subscribe({
      pageLink: { pageSize: 10, page: 0, textSearch: 'order', sortOrder: { key: { type: 'ALARM_FIELD', key } } },
    })
  expect(await ask('type')).toEqual({ ok: true })
  expect(typesOf(await admin.until(has('order a')))).toEqual(['order a', 'order b'])
  expect(await ask('nonsense')).toMatchObject({ ok: false, message: 'Invalid sort property' })
})

test('severities have an order of their own, over REST and live', async () => {
  const device = api.tenant.device.id
  for (const severity of ['WARNING', 'INDETERMINATE', 'CRITICAL', 'MINOR', 'MAJOR'])
    await raise(device, `rank ${severity}`, severity)
  const { body } = await api.admin.get(
    '/api/v2/alarms?pageSize=10&page=0&textSearch=rank&sortProperty=severityRank&sortOrder=ASC',
  )
  const ordered = ['CRITICAL', 'MAJOR', 'MINOR', 'WARNING', 'INDETERMINATE'].map((severity) => ({ severity }))
  expect(body).toMatchObject({ data: ordered })
  await using admin = browser(api.admin.token)
  const sortOrder = { key: { type: 'ALARM_FIELD' as const, key: 'severityRank' }, direction: 'DESC' as const }
  for (const entityFilter of [null, { type: 'singleEntity' as const, singleEntity: device }]) {
    await admin.subscribe({ entityFilter, pageLink: { pageSize: 10, page: 0, textSearch: 'rank', sortOrder } })
    expect((await admin.until(({ page }) => page !== null)).page).toMatchObject({ data: ordered.toReversed() })
  }
})
