import { describe, expect, it } from 'vitest'
import { toChartPoints } from './gaps.ts'

describe('points of a chart', () => {
  it('leave a hole where buckets are missing', () => {
    expect(
      toChartPoints(
        [
          [0, 1],
          [1_000, 2],
          [9_000, 3],
        ],
        1_000,
      ),
    ).toEqual([
      [0, 1],
      [1_000, 2],
      [1_001, null],
      [9_000, 3],
    ])
  })

  it('bridge one or two missing buckets', () => {
    expect(
      toChartPoints(
        [
          [0, 1],
          [3_000, 2],
        ],
        1_000,
      ),
    ).toEqual([
      [0, 1],
      [3_000, 2],
    ])
  })

  it('of raw data take the usual distance as measure', () => {
    const minute = 60_000
    const points: [number, number][] = [0, 1, 2, 3, 20].map((at) => [at * minute, at])
    expect(toChartPoints(points, 0).filter(([, value]) => value === null)).toHaveLength(1)
  })

  it('read numbers and switches, and skip texts', () => {
    expect(
      toChartPoints(
        [
          [0, '1.5'],
          [1, true],
          [2, 'on'],
          [3, null],
          [4, Number.NaN],
        ],
        0,
      ),
    ).toEqual([
      [0, 1.5],
      [1, 1],
    ])
  })
})
