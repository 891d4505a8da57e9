import type { EntityData, EntityDataQuery, EntityId, LiveBusEvent, PageData } from '@thingwire/contracts'
import type { Principal } from '@thingwire/db'
import { waitFor } from '@thingwire/testing'
import { expect, test, vi } from 'vitest'
import { silentLogger } from '../../observability/logger.ts'
import { createGate } from '../gate.ts'
import type { TopicListener } from '../topics.ts'
import { mostCandidates } from './deciding-values.ts'
import { createEntityPages, entitySettleMs, refreshMs } from './entity-pages.ts'
import type { EntityChange, PageMember } from './entity-page.ts'

const caller: Principal = { userId: 'u', authority: 'TENANT_ADMIN', tenantId: 't', customerId: null }
const keys = [{ type: 'TIME_SERIES' as const, key: 'k' }]
const query: EntityDataQuery = {
  entityFilter: { type: 'entityType', entityType: 'DEVICE' },
  latestValues: keys,
  pageLink: { pageSize: 10, page: 0 },
}
const idOf = (id: string): EntityId => ({ entityType: 'DEVICE', id })

const setUp = () => {
  const store = {
    ids: ['a', 'b'],
    candidates: ['a', 'b', 'c'],
    looks: 0,
    values: new Map<string, number>(),
    reads: 0,
    readable: true,
  }
  const listeners = new Map<string, Set<TopicListener>>()
  const observers = new Set<(change: { tenantId: string; id: string }) => void>()
  const find = async (): Promise<PageData<EntityData>> => {
    store.reads++
    const data = store.ids.map((id) => ({
      entityId: idOf(id),
      latest: { TIME_SERIES: { k: { ts: store.values.get(id) ?? 0, value: String(store.values.get(id) ?? '') } } },
      timeseries: {},
      aggLatest: {},
    }))
    return { data, totalElements: data.length, totalPages: 1, hasNext: false }
  }
  const notAsked = () => Promise.reject(new Error('not asked here'))
  const pages = createEntityPages({
    topics: {
      listen: async (id, _tenantId, listener) => {
        listeners.set(id, (listeners.get(id) ?? new Set()).add(listener))
      },
      unlisten: (id, _tenantId, listener) => {
        listeners.get(id)?.delete(listener)
        if (listeners.get(id)?.size === 0) listeners.delete(id)
      },
      observe: (handler) => {
        observers.add(handler)
        return () => observers.delete(handler)
      },
    },
    access: { readable: async () => [] },
    entityQueries: () => ({
      find,
      count: notAsked,
      ids: async (_caller, _query, limit) => {
        store.looks++
        return { ids: store.candidates.slice(0, limit).map(idOf), total: store.candidates.length }
      },
      keys: notAsked,
      keySamples: notAsked,
      keySummaries: notAsked,
    }),
    background: createGate(1),
    logger: silentLogger,
  })
  const happen = (id: string, ts: number, key = 'k') => {
    const event: LiveBusEvent = { kind: 'telemetry', tenantId: 't', entityId: id, points: { [key]: [[ts, ts]] } }
    for (const listener of listeners.get(id) ?? []) listener.onEvent(event)
  }
  const invalidate = (id: string) => {
    for (const listener of listeners.get(id) ?? []) listener.onInvalidated?.()
  }
  const gap = (id: string) => {
    for (const listener of listeners.get(id) ?? []) listener.onGap()
  }
  const changed = (tenantId: string) => {
    for (const handler of observers) handler({ tenantId, id: 'x' })
  }
  return { store, pages, listeners, observers, happen, invalidate, gap, changed }
}
const member = (): PageMember & { changes: EntityChange[]; moves: number } => ({
  changes: [],
  moves: 0,
  deliver(change) {
    this.changes.push(change)
  },
  moved() {
    this.moves++
  },
})

test('many who ask the same at once cost one read, listen once, and each entity is let go with the last of them', async () => {
  const { store, pages, listeners } = setUp()
  const handles = await Promise.all(Array.from({ length: 100 }, () => pages.open(caller, { query, keys })))
  expect(store.reads).toBe(1)
  expect(new Set(handles.map(({ page }) => page)).size).toBe(1)
  expect([...listeners.values()].map(({ size }) => size)).toEqual([1, 1])
  for (const { release } of handles) {
    expect(pages.count()).toBe(1)
    release()
    release()
  }
  expect(pages.count()).toBe(0)
  expect(listeners.size).toBe(0)
})

test('callers who may see different things share nothing', async () => {
  const { store, pages } = setUp()
  const customer: Principal = { ...caller, authority: 'CUSTOMER_USER', customerId: 'c' }
  await Promise.all([pages.open(caller, { query, keys }), pages.open(customer, { query, keys })])
  expect(store.reads).toBe(2)
  expect(pages.count()).toBe(2)
})

test('a newcomer to whom other entities belong gets a page of its own; the others keep theirs', async () => {
  const { store, pages } = setUp()
  const old = await pages.open(caller, { query, keys })
  store.ids = ['a', 'c']
  const fresh = await pages.open(caller, { query, keys })
  expect(old.page.entityIds().map(({ id }) => id)).toEqual(['a', 'b'])
  expect(fresh.page.entityIds().map(({ id }) => id)).toEqual(['a', 'c'])
  old.release()
  const third = await pages.open(caller, { query, keys })
  expect(third.page).toBe(fresh.page)
})

