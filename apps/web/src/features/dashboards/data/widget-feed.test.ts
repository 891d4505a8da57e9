import type { LivePoint } from '@thingwire/contracts'
import { findWidget, type WidgetState } from '@thingwire/widgets/manifests'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { deviceId, fakeServer, settled } from './fake-server.ts'
import { lastHour, manifestOf, ofAll, readyPlan } from './fake-widget.ts'
import { createWidgetFeed, type WidgetFeed } from './widget-feed.ts'

const now = Date.UTC(2026, 5, 1, 12, 0, 7)
const openTs = now - 7_000
const hour = 3_600_000

beforeEach(() => {
  vi.useFakeTimers({ now })
})
afterEach(() => {
  vi.useRealTimers()
})

type Server = ReturnType<typeof fakeServer>

/** A widget that counts how often it is told to draw. */
const watch = (feed: WidgetFeed) => {
  const seen = { draws: 0, leave: () => {} }
  seen.leave = feed.listen(() => {
    seen.draws++
  })
  return seen
}
const latest = (server: Server, key: string) =>
  createWidgetFeed(readyPlan({ datasources: [ofAll([{ name: key }])] }), server.runtime, null)
const chartPlan = (config: Record<string, unknown> = {}, parts: Parameters<typeof readyPlan>[1] = {}) =>
  readyPlan(
    { datasources: [ofAll([{ name: 'a' }])], ...config },
    { manifest: manifestOf({ data: 'series' }), ...parts },
  )
const seriesIn = (state: WidgetState | { status: string }) => ('series' in state ? state.series : [])
const pointsOf = (feed: WidgetFeed, at = 0): readonly LivePoint[] | undefined => seriesIn(feed.read().state)[at]?.points
/** Frames go by. */
const frames = async (ms = 40) => {
  await vi.advanceTimersByTimeAsync(ms)
  await settled()
}

