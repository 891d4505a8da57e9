import type { EntityData } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import type { Live, LiveChange, LiveListener, LiveRequest } from '@/live/live-client.ts'
import { deviceId, settled } from '../data/fake-server.ts'
import { createSeriesReads, type SeriesOutcome } from '../data/series-reads.ts'
import { createPastClient } from './past-client.ts'
import { TravelClock } from './travel-clock.ts'

const id = deviceId(1)
const row: EntityData = {
  entityId: id,
  latest: {
    ENTITY_FIELD: { name: { ts: 1, value: 'Pump' } },
    TIME_SERIES: { level: { ts: 999, value: '9' } },
    ATTRIBUTE: { site: { ts: 5, value: 'north' } },
  },
  timeseries: {},
  aggLatest: {},
}
const request: LiveRequest = {
  kind: 'entity-data',
  query: { entityFilter: { type: 'singleEntity', singleEntity: id }, pageLink: { page: 0, pageSize: 10 } },
  keys: [
    { type: 'TIME_SERIES', key: 'level' },
    { type: 'ATTRIBUTE', key: 'site' },
  ],
  series: ['level'],
}

const setUp = () => {
  const subscriptions: { request: LiveRequest; listener: LiveListener; isLeft: boolean }[] = []
  const live: Live = {
    subscribe: (asked, listener) => {
      const one = { request: asked, listener, isLeft: false }
      subscriptions.push(one)
      return () => {
        one.isLeft = true
      }
    },
    state: () => ({ status: 'live', since: 0 }),
    onStateChange: () => () => {},
  }
  const timers: (() => void)[] = []
  const clock = new TravelClock({ startTs: 0, endTs: 1_000 }, 500, {
    requestAnimationFrame: () => 1,
    cancelAnimationFrame: () => {},
  })
  const reads = createSeriesReads({
    ask: async (questions) =>
      questions.map(
        ({ startTs }): SeriesOutcome => ({
          ok: true,
          series: new Map([[id.id, { level: startTs < 100 ? [] : [[Math.floor(startTs / 100) * 100, startTs]] }]]),
        }),
      ),
    soon: (run) => queueMicrotask(run),
  })
  const client = createPastClient({
    ...{ live, clock, reads },
    after: (_ms, run) => {
      timers.push(run)
      return () => {}
    },
  })
  const heard: LiveChange[] = []
  const rest = async () => {
    for (const run of timers.splice(0)) run()
    await settled()
  }
  return { client, clock, heard, subscriptions, rest, listen: (change: LiveChange) => void heard.push(change) }
}

describe('a board in the past', () => {
  it('shows entities as they are now with the values that they had, and attributes as they are', async () => {
    const { client, clock, heard, subscriptions, rest, listen } = setUp()
    const leave = client.subscribe(request, listen)
    const [first] = subscriptions
    expect(first?.request).toMatchObject({ series: [] })
    const page = { data: [row], totalElements: 1, totalPages: 1, hasNext: false }
    first?.listener({ kind: 'entity-data', page, changed: [] })
    expect(heard).toEqual([])
    await settled()
    expect(heard[0]).toMatchObject({
      page: {
        data: [
          { latest: { TIME_SERIES: { level: { ts: 500, value: '500' } }, ATTRIBUTE: { site: { value: 'north' } } } },
        ],
      },
    })
    clock.seek(720)
    await rest()
    expect(heard[1]).toMatchObject({ page: null, changed: [{ latest: { TIME_SERIES: { level: { value: '720' } } } }] })
    clock.seek(50)
    await rest()
    expect(heard[2]).toMatchObject({ changed: [{ latest: { TIME_SERIES: { level: { ts: 0, value: '' } } } }] })
    // What comes in now belongs to another time; what has no history does not.
    first?.listener({
      kind: 'entity-data',
      page: null,
      changed: [
        { entityId: id, latest: { TIME_SERIES: { level: { ts: 2_000, value: '1' } } } },
        { entityId: id, latest: { ATTRIBUTE: { site: { ts: 6, value: 'south' } } } },
      ],
    })
    expect(heard.slice(3)).toEqual([
      {
        kind: 'entity-data',
        page: null,
        changed: [{ entityId: id, latest: { ATTRIBUTE: { site: { ts: 6, value: 'south' } } } }],
      },
    ])
    leave()
    expect(first?.isLeft).toBe(true)
  })

  it('counts the entities that there were, and asks again as the moment moves', async () => {
    const { client, clock, subscriptions, rest, listen } = setUp()
    const query = { entityFilter: { type: 'entityType' as const, entityType: 'DEVICE' as const } }
    const leave = client.subscribe({ kind: 'entity-count', query }, listen)
    const bound = (at: number) => JSON.stringify(subscriptions[at]?.request)
    expect(bound(0)).toContain('"defaultValue":500')
    clock.seek(100)
    await rest()
    expect(bound(1)).toContain('"defaultValue":100')
    expect(subscriptions[0]?.isLeft).toBe(true)
    leave()
    expect(subscriptions.every(({ isLeft }) => isLeft)).toBe(true)
    const any = { ...query, keyFiltersOperation: 'OR' as const, keyFilters: [] }
    client.subscribe({ kind: 'entity-count', query: any }, listen)()
    expect(bound(2)).toContain('createdTime')
  })

  it('tells what the server refuses', async () => {
    const { client, heard, subscriptions, listen } = setUp()
    const alarms = { entityFilter: null, pageLink: { page: 0, pageSize: 10 } }
    client.subscribe({ kind: 'alarms', query: alarms }, listen)
    for (const { listener } of subscriptions) listener({ kind: 'refused', message: 'no' })
    await settled()
    expect(heard).toEqual([{ kind: 'refused', message: 'no' }])
    expect(subscriptions).toHaveLength(3)
    expect(subscriptions.every(({ isLeft }) => isLeft)).toBe(true)
  })

  it('gives a control the values that there were', async () => {
    const { client, heard, listen } = setUp()
    const leave = client.subscribe({ kind: 'latest', entityId: id, keys: ['level', 'odd'] }, listen)
    await settled()
    expect(heard.at(-1)).toEqual({ kind: 'latest', values: { level: [500, 500] }, deleted: ['odd'] })
    leave()
  })
})
