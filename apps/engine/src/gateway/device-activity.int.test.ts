import { randomUUID } from 'node:crypto'
import { type Device, entityId, type KvEntry, type Message, toPlainValue } from '@thingwire/contracts'
import { ownRedis, type SeededTenant, seedTenant, testDatabase, waitFor } from '@thingwire/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createChannels } from '../channels.ts'
import { tellTimeoutChange } from '../attributes/inactivity-timeout.ts'
import { silentLogger } from '../observability/logger.ts'
import { redisOpener } from '../redis.ts'
import { createDeviceActivity, type DeviceActivity } from './device-activity.ts'

let stack: AsyncDisposableStack
let database: Awaited<ReturnType<typeof testDatabase>>
let tenant: SeededTenant
let activity: DeviceActivity
let startAgain: () => Promise<void>
let redis: Redis
let reads = 0
let writes = 0
let messages: Message[] = []

beforeAll(async () => {
  stack = new AsyncDisposableStack()
  database = stack.use(await testDatabase())
  const { url } = stack.use(await ownRedis())
  redis = new Redis(url)
  stack.defer(() => redis.disconnect())
  tenant = await seedTenant(database.db)
  const openRedis = redisOpener(url, silentLogger)
  const { attributes, devices } = database.db
  const start = async () => {
    const channels = createChannels({ openRedis, logger: silentLogger })
    activity = createDeviceActivity({
      openRedis,
      channels,
      attributes: {
        save: (tenantId, saves) => {
          writes++
          return attributes.save(tenantId, saves)
        },
      },
      database: {
        attributes: {
          findMany: (...asked) => {
            reads++
            return attributes.findMany(...asked)
          },
        },
        devices: {
          heads: (...asked) => {
            reads++
            return devices.heads(...asked)
          },
        },
      },
      queue: {
        submitInternal: async (_queueName, _originatorId, sent) => {
          messages.push(...sent)
        },
      },
      logger: silentLogger,
      sweepMs: 100,
    })
    await channels.start()
    await activity.start()
    const parts = [activity, channels]
    return async () => {
      for (const part of parts) await part.stop(Date.now() + 2_000)
    }
  }
  let stop = await start()
  startAgain = async () => {
    await stop()
    stop = await start()
  }
  stack.defer(() => stop())
})
afterAll(() => stack.disposeAsync())
beforeEach(() => {
  messages = []
})

const device = (name: string, label: string | null = null) => database.db.devices.save(tenant.scope, { name, label })
const setServer = (of: Device, ...entries: KvEntry[]) =>
  database.db.attributes.save(tenant.tenantId, [{ entityId: of.id, scope: 'SERVER_SCOPE', entries, ts: 1 }])
const attributesOf = async (of: Device) => {
  const found = await database.db.attributes.find(tenant.scope, of.id, { scope: 'SERVER_SCOPE' })
  return Object.fromEntries(found.map((entry) => [entry.key, toPlainValue(entry)]))
}
const typesOf = (of: Device) => messages.filter(({ originator }) => originator.id === of.id.id).map(({ type }) => type)

test('a device that connects tells the rule engine so, then that it is active', async () => {
  const connected = await device('Connects', 'a label')
  const atMs = Date.now()
  activity.connected(tenant.tenantId, connected.id.id, atMs)
  await waitFor(() => typesOf(connected).length === 2)
  expect(typesOf(connected)).toEqual(['CONNECT_EVENT', 'ACTIVITY_EVENT'])
  const [connect, active] = messages
  const times = {
    lastConnectTime: atMs,
    lastActivityTime: atMs,
    lastDisconnectTime: 0,
    lastInactivityAlarmTime: 0,
    inactivityTimeout: 600_000,
  }
  expect(JSON.parse(connect?.data ?? '')).toEqual(times)
  expect(JSON.parse(active?.data ?? '')).toEqual({ active: true, ...times })
  expect(connect).toMatchObject({
    originator: entityId('DEVICE', connected.id.id),
    metadata: { deviceName: 'Connects', deviceLabel: 'a label', deviceType: 'default', scope: 'SERVER_SCOPE' },
  })
  expect(await attributesOf(connected)).toEqual({ active: true, lastConnectTime: atMs, lastActivityTime: atMs })
})

test('signs of life of an active device tell nothing; its end does', async () => {
  const busy = await device('Busy')
  activity.active(tenant.tenantId, busy.id.id, Date.now())
  await waitFor(() => typesOf(busy).length === 1)
  const later = Date.now()
  activity.active(tenant.tenantId, busy.id.id, later)
  await waitFor(async () => (await attributesOf(busy)).lastActivityTime === later)
  activity.disconnected(tenant.tenantId, busy.id.id, Date.now())
  await waitFor(() => typesOf(busy).length > 1)
  expect(typesOf(busy)).toEqual(['ACTIVITY_EVENT', 'DISCONNECT_EVENT'])
  expect(JSON.parse(messages.at(-1)?.data ?? '')).toMatchObject({
    active: true,
    lastDisconnectTime: expect.any(Number),
  })
})

