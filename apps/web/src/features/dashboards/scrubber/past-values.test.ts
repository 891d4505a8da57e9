import type { LivePoint } from '@thingwire/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deviceId, settled } from '../data/fake-server.ts'
import { createSeriesReads, type SeriesOutcome, type SeriesQuestion } from '../data/series-reads.ts'
import { followPast, lastAt } from './past-values.ts'
import { TravelClock } from './travel-clock.ts'

const range = { startTs: 0, endTs: 24_000 }
const stored: LivePoint[] = [
  [-50, 'old'],
  [1_000, 1],
  [12_000, 2],
  [23_999, 3],
]

const server = () => {
  const asked: SeriesQuestion[][] = []
  let isBroken = false
  const timers: (() => void)[] = []
  const reads = createSeriesReads({
    ask: async (questions) => {
      asked.push([...questions])
      return questions.map((question): SeriesOutcome => {
        if (isBroken) return { ok: false, message: 'away' }
        const within = stored.filter(([ts]) => ts >= question.startTs && ts < question.endTs)
        const before = stored.filter(([ts]) => ts < question.startTs).slice(-1)
        const list = [...before, ...within.slice(-question.limit)]
        return {
          ok: true,
          series: new Map(
            question.entityIds.map(({ id }) => [id, Object.fromEntries(question.keys.map((key) => [key, list]))]),
          ),
        }
      })
    },
    soon: (run) => queueMicrotask(run),
  })
  return {
    asked,
    reads,
    break: (is: boolean) => {
      isBroken = is
    },
    after: (_ms: number, run: () => void) => {
      timers.push(run)
      return () => void timers.splice(timers.indexOf(run), 1)
    },
    /** Time passes. */
    rest: async () => {
      for (const run of timers.splice(0)) run()
      await settled()
    },
  }
}

const frames = { requestAnimationFrame: () => 1, cancelAnimationFrame: () => {} }
const id = deviceId(1)

describe('values of the past', () => {
  it('are the last that are not after the moment, read exactly once it rests', async () => {
    const from = server()
    const clock = new TravelClock(range, 12_000, frames)
    let told = 0
    const past = followPast({ entityIds: [id], keys: ['a', 'b'] }, { clock, ...from }, () => told++)
    expect(past.isReady()).toBe(false)
    await settled()
    expect(past.value(id.id, 'a')).toEqual([12_000, 2])
    expect(past.value(id.id, 'unheard of')).toBeNull()
    expect(from.asked).toHaveLength(1)
    expect(from.asked[0]?.[0]).toMatchObject({ keys: ['a', 'b'], startTs: 12_000, endTs: 12_001, withPrevious: true })
    clock.seek(11_999)
    await from.rest()
    expect(past.value(id.id, 'b')).toEqual([1_000, 1])
    clock.seek(0)
    await from.rest()
    expect(past.value(id.id, 'b')).toEqual([-50, 'old'])
    expect(told).toBe(3)
    past.stop()
    clock.seek(5)
    await from.rest()
    expect(told).toBe(3)
  })

  it('come from parts that are read ahead while it plays', async () => {
    const from = server()
    const clock = new TravelClock(range, 0, frames)
    const past = followPast({ entityIds: [id], keys: ['a'] }, { clock, ...from }, () => {})
    await settled()
    clock.play()
    await settled()
    const before = from.asked.length
    clock.seek(999)
    expect(past.value(id.id, 'a')).toEqual([-50, 'old'])
    clock.seek(1_000)
    await settled()
    expect(past.value(id.id, 'a')).toEqual([1_000, 1])
    expect(from.asked.length).toBe(before + 1)
    past.stop()
  })

  it('stay as they were while the server is away, and are asked for again', async () => {
    const from = server()
    const clock = new TravelClock(range, 12_000, frames)
    const past = followPast({ entityIds: [id], keys: ['a'] }, { clock, ...from }, () => {})
    await settled()
    from.break(true)
    clock.seek(24_000)
    await from.rest()
    expect(past.value(id.id, 'a')).toEqual([12_000, 2])
    from.break(false)
    await from.rest()
    expect(past.value(id.id, 'a')).toEqual([23_999, 3])
    past.stop()
  })

  it('the last point at a moment is the one that a walk through all finds', () => {
    const anyPoints = fc.uniqueArray(fc.integer({ min: 0, max: 99 })).map((all) => all.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(anyPoints, fc.integer({ min: -1, max: 100 }), (times, ts) => {
        const points = times.map((at): LivePoint => [at, at])
        expect(lastAt(points, ts)).toEqual(points.filter(([at]) => at <= ts).at(-1) ?? null)
      }),
    )
  })
})
