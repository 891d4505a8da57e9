import type { LivePoint } from '@thingwire/contracts'
import { describe, expect, it, vi } from 'vitest'
import type { LiveListener, LiveRequest } from './live-client.ts'
import { type HistoryRequest, SeriesFeed } from './series-feed.ts'
import { type TimeWindow, toPlan } from './series-plan.ts'

const now = Date.UTC(2026, 5, 1, 12, 0, 7)
const device = { entityType: 'DEVICE' as const, id: '784f394c-42b6-435a-983c-b7beff2784f9' }

const harness = (window: TimeWindow, agg: 'AVG' | 'NONE' = 'AVG') => {
  const asked: HistoryRequest[] = []
  const answers: ((points: Record<string, LivePoint[]>) => void)[] = []
  const refusals: ((error: Error) => void)[] = []
  const live: { request: LiveRequest; listener: LiveListener; left: boolean }[] = []
  const ticks: (() => void)[] = []
  const timers = new Set<{ run: () => void }>()
  const feed = new SeriesFeed(device, ['a'], toPlan(window, agg, 100), {
    history: (request) => {
      asked.push(request)
      return new Promise((resolve, reject) => {
        answers.push(resolve)
        refusals.push(reject)
      })
    },
    subscribe: (request, listener) => {
      const entry = { request, listener, left: false }
      live.push(entry)
      return () => {
        entry.left = true
      }
    },
    now: () => now,
    every: (_, run) => {
      ticks.push(run)
      return () => undefined
    },
    after: (_, run) => {
      const timer = { run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  })
  const elapse = () => {
    const due = [...timers]
    timers.clear()
    for (const { run } of due) run()
  }
  const changed = () =>
    new Promise<void>((resolve) => {
      const stop = feed.listen(() => {
        stop()
        resolve()
      })
    })
  feed.start()
  return { feed, asked, answers, refusals, live, ticks, timers, elapse, changed }
}

const hour = 3_600_000

describe('a series feed', () => {
  it('reads closed buckets by REST and the open one live from its start', () => {
    const { asked, live } = harness({ kind: 'last', durationMs: hour })
    const openTs = now - 7_000
    expect(asked).toMatchObject([{ startTs: openTs - hour, endTs: openTs, interval: 15_000, agg: 'AVG' }])
    expect(live[0]?.request).toMatchObject({ kind: 'timeseries', sinceTs: openTs })
  })

  it('keeps live points that arrive before the history', async () => {
    const h = harness({ kind: 'last', durationMs: hour })
    h.live[0]?.listener({ kind: 'timeseries', points: { a: [[now - 1_000, 4]] } })
    expect(h.feed.snapshot().status).toBe('loading')
    const ready = h.changed()
    h.answers[0]?.({ a: [[now - 100_000, 2]] })
    await ready
    expect(h.feed.snapshot()).toEqual({
      status: 'ready',
      points: {
        a: [
          [now - 100_000, 2],
          [now - 7_000 + 7_500, 4],
        ],
      },
    })
  })

  it('reads everything again when the server left points out', async () => {
    const h = harness({ kind: 'last', durationMs: hour })
    const ready = h.changed()
    h.answers[0]?.({ a: [] })
    await ready
    h.live[0]?.listener({ kind: 'gap', sinceTs: now - 5_000 })
    expect(h.live[0]?.left).toBe(true)
    expect(h.asked).toHaveLength(2)
  })

  it('asks nothing live for a window of the past', () => {
    const h = harness({ kind: 'fixed', startTs: 0, endTs: hour })
    expect(h.live).toEqual([])
    expect(h.asked).toMatchObject([{ startTs: 0, endTs: hour }])
  })

  it('reads the tail of a long window again instead of folding it', async () => {
    const h = harness({ kind: 'last', durationMs: 7 * 24 * hour })
    const ready = h.changed()
    h.answers[0]?.({ a: [[now - 2 * hour, 1]] })
    await ready
    await vi.waitUntil(() => h.answers.length === 2)
    h.ticks[0]?.()
    const moved = h.changed()
    h.answers[2]?.({ a: [[now - 1_000, 9]] })
    await moved
    expect(h.feed.snapshot()).toEqual({
      status: 'ready',
      points: {
        a: [
          [now - 2 * hour, 1],
          [now - 1_000, 9],
        ],
      },
    })
  })

  it('says why it failed', async () => {
    const h = harness({ kind: 'last', durationMs: hour }, 'NONE')
    const failed = h.changed()
    h.refusals[0]?.(new Error('Permission denied'))
    await failed
    expect(h.feed.snapshot()).toEqual({ status: 'failed', reason: 'Permission denied' })
  })

  it('tries again after a failure', async () => {
    const h = harness({ kind: 'last', durationMs: hour })
    const failed = h.changed()
    h.refusals[0]?.(new Error('Not reachable'))
    await failed
    h.elapse()
    const ready = h.changed()
    h.answers[1]?.({ a: [[now - 100_000, 2]] })
    await ready
    expect(h.feed.snapshot()).toEqual({ status: 'ready', points: { a: [[now - 100_000, 2]] } })
  })
})

describe('points that come late', () => {
  const openTs = now - 7_000
  const ready = async (window: TimeWindow, points: LivePoint[], agg: 'AVG' | 'NONE' = 'AVG') => {
    const h = harness(window, agg)
    const loaded = h.changed()
    h.answers[0]?.({ a: points })
    await loaded
    return h
  }
  const shown = (h: ReturnType<typeof harness>) => {
    const snapshot = h.feed.snapshot()
    return snapshot.status === 'ready' ? snapshot.points.a : snapshot
  }
  const send = (h: ReturnType<typeof harness>, ...a: LivePoint[]) =>
    h.live.at(-1)?.listener({ kind: 'timeseries', points: { a } })

  it('take their place among raw points', async () => {
    const h = await ready({ kind: 'last', durationMs: hour }, [[now - 10_000, 1]], 'NONE')
    send(h, [now - 1_000, 5])
    send(h, [now - 5_000, 3], [now - 20_000, 0])
    send(h, [now - 2 * hour, 9])
    expect(shown(h)).toEqual([
      [now - 20_000, 0],
      [now - 10_000, 1],
      [now - 5_000, 3],
      [now - 1_000, 5],
    ])
  })

  it('are folded into the open bucket', async () => {
    const h = await ready({ kind: 'last', durationMs: hour }, [])
    send(h, [openTs + 5_000, 4])
    send(h, [openTs + 1_000, 8])
    expect(shown(h)).toEqual([[openTs + 7_500, 6]])
    expect(h.timers.size).toBe(0)
  })

  it('make closed buckets be read again, once for many points', async () => {
    const first: LivePoint = [openTs - 52_500, 1]
    const last: LivePoint = [openTs - 7_500, 2]
    const h = await ready({ kind: 'last', durationMs: hour }, [first, last])
    send(h, [openTs - 40_000, 7])
    send(h, [openTs - 16_000, 9])
    expect(h.timers.size).toBe(1)
    h.elapse()
    expect(h.asked[1]).toMatchObject({ startTs: openTs - 45_000, endTs: openTs - 15_000, interval: 15_000 })
    const merged = h.changed()
    h.answers[1]?.({
      a: [
        [openTs - 37_500, 7],
        [openTs - 22_500, 9],
      ],
    })
    await merged
    expect(shown(h)).toEqual([first, [openTs - 37_500, 7], [openTs - 22_500, 9], last])
    expect(h.timers.size).toBe(0)
  })

  it('are read once more when others come during the reading or when it fails', async () => {
    const h = await ready({ kind: 'last', durationMs: hour }, [])
    send(h, [openTs - 10_000, 7])
    h.elapse()
    send(h, [openTs - 20_000, 8])
    h.refusals[1]?.(new Error('Not reachable'))
    await vi.waitUntil(() => h.timers.size === 1)
    h.elapse()
    expect(h.asked[2]).toMatchObject({ startTs: openTs - 30_000, endTs: openTs })
  })

  it('are shown in a long window, whose tail is read in turns', async () => {
    const h = await ready({ kind: 'last', durationMs: 7 * 24 * hour }, [[now - 2 * hour, 1]])
    send(h, [now - 1, 3])
    expect(h.timers.size).toBe(0)
    send(h, [now - 24 * hour, 3])
    h.elapse()
    const reading = h.asked.length - 1
    expect(h.asked[reading]).toMatchObject({ startTs: Date.UTC(2026, 4, 31, 12), endTs: Date.UTC(2026, 4, 31, 13) })
    const merged = h.changed()
    h.answers[reading]?.({ a: [[Date.UTC(2026, 4, 31, 12, 30), 3]] })
    await merged
    expect(shown(h)).toEqual([
      [Date.UTC(2026, 4, 31, 12, 30), 3],
      [now - 2 * hour, 1],
    ])
  })

  it('do not get lost while everything is read again after a gap', async () => {
    const h = await ready({ kind: 'last', durationMs: hour }, [])
    h.live[0]?.listener({ kind: 'gap', sinceTs: now - 5_000 })
    send(h, [openTs + 1_000, 8])
    const loaded = h.changed()
    h.answers[1]?.({ a: [[openTs - 7_500, 2]] })
    await loaded
    expect(shown(h)).toEqual([
      [openTs - 7_500, 2],
      [openTs + 7_500, 8],
    ])
  })
})
