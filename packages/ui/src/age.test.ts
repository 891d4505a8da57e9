import { describe, expect, it } from 'vitest'
import { ageRefreshMs, toAge } from './age.ts'

describe('an age', () => {
  it.each([
    [-5_000, 'now', 0],
    [1_999, 'now', 0],
    [2_000, 'second', 2],
    [59_999, 'second', 59],
    [60_000, 'minute', 1],
    [3_599_999, 'minute', 59],
    [3_600_000, 'hour', 1],
    [86_400_000, 'day', 1],
    [86_400_000 * 40, 'day', 40],
  ])('of %i ms is told as %s × %i', (ms, unit, count) => {
    expect(toAge(ms)).toEqual({ unit, count })
  })

  it('is redrawn less often the older it is', () => {
    const refresh = [1_000, 70_000, 4_000_000, 90_000_000].map((ms) => ageRefreshMs(toAge(ms)))
    expect(refresh).toEqual(refresh.toSorted((a, b) => a - b))
    expect(new Set(refresh).size).toBe(4)
  })
})