describe('newest values', () => {
  it('of equal questions come through one subscription, and only who shows what changed draws', async () => {
    const server = fakeServer()
    const [first, second] = [latest(server, 'temperature'), latest(server, 'humidity')]
    const [one, two] = [watch(first), watch(second)]
    await settled()
    expect(server.open()).toHaveLength(1)
    expect(server.open()[0]?.request).toMatchObject({
      keys: [
        { type: 'TIME_SERIES', key: 'humidity' },
        { type: 'TIME_SERIES', key: 'temperature' },
      ],
    })
    expect(first.read().state.status).toBe('loading')
    server.answerEntities({ 1: { temperature: [5, '21.5'], humidity: [5, '40'] }, 2: { temperature: [6, 'off'] } })
    await frames()
    expect(pointsOf(first)).toEqual([[5, 21.5]])
    expect(pointsOf(first, 1)).toEqual([[6, 'off']])
    expect(pointsOf(second, 1)).toEqual([])
    expect([one.draws, two.draws]).toEqual([1, 1])
    const untouched = seriesIn(first.read().state)[0]
    server.change(2, 'temperature', [7, '22'])
    await frames()
    expect([one.draws, two.draws]).toEqual([2, 1])
    expect(pointsOf(first, 1)).toEqual([[7, 22]])
    expect(seriesIn(first.read().state)[0]).toBe(untouched)
    server.change(2, 'temperature', [7, '22'])
    await frames()
    expect([one.draws, two.draws]).toEqual([2, 1])
  })

  it('are asked of functions of keys where there are none, which may say something or nothing', async () => {
    const server = fakeServer({
      callMany: async (code, names, calls) =>
        calls.map((call) => {
          try {
            return { ok: true, value: new Function(...names, String(code))(...call) }
          } catch (error) {
            return { ok: false, message: String(error) }
          }
        }),
    })
    const key = (name: string, postFuncBody: string) => ({ name, usePostProcessing: true, postFuncBody })
    const dataKeys = [
      key('a', "return value !== '' ? value : 0"),
      key('b', "return 'Messages'"),
      key('c', 'return value'),
      key('d', 'return value.missing.length'),
      { name: 'e' },
    ]
    const feed = createWidgetFeed(readyPlan({ datasources: [ofAll(dataKeys)] }), server.runtime, null)
    watch(feed)
    await settled()
    server.answerEntities({ 1: { c: [5, '7'] } })
    await frames()
    await frames()
    const { state } = feed.read()
    expect(seriesIn(state).map(({ points }) => points)).toEqual([[[0, 0]], [[0, 'Messages']], [[5, 7]], [], []])
    expect(seriesIn(state).filter(({ problem }) => problem !== undefined)).toEqual([])
  })

  it('draw once for all that comes in one frame', async () => {
    const server = fakeServer()
    const feed = latest(server, 'a')
    const seen = watch(feed)
    await settled()
    server.answerEntities({ 1: {} })
    await frames()
    const before = seen.draws
    for (let n = 1; n <= 20; n++) server.change(1, 'a', [n, String(n)])
    await frames()
    expect(seen.draws).toBe(before + 1)
    expect(pointsOf(feed)).toEqual([[20, 20]])
  })

  it('say when they come too quickly to be followed', async () => {
    const server = fakeServer()
    const feed = latest(server, 'a')
    watch(feed)
    await settled()
    server.answerEntities({ 1: { a: [1, '1'] } })
    await frames(10_000)
    server.change(1, 'a', [2, '2'])
    await frames(1_000)
    expect(feed.read().isQuick).toBe(false)
    server.change(1, 'a', [3, '3'])
    await frames(5_000)
    expect(feed.read().isQuick).toBe(true)
    server.change(1, 'a', [4, '4'])
    await frames()
    expect(feed.read().isQuick).toBe(false)
  })

  it('that are wanted later widen the subscription without losing what comes meanwhile', async () => {
    const server = fakeServer()
    const first = latest(server, 'a')
    watch(first)
    await settled()
    server.answerEntities({ 1: { a: [1, '1'] } })
    await frames()
    const second = latest(server, 'b')
    watch(second)
    await settled()
    expect(server.open()).toHaveLength(2)
    expect(second.read().state.status).toBe('loading')
    server.change(1, 'a', [2, '2'])
    await frames()
    expect(pointsOf(first)).toEqual([[2, 2]])
    server.answerEntities({ 1: { a: [2, '2'], b: [1, '9'] } }, server.open().slice(1))
    await frames()
    expect(server.open()).toHaveLength(1)
    expect(pointsOf(second)).toEqual([[1, 9]])
    expect(pointsOf(first)).toEqual([[2, 2]])
  })

  it('of more keys than one subscription takes are shared out', async () => {
    const server = fakeServer()
    for (let n = 0; n < 30; n++) {
      const keys = Array.from({ length: 10 }, (_, at) => ({ name: `k${n}-${at}` }))
      watch(createWidgetFeed(readyPlan({ datasources: [ofAll(keys)] }), server.runtime, null))
    }
    await settled()
    const sizes = server.open().map(({ request }) => ('keys' in request ? (request.keys?.length ?? 0) : 0))
    expect(sizes).toEqual([180, 120])
  })

  it('stand still while nobody looks, and are the present ones afterwards', async () => {
    const server = fakeServer()
    const feed = latest(server, 'a')
    const seen = watch(feed)
    await settled()
    server.answerEntities({ 1: { a: [1, '1'] } })
    await frames()
    seen.leave()
    await frames(11_000)
    expect(server.open()).toHaveLength(0)
    const again = watch(feed)
    await settled()
    expect(pointsOf(feed)).toEqual([[1, 1]])
    server.answerEntities({ 1: { a: [9, '9'] } })
    await frames()
    expect(pointsOf(feed)).toEqual([[9, 9]])
    expect(again.draws).toBe(1)
  })

  it('say since when they are old, and that nobody matches, or why not', async () => {
    const server = fakeServer()
    const feed = latest(server, 'a')
    watch(feed)
    await settled()
    server.answerEntities({ 1: { a: [1, '1'] } })
    await frames()
    server.connection('lost', now - 5_000)
    await frames()
    expect(feed.read().state).toMatchObject({ status: 'ready', staleSince: now - 5_000 })
    server.connection('live', now)
    server.answerEntities({})
    await frames()
    expect(feed.read().state).toEqual({ status: 'nobody' })
    server.tell({ kind: 'refused', message: 'Permission denied' })
    await frames()
    expect(feed.read().state).toMatchObject({ status: 'failed', reason: 'Permission denied' })
  })
})

