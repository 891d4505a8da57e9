import type { LiveBusEvent } from '@thingwire/contracts'
import type { Principal } from '@thingwire/db'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { silentLogger } from '../../observability/logger.ts'
import { createGate } from '../gate.ts'
import type { TopicListener } from '../topics.ts'
import { entitySettleMs, refreshMs } from './entity-pages.ts'
import { createFigures } from './figures.ts'

const caller: Principal = { userId: 'u', authority: 'TENANT_ADMIN', tenantId: 't', customerId: null }
const devices = { entityFilter: { type: 'entityType' as const, entityType: 'DEVICE' as const } }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const setUp = () => {
  const store = { count: 5, reads: 0, isAway: false }
  const listeners = new Set<TopicListener>()
  const observers = new Set<(change: { tenantId: string; id: string }) => void>()
  const count = async () => {
    store.reads++
    if (store.isAway) throw new Error('away')
    return store.count
  }
  const notAsked = () => Promise.reject(new Error('not asked here'))
  const figures = createFigures({
    topics: {
      listen: async (_topic, _tenantId, listener) => {
        listeners.add(listener)
      },
      unlisten: (_topic, _tenantId, listener) => {
        listeners.delete(listener)
      },
      observe: (handler) => {
        observers.add(handler)
        return () => observers.delete(handler)
      },
    },
    entityQueries: () => ({
      find: notAsked,
      ids: notAsked,
      keys: notAsked,
      keySamples: notAsked,
      keySummaries: notAsked,
      count,
    }),
    alarmQueries: () => ({ count }),
    background: createGate(1),
    logger: silentLogger,
  })
  const alarm = (originatorId: string) => {
    const event: LiveBusEvent = {
      kind: 'alarm',
      tenantId: 't',
      alarmId: 'a',
      originatorId,
      entityIds: [],
      isDeleted: false,
    }
    for (const listener of listeners) listener.onEvent(event)
  }
  const changed = (tenantId: string) => {
    for (const handler of observers) handler({ tenantId, id: 'x' })
  }
  return { store, listeners, observers, figures, alarm, changed }
}

test('a count is made again every minute and told when it changed, until nobody asks any more', async () => {
  const { store, figures } = setUp()
  const told: number[] = []
  const question = { kind: 'entities' as const, query: devices }
  const [one, two] = await Promise.all([
    figures.open(caller, question, (value) => told.push(value)),
    figures.open(caller, question, () => {}),
  ])
  expect([one.value, two.value, store.reads]).toEqual([5, 5, 1])
  await vi.advanceTimersByTimeAsync(refreshMs)
  expect(told).toEqual([])
  store.count = 6
  await vi.advanceTimersByTimeAsync(refreshMs)
  expect(told).toEqual([6])
  one.release()
  one.release()
  store.count = 7
  await vi.advanceTimersByTimeAsync(refreshMs)
  expect(told).toEqual([6])
  two.release()
  const before = store.reads
  await vi.advanceTimersByTimeAsync(5 * refreshMs)
  expect(store.reads).toBe(before)
})

test('a crowd of alarms is one look; alarms of others are none when one originator is asked about', async () => {
  const { store, listeners, figures, alarm } = setUp()
  const told: number[] = []
  const question = { kind: 'alarms' as const, query: {}, originatorId: 'mine' }
  const { release } = await figures.open(caller, question, (value) => told.push(value))
  for (let n = 0; n < 100; n++) alarm('others')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(store.reads).toBe(1)
  store.count = 9
  for (let n = 0; n < 100; n++) alarm('mine')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(store.reads).toBe(2)
  expect(told).toEqual([9])
  release()
  expect(listeners.size).toBe(0)
})

test('a database that is away for a while costs nobody the count', async () => {
  const { store, figures } = setUp()
  const told: number[] = []
  const question = { kind: 'entities' as const, query: devices }
  await figures.open(caller, question, (value) => told.push(value))
  store.isAway = true
  await vi.advanceTimersByTimeAsync(refreshMs)
  store.isAway = false
  store.count = 6
  await vi.advanceTimersByTimeAsync(refreshMs)
  expect(told).toEqual([6])
})

test('a first count that fails is asked again by the next', async () => {
  const { store, figures, listeners } = setUp()
  store.isAway = true
  const question = { kind: 'alarms' as const, query: {} }
  await expect(figures.open(caller, question, () => {})).rejects.toThrow('away')
  expect(listeners.size).toBe(0)
  store.isAway = false
  expect((await figures.open(caller, question, () => {})).value).toBe(5)
})

test('new entities of the tenant make a count be made again soon, a crowd of them once', async () => {
  const { store, figures, observers, changed } = setUp()
  const told: number[] = []
  const question = { kind: 'entities' as const, query: devices }
  const { release } = await figures.open(caller, question, (value) => told.push(value))
  store.count = 6
  changed('another tenant')
  await vi.advanceTimersByTimeAsync(2 * entitySettleMs)
  expect(store.reads).toBe(1)
  for (let n = 0; n < 100; n++) changed('t')
  await vi.advanceTimersByTimeAsync(entitySettleMs)
  expect([store.reads, told]).toEqual([2, [6]])
  release()
  expect(observers.size).toBe(0)
})