test('values are told to all members; what a newcomer reads anew is news to the others', async () => {
  const { store, pages, happen } = setUp()
  const first = member()
  const { page } = await pages.open(caller, { query, keys })
  page.join(first)
  happen('a', 5)
  happen('a', 4)
  expect(first.changes.map(({ latest }) => latest)).toEqual([{ TIME_SERIES: { k: { ts: 5, value: '5' } } }])
  // A change that the bus lost.
  store.values.set('a', 5).set('b', 7)
  await pages.open(caller, { query, keys })
  expect(first.changes[1]).toMatchObject({ entityId: idOf('b'), latest: { TIME_SERIES: { k: { ts: 7 } } } })
  expect(first.changes).toHaveLength(2)
})

test('after a gap values are read again, once for many entities', async () => {
  const { store, pages, gap } = setUp()
  const one = member()
  const { page } = await pages.open(caller, { query, keys })
  page.join(one)
  store.values.set('b', 9)
  gap('a')
  gap('b')
  await waitFor(() => one.changes.length === 1)
  expect(store.reads).toBe(2)
})

test('an entity that may not be seen any more leaves the page', async () => {
  const { store, pages, listeners, invalidate } = setUp()
  const one = member()
  const { page } = await pages.open(caller, { query, keys })
  page.join(one)
  store.ids = ['b']
  invalidate('a')
  await waitFor(() => one.moves === 1)
  expect(page.entityIds()).toEqual([idOf('b')])
  expect(listeners.has('a')).toBe(false)
})

test('a dynamic page looks every minute whether other entities belong to it; another page never does', async () => {
  vi.useFakeTimers()
  try {
    const { store, pages } = setUp()
    const one = member()
    const still = await pages.open(caller, { query, keys })
    const { page, release } = await pages.open(caller, {
      query: { ...query, pageLink: { ...query.pageLink, dynamic: true } },
      keys,
    })
    page.join(one)
    await vi.advanceTimersByTimeAsync(refreshMs)
    expect(one.moves).toBe(0)
    store.ids = ['a', 'b', 'c']
    await vi.advanceTimersByTimeAsync(refreshMs)
    expect(one.moves).toBe(1)
    expect(page.snapshot().totalElements).toBe(3)
    expect(still.page.entityIds()).toHaveLength(2)
    const before = store.reads
    release()
    await vi.advanceTimersByTimeAsync(10 * refreshMs)
    expect(store.reads).toBe(before)
  } finally {
    vi.useRealTimers()
  }
})

test('a crowd of new entities is one look, at those of the tenant that asks, for as long as somebody asks', async () => {
  vi.useFakeTimers()
  try {
    const { store, pages, changed, observers } = setUp()
    const one = member()
    const { page, release } = await pages.open(caller, {
      query: { ...query, pageLink: { ...query.pageLink, dynamic: true } },
      keys,
    })
    page.join(one)
    const still = await pages.open(caller, { query, keys })
    const before = store.reads
    changed('another tenant')
    await vi.advanceTimersByTimeAsync(2 * entitySettleMs)
    expect(store.reads).toBe(before)
    store.ids = ['a', 'b', 'c']
    for (let n = 0; n < 100; n++) changed('t')
    await vi.advanceTimersByTimeAsync(entitySettleMs)
    expect([store.reads - before, one.moves, page.entityIds().length]).toEqual([1, 1, 3])
    expect(still.page.entityIds()).toHaveLength(2)
    changed('t')
    release()
    await vi.advanceTimersByTimeAsync(2 * entitySettleMs)
    expect(store.reads - before).toBe(1)
    expect(observers.size).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

const warm: EntityDataQuery = {
  ...query,
  keyFilters: [
    {
      key: { type: 'TIME_SERIES', key: 'warmth' },
      valueType: 'NUMERIC',
      predicate: { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: 20 } },
    },
  ],
  pageLink: { ...query.pageLink, dynamic: true },
}

test('values that a filter asks for bring and take entities at once, and cost little however often they change', async () => {
  vi.useFakeTimers()
  try {
    const { store, pages, listeners, happen } = setUp()
    const one = member()
    const { page, release } = await pages.open(caller, { query: warm, keys })
    page.join(one)
    await vi.advanceTimersByTimeAsync(0)
    const before = store.reads
    happen('c', 1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(store.reads).toBe(before)
    store.ids = ['a', 'b', 'c']
    happen('c', 2, 'warmth')
    await vi.advanceTimersByTimeAsync(1_000)
    expect([store.reads - before, one.moves, page.entityIds().length]).toEqual([1, 1, 3])
    for (let n = 0; n < 1_000; n++) {
      happen('a', 10 + n, 'warmth')
      await vi.advanceTimersByTimeAsync(10)
    }
    expect(store.reads - before).toBeLessThanOrEqual(7)
    release()
    expect(listeners.size).toBe(0)
    const last = store.reads
    await vi.advanceTimersByTimeAsync(2 * refreshMs)
    expect(store.reads).toBe(last)
  } finally {
    vi.useRealTimers()
  }
})

test('what is sorted by a value is put in order again', async () => {
  const { store, pages, happen, listeners } = setUp()
  const one = member()
  const sortOrder = { key: { type: 'TIME_SERIES' as const, key: 'warmth' }, direction: 'ASC' as const }
  const { page } = await pages.open(caller, { query: { ...query, pageLink: { ...warm.pageLink, sortOrder } }, keys })
  page.join(one)
  await waitFor(() => listeners.has('c'))
  store.ids = ['b', 'a']
  happen('b', 1, 'warmth')
  await waitFor(() => one.moves === 1)
  expect(page.entityIds().map(({ id }) => id)).toEqual(['b', 'a'])
})

test('of very many that could be found only those that are found are listened to', async () => {
  const { store, pages, listeners } = setUp()
  store.candidates = Array.from({ length: mostCandidates + 1 }, (_, n) => `n${n}`)
  await pages.open(caller, { query: warm, keys })
  await waitFor(() => store.looks === 1)
  await new Promise(setImmediate)
  expect([...listeners.keys()].sort()).toEqual(['a', 'b'])
})