describe('time series', () => {
  const start = async (server: Server, feed: WidgetFeed, closed: LivePoint[], open: LivePoint[] = []) => {
    const seen = watch(feed)
    await settled()
    server.answerEntities({ 1: {} })
    await settled()
    await server.answerSeries(() => ({ 1: { a: closed } }))
    await server.answerSeries(() => ({ 1: { a: open } }))
    await frames()
    return seen
  }

  it('of several widgets and keys are read together: closed buckets folded, the open one raw', async () => {
    const server = fakeServer()
    const plan = chartPlan({ datasources: [ofAll([{ name: 'a' }, { name: 'b' }])] })
    for (let n = 0; n < 3; n++) watch(createWidgetFeed(plan, server.runtime, null))
    await settled()
    server.answerEntities({ 1: {}, 2: {} })
    await settled()
    const entityIds = [deviceId(1), deviceId(2)]
    expect(server.asked.map(({ questions }) => questions)).toMatchObject([
      [{ entityIds, keys: ['a', 'b'], startTs: openTs - hour, endTs: openTs, aggregation: 'AVG', group: 15_000 }],
      [{ entityIds, keys: ['a', 'b'], startTs: openTs, aggregation: 'NONE', group: 0 }],
    ])
  })

  it('count each moment once, whether it was read, came meanwhile, or both', async () => {
    const server = fakeServer()
    const feed = createWidgetFeed(chartPlan(), server.runtime, null)
    watch(feed)
    await settled()
    server.answerEntities({ 1: {} })
    await settled()
    server.send(1, {
      a: [
        [openTs + 1_000, 4],
        [openTs + 2_000, 8],
      ],
    })
    await server.answerSeries(() => ({ 1: { a: [[openTs - 7_500, 2]] } }))
    await server.answerSeries(() => ({ 1: { a: [[openTs + 1_000, 4]] } }))
    await frames()
    expect(pointsOf(feed)).toEqual([
      [openTs - 7_500, 2],
      [openTs + 7_500, 6],
    ])
    server.send(1, { a: [[openTs + 3_000, 0]] })
    await frames(600)
    expect(pointsOf(feed)?.at(-1)).toEqual([openTs + 7_500, 4])
  })

  it('fill the gap of a lost connection exactly, once the server tells again', async () => {
    const server = fakeServer()
    const feed = createWidgetFeed(chartPlan(), server.runtime, null)
    await start(server, feed, [[openTs - 7_500, 2]])
    server.connection('lost', now)
    server.tell({ kind: 'gap', sinceTs: 0 })
    await settled()
    expect(server.asked).toHaveLength(0)
    server.connection('live', now + 1_000)
    server.answerEntities({ 1: {} })
    await settled()
    expect(server.asked).toHaveLength(2)
    server.send(1, { a: [[openTs + 9_000, 10]] })
    await server.answerSeries(() => ({ 1: { a: [[openTs - 7_500, 3]] } }))
    await server.answerSeries(() => ({
      1: {
        a: [
          [openTs + 5_000, 0],
          [openTs + 9_000, 10],
        ],
      },
    }))
    await frames(600)
    expect(pointsOf(feed)).toEqual([
      [openTs - 7_500, 3],
      [openTs + 7_500, 5],
    ])
    expect(feed.read().state).toMatchObject({ staleSince: null })
  })

  it('are read again when the server left points out', async () => {
    const server = fakeServer()
    await start(server, createWidgetFeed(chartPlan(), server.runtime, null), [])
    server.tell({ kind: 'entity-data', page: null, changed: [], isMissing: true })
    await settled()
    expect(server.asked).toHaveLength(2)
  })

  it('go on after a pause as if there had been none', async () => {
    const server = fakeServer()
    const feed = createWidgetFeed(chartPlan(), server.runtime, null)
    const seen = await start(server, feed, [[openTs - 7_500, 2]], [[openTs + 1_000, 4]])
    seen.leave()
    await frames(60_000)
    expect(server.open()).toHaveLength(0)
    watch(feed)
    await settled()
    expect(pointsOf(feed)).toEqual([
      [openTs - 7_500, 2],
      [openTs + 7_500, 4],
    ])
    server.answerEntities({ 1: {} })
    await settled()
    const later = openTs + 60_000
    expect(server.asked[0]?.questions).toMatchObject([{ startTs: later - hour, endTs: later }])
    await server.answerSeries(() => ({
      1: {
        a: [
          [openTs - 7_500, 2],
          [openTs + 7_500, 5],
          [openTs + 22_500, 6],
        ],
      },
    }))
    await server.answerSeries(() => ({ 1: { a: [] } }))
    await frames(600)
    expect(pointsOf(feed)).toEqual([
      [openTs - 7_500, 2],
      [openTs + 7_500, 5],
      [openTs + 22_500, 6],
    ])
  })

  it('of a device that appears are read for it alone; one that goes is forgotten', async () => {
    const server = fakeServer()
    const feed = createWidgetFeed(chartPlan(), server.runtime, null)
    await start(server, feed, [[openTs - 7_500, 2]])
    server.answerEntities({ 1: {}, 2: {} })
    await settled()
    expect(server.asked[0]?.questions).toMatchObject([{ entityIds: [deviceId(2)] }])
    await server.answerSeries(() => ({ 2: { a: [[openTs - 7_500, 7]] } }))
    await server.answerSeries(() => ({}))
    await frames(600)
    expect([pointsOf(feed, 0), pointsOf(feed, 1)]).toEqual([[[openTs - 7_500, 2]], [[openTs - 7_500, 7]]])
    server.answerEntities({ 2: {} })
    await frames(600)
    expect(seriesIn(feed.read().state)).toHaveLength(1)
  })

  it('that come late make their bucket be read again, once for many', async () => {
    const server = fakeServer()
    const feed = createWidgetFeed(chartPlan(), server.runtime, null)
    await start(server, feed, [[openTs - 52_500, 1]])
    server.send(1, { a: [[openTs - 40_000, 7]] })
    server.send(1, { a: [[openTs - 16_000, 9]] })
    await frames(2_100)
    expect(server.asked).toHaveLength(1)
    expect(server.asked[0]?.questions).toMatchObject([{ startTs: openTs - 45_000, endTs: openTs - 15_000 }])
    await server.answerSeries(() => ({
      1: {
        a: [
          [openTs - 37_500, 7],
          [openTs - 22_500, 9],
        ],
      },
    }))
    await frames(600)
    expect(pointsOf(feed)).toEqual([
      [openTs - 52_500, 1],
      [openTs - 37_500, 7],
      [openTs - 22_500, 9],
    ])
  })

  it('in wide or calendar buckets are read again when something came in, else not', async () => {
    const server = fakeServer()
    const year = {
      ...lastHour,
      span: { kind: 'last' as const, durationMs: 200 * 24 * hour },
      interval: 'MONTH' as const,
    }
    const feed = createWidgetFeed(chartPlan({}, { window: year }), server.runtime, null)
    watch(feed)
    await settled()
    server.answerEntities({ 1: {} })
    await settled()
    expect(server.asked[0]?.questions).toMatchObject([{ group: 'MONTH', endTs: Date.UTC(2026, 6, 1), zone: 'UTC' }])
    await server.answerSeries(() => ({ 1: { a: [[Date.UTC(2026, 5, 16), 1]] } }))
    await frames(120_000)
    expect(server.asked).toHaveLength(0)
    server.send(1, { a: [[now, 3]] })
    await frames(31_000)
    expect(server.asked[0]?.questions).toMatchObject([{ startTs: Date.UTC(2026, 5, 1), endTs: Date.UTC(2026, 6, 1) }])
    await server.answerSeries(() => ({ 1: { a: [[Date.UTC(2026, 5, 16), 2]] } }))
    await frames(600)
    expect(pointsOf(feed)).toEqual([[Date.UTC(2026, 5, 16), 2]])
  })

  it('are drawn as soon as they are there, and then no faster than curves are read', async () => {
    const server = fakeServer()
    const former = createWidgetFeed(chartPlan(), server.runtime, null).read()
    const shown = { ...former, state: { status: 'ready' as const, series: [], staleSince: null } }
    const feed = createWidgetFeed(chartPlan(), server.runtime, shown)
    watch(feed)
    await settled()
    server.answerEntities({ 1: {} })
    await frames(20)
    await server.answerSeries(() => ({ 1: { a: [[openTs - 7_500, 2]] } }))
    await server.answerSeries(() => ({}))
    await frames(20)
    expect(pointsOf(feed)).toEqual([[openTs - 7_500, 2]])
    const drawn = watch(feed)
    for (let n = 0; n < 10; n++) {
      server.send(1, { a: [[Date.now(), n]] })
      await frames(100)
    }
    expect(drawn.draws).toBeLessThanOrEqual(3)
  })

  it('move on by themselves only while nothing new moves them', async () => {
    const server = fakeServer()
    const fiveMinutes = {
      ...lastHour,
      span: { kind: 'last' as const, durationMs: 300_000 },
      aggregation: 'NONE' as const,
    }
    const feed = createWidgetFeed(chartPlan({}, { window: fiveMinutes }), server.runtime, null)
    const seen = watch(feed)
    await settled()
    server.answerEntities({ 1: {} })
    await settled()
    await server.answerSeries(() => ({ 1: { a: [[now - 1_000, 1]] } }))
    await frames(600)
    const before = seen.draws
    for (let second = 1; second <= 10; second++) {
      await frames(1_000)
      server.send(1, { a: [[Date.now(), second]] })
    }
    await frames()
    expect(seen.draws - before).toBe(10)
    const beforeLate = seen.draws
    for (let n = 1; n <= 10; n++) {
      await frames(1_300)
      server.send(1, { a: [[Date.now(), n]] })
    }
    await frames()
    expect(seen.draws - beforeLate).toBe(10)
    const beforeSilence = seen.draws
    await frames(6_000)
    expect(seen.draws - beforeSilence).toBeGreaterThanOrEqual(4)
  })

  it('of the past are read once, and nothing is followed', async () => {
    const server = fakeServer()
    const past = { ...lastHour, mode: 'history' as const, span: { kind: 'fixed' as const, startTs: 0, endTs: hour } }
    const feed = createWidgetFeed(chartPlan({}, { window: past }), server.runtime, null)
    const seen = watch(feed)
    await settled()
    expect(server.open()[0]?.request).toMatchObject({ series: [] })
    server.answerEntities({ 1: {} })
    await settled()
    expect(server.asked.map(({ questions }) => questions)).toMatchObject([[{ startTs: 0, endTs: hour }]])
    await server.answerSeries(() => ({ 1: { a: [[1_000, 1]] } }))
    await frames(60_000)
    expect(seen.draws).toBe(1)
    expect(feed.read()).toMatchObject({ window: { startTs: 0, endTs: hour }, state: { staleSince: null } })
  })

  it('say why they failed, try again by themselves, and do not take away what is there', async () => {
    const server = fakeServer()
    const feed = createWidgetFeed(chartPlan(), server.runtime, null)
    watch(feed)
    await settled()
    server.answerEntities({ 1: {} })
    await settled()
    await server.answerSeries(() => 'Too many intervals')
    await frames()
    expect(feed.read().state).toMatchObject({ status: 'failed', reason: 'Too many intervals' })
    server.asked.length = 0
    await frames(10_100)
    await server.answerSeries(() => ({ 1: { a: [[openTs - 7_500, 2]] } }))
    await server.answerSeries(() => ({}))
    await frames(600)
    expect(pointsOf(feed)).toEqual([[openTs - 7_500, 2]])
    server.tell({ kind: 'entity-data', page: null, changed: [], isMissing: true })
    await settled()
    await server.answerSeries(() => 'Away')
    await frames(600)
    expect(pointsOf(feed)).toEqual([[openTs - 7_500, 2]])
  })

  it('without folding grow by raw points, thinned where the widget draws them', async () => {
    const server = fakeServer()
    const raw = { ...lastHour, aggregation: 'NONE' as const }
    const manifest = manifestOf({ data: 'series', points: { thinned: true, withPrevious: true } })
    const feed = createWidgetFeed(chartPlan({}, { window: raw, manifest, thinTo: 8 }), server.runtime, null)
    watch(feed)
    await settled()
    server.answerEntities({ 1: {} })
    await settled()
    expect(server.asked[0]?.questions).toMatchObject([
      { startTs: now - hour, endTs: now, thinTo: 8, withPrevious: true },
      { startTs: now, thinTo: null, withPrevious: false },
    ])
    await server.answerSeries(({ thinTo }) => ({
      1: {
        a:
          thinTo === null
            ? []
            : [
                [now - 2 * hour, 0],
                [now - 5_000, 1],
              ],
      },
    }))
    await frames()
    expect(pointsOf(feed)).toEqual([
      [now - 2 * hour, 0],
      [now - 5_000, 1],
    ])
    for (let n = 0; n < 30; n++) server.send(1, { a: [[now + n * 10, n === 17 ? 99 : 1]] })
    await frames(600)
    const points = pointsOf(feed) ?? []
    expect(points.length).toBeLessThan(20)
    expect(points).toContainEqual([now + 170, 99])
    expect(points.at(-1)).toEqual([now + 290, 1])
  })

  it('are compared with an earlier time, and stand beside newest values', async () => {
    const server = fakeServer()
    const plan = chartPlan({
      datasources: [ofAll([{ name: 'a' }], { latestDataKeys: [{ name: 'limit', type: 'attribute' }] })],
      settings: { comparisonEnabled: true, timeForComparison: 'days' },
    })
    const feed = createWidgetFeed(plan, server.runtime, null)
    watch(feed)
    await settled()
    server.answerEntities({ 1: { limit: [1, '30'] } })
    await settled()
    expect(server.asked[0]?.questions).toMatchObject([
      { startTs: openTs - hour, endTs: openTs },
      { startTs: openTs - 25 * hour, endTs: now - 24 * hour },
    ])
    await server.answerSeries(({ startTs }) => ({ 1: { a: [[startTs + 7_500, startTs]] } }))
    await server.answerSeries(() => ({}))
    await frames(600)
    const series = seriesIn(feed.read().state)
    expect(series.map(({ role, points }) => [role, points.length])).toEqual([
      ['main', 1],
      ['comparison', 1],
      ['beside', 1],
    ])
    expect(feed.read().comparison?.endTs).toBeCloseTo(now - 24 * hour, -4)
  })

  it('do not wait for the limits that settings refer to, and get them when they come', async () => {
    const manifest = findWidget('time_series_chart')
    if (!manifest) throw new Error('There is no chart')
    const limit = { type: 'entity', entityAlias: 'All', entityKey: 'most', entityKeyType: 'timeseries' }
    const server = fakeServer()
    const feed = createWidgetFeed(chartPlan({ settings: { thresholds: [limit] } }, { manifest }), server.runtime, null)
    watch(feed)
    await settled()
    const isLimit = ({ request }: ReturnType<typeof server.open>[number]) =>
      request.kind === 'entity-data' && request.keys.length > 0
    const other = server.open().filter(isLimit)
    const own = server.open().filter((one) => !isLimit(one))
    server.answerEntities({ 1: {} }, own)
    await settled()
    await server.answerSeries(({ startTs }) => ({ 1: { a: [[startTs + 7_500, 1]] } }))
    await server.answerSeries(() => ({}))
    await frames(600)
    expect(pointsOf(feed)).toHaveLength(1)
    expect(feed.read().state).not.toHaveProperty('sources')
    server.answerEntities({ 2: { most: [5, '30'] } }, other)
    await frames(600)
    const { state } = feed.read()
    expect(state.status === 'ready' && state.sources).toMatchObject([{ datasourceName: 'All', points: [[5, 30]] }])
  })
})
