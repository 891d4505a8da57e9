import type { LivePoint } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
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
  })
  const changed = () =>
    new Promise<void>((resolve) => {
      const stop = feed.listen(() => {
        stop()
        resolve()
      })
    })
  feed.start()
  return { feed, asked, answers, refusals, live, ticks, changed }
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
    expect(h.live).toEqual([])
    const ready = h.changed()
    h.answers[0]?.({ a: [[now - 2 * hour, 1]] })
    await ready
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
})