test('a device is inactive after its own timeout, once, and active again when it speaks', async () => {
  const quiet = await device('Quiet')
  await setServer(quiet, { key: 'inactivityTimeout', type: 'LONG', value: 1_500 })
  activity.active(tenant.tenantId, quiet.id.id, Date.now())
  await waitFor(() => typesOf(quiet).includes('INACTIVITY_EVENT'), { deadlineMs: 10_000 })
  const silent = messages.find(({ type }) => type === 'INACTIVITY_EVENT')
  const state = JSON.parse(silent?.data ?? '')
  expect(state).toMatchObject({ active: false, inactivityTimeout: 1_500 })
  expect(state.lastInactivityAlarmTime - state.lastActivityTime).toBeGreaterThanOrEqual(1_500)
  expect(await attributesOf(quiet)).toMatchObject({
    active: false,
    inactivityAlarmTime: state.lastInactivityAlarmTime,
  })
  activity.active(tenant.tenantId, quiet.id.id, Date.now())
  await waitFor(() => typesOf(quiet).length === 3)
  expect(typesOf(quiet)).toEqual(['ACTIVITY_EVENT', 'INACTIVITY_EVENT', 'ACTIVITY_EVENT'])
})

test('more devices at once than one query takes each tell their story', async () => {
  const list: Device[] = []
  for (let n = 0; n < 520; n += 5)
    list.push(...(await Promise.all([0, 1, 2, 3, 4].map((more) => device(`Many ${n + more}`)))))
  for (const { id } of list) activity.connected(tenant.tenantId, id.id, Date.now())
  const told = () => messages.filter(({ metadata }) => metadata.deviceName?.startsWith('Many'))
  await waitFor(() => told().length === 2 * list.length, { deadlineMs: 20_000 })
  expect(new Set(told().map(({ originator }) => originator.id)).size).toBe(list.length)
})

test('a device that was deleted tells nothing', async () => {
  const [gone, stays] = [await device('Gone'), await device('Stays')]
  await database.db.devices.delete(tenant.scope, gone.id.id)
  activity.connected(tenant.tenantId, gone.id.id, Date.now())
  activity.connected(tenant.tenantId, stays.id.id, Date.now())
  await waitFor(() => typesOf(stays).length === 2)
  expect(typesOf(gone)).toEqual([])
})

const setTimeoutOf = async (of: Device, value: number) => {
  await setServer(of, { key: 'inactivityTimeout', type: 'LONG', value })
  await tellTimeoutChange(redis, tenant.tenantId, of.id.id)
}

test('another timeout counts at once, for active and for inactive devices', async () => {
  const changing = await device('Changing')
  activity.active(tenant.tenantId, changing.id.id, Date.now() - 5_000)
  await waitFor(() => typesOf(changing).length === 1)
  await setTimeoutOf(changing, 3_000)
  await waitFor(() => typesOf(changing).length === 2)
  expect(await attributesOf(changing)).toMatchObject({ active: false })
  await setTimeoutOf(changing, 600_000)
  await waitFor(() => typesOf(changing).length === 3)
  expect(typesOf(changing)).toEqual(['ACTIVITY_EVENT', 'INACTIVITY_EVENT', 'ACTIVITY_EVENT'])
  expect(await attributesOf(changing)).toMatchObject({ active: true })
})

test('signs of life are wanted more often from a device that is soon inactive', async () => {
  const [usual, hasty] = [await device('Usual'), await device('Hasty')]
  await setTimeoutOf(hasty, 9_000)
  const ask = ({ id }: Device) => activity.active(tenant.tenantId, id.id, Date.now())
  ask(usual)
  ask(hasty)
  await waitFor(() => typesOf(usual).length === 1 && typesOf(hasty).length === 1)
  expect([ask(usual), ask(hasty)]).toEqual([60_000, 3_000])
})

test('a device that falls silent while the engine is down is inactive when it is back', async () => {
  const silent = await device('Silent')
  await setServer(silent, { key: 'inactivityTimeout', type: 'LONG', value: 1_200 })
  activity.active(tenant.tenantId, silent.id.id, Date.now())
  await waitFor(() => typesOf(silent).length === 1)
  await startAgain()
  await waitFor(() => typesOf(silent).length === 2)
  expect(typesOf(silent)).toEqual(['ACTIVITY_EVENT', 'INACTIVITY_EVENT'])
})

test('thousands of devices that speak and fall silent take some statements for hundreds of them', async () => {
  const ids = await Promise.all(Array.from({ length: 100 }, async (_, n) => (await device(`Crowd ${n}`)).id.id))
  // Devices without a row are as much work for the state, and none for the rule engine.
  const strangers = Array.from({ length: 4_900 }, () => randomUUID())
  const before = { reads, writes }
  for (const id of [...ids, ...strangers]) activity.active(tenant.tenantId, id, Date.now())
  await waitFor(() => messages.length >= ids.length, { deadlineMs: 20_000 })
  await waitFor(async () => (await redis.zcard('tw:devices:active')) >= 5_000)
  expect(reads - before.reads).toBeLessThanOrEqual(60)
  expect(writes - before.writes).toBeLessThanOrEqual(20)
})
