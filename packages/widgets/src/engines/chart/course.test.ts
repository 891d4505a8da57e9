import type { LivePoint } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { extended, indexInForce, lonePoints, nearestIndex, toCourse, toNumber } from './course.ts'

const course = (points: readonly LivePoint[], interval: number) => Array.from(toCourse(points, { interval }))
const { NaN: hole } = Number

describe('the course of a series', () => {
  it('has a hole where buckets are missing, and bridges one or two', () => {
    expect(
      course(
        [
          [0, 1],
          [1_000, 2],
          [2_000, 2],
          [9_000, 3],
        ],
        1_000,
      ),
    ).toEqual([0, 1, 1_000, 2, 2_000, 2, 2_001, hole, 9_000, 3])
    expect(
      course(
        [
          [0, 1],
          [3_000, 2],
        ],
        1_000,
      ),
    ).toEqual([0, 1, 3_000, 2])
  })

  it('keeps together what a device sends less often than buckets are wide', () => {
    const minute = 60_000
    const points: LivePoint[] = [0, 1, 2, 3, 20].map((at) => [at * minute, at])
    for (const interval of [15_000, 0]) {
      expect(course(points, interval).filter((_, index) => index % 2 === 0)).toEqual(
        [0, 1, 2, 3, 3 + 1 / minute, 20].map((at) => at * minute),
      )
    }
  })

  it('has no holes where a value lasts until the next one', () => {
    expect(
      Array.from(
        toCourse(
          [
            [0, 1],
            [9_000_000, 2],
          ],
          { interval: 0, isContinuous: true },
        ),
      ),
    ).toEqual([0, 1, 9_000_000, 2])
  })

  it('reads numbers, switches and numbers in texts, and skips everything else', () => {
    expect(
      course(
        [
          [0, '1.5'],
          [1, true],
          [2, 'on'],
          [3, null],
          [4, Number.NaN],
          [5, 'false'],
          [6, {}],
        ],
        0,
      ),
    ).toEqual([0, 1.5, 1, 1, 5, 0])
    expect(toNumber('1e308')).toBe(1e308)
  })

  it('is in order, and leaves the points that it was made of as they were', () => {
    const points: LivePoint[] = [
      [2_000, 2],
      [0, 0],
      [1_000, 1],
    ]
    expect(course(points, 1_000)).toEqual([0, 0, 1_000, 1, 2_000, 2])
    expect(points[0]).toEqual([2_000, 2])
  })

  it('has lone points where no line leads to them', () => {
    const made = toCourse(
      [
        [0, 1],
        [1_000, 2],
        [2_000, 3],
        [60_000, 4],
        [120_000, 5],
        [121_000, 6],
      ],
      { interval: 1_000 },
    )
    expect(Array.from(lonePoints(made))).toEqual([60_000, 4])
    expect(Array.from(lonePoints(toCourse([[7, 1]], { interval: 0 })))).toEqual([7, 1])
  })

  it('tells which point is nearest, and which state is in force', () => {
    const made = toCourse(
      [
        [0, 1],
        [1_000, 2],
        [60_000, 4],
      ],
      { interval: 1_000 },
    )
    expect([-5, 400, 600, 20_000, 90_000].map((ts) => made[nearestIndex(made, ts) * 2])).toEqual([
      0, 0, 1_000, 1_000, 60_000,
    ])
    expect([500, 1_000, 70_000].map((ts) => made[indexInForce(made, ts) * 2])).toEqual([0, 1_000, 60_000])
    expect(indexInForce(made, -1)).toBe(-1)
    expect(nearestIndex(toCourse([], { interval: 0 }), 5)).toBe(-1)
  })

  it('lasts until now', () => {
    const made = toCourse([[0, 1]], { interval: 0 })
    expect(Array.from(extended(made, 500))).toEqual([0, 1, 500, 1])
    expect(extended(made, -1)).toBe(made)
  })
})
