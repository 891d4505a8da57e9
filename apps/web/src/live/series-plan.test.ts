import { describe, expect, it } from 'vitest'
import { bucketRange, chooseInterval, toPlan } from './series-plan.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('the plan of a series', () => {
  it.each([
    [minute, 1_000],
    [5 * minute, 2_000],
    [15 * minute, 5_000],
    [hour, 15_000],
    [6 * hour, 2 * minute],
    [day, 10 * minute],
    [7 * day, hour],
    [30 * day, 3 * hour],
    [365 * day, 7 * day],
  ])('for a window of %i ms has buckets of %i ms', (duration, interval) => {
    expect(chooseInterval(duration)).toBe(interval)
  })

  it('never asks for more buckets than the server gives, however long the window', () => {
    for (let duration = 1_000; duration < 40 * 365 * day; duration = Math.ceil(duration * 1.7)) {
      expect(duration / chooseInterval(duration)).toBeLessThanOrEqual(650)
    }
  })

  it('cuts the same buckets wherever the window stands', () => {
    const plan = toPlan({ kind: 'last', durationMs: hour }, 'AVG', 500)
    const now = Date.UTC(2026, 5, 1, 12, 0, 7)
    expect(bucketRange(plan, now)).toEqual({ startTs: now - hour - 7_000, openTs: now - 7_000, endTs: now })
    expect(bucketRange(plan, now + 5_000).openTs).toBe(now - 7_000)
  })

  it('has no open bucket in a window of the past', () => {
    const plan = toPlan({ kind: 'fixed', startTs: 0, endTs: hour }, 'MAX', 500)
    expect(bucketRange(plan, Date.UTC(2026, 0, 1))).toEqual({ startTs: 0, openTs: hour, endTs: hour })
  })

  it('reads raw points without buckets', () => {
    const plan = toPlan({ kind: 'last', durationMs: minute }, 'NONE', 500)
    expect(plan.interval).toBe(0)
    expect(bucketRange(plan, 100_000)).toEqual({ startTs: 40_000, openTs: 100_000, endTs: 100_000 })
  })
})
