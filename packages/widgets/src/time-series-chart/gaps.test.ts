import { describe, expect, it } from 'vitest'
import { standsAlone, toChartPoints } from './gaps.ts'

describe('points of a chart', () => {
  it('leave a hole where buckets are missing', () => {
    expect(
      toChartPoints(
        [
          [0, 1],
          [1_000, 2],
          [2_000, 2],
          [9_000, 3],
        ],
        1_000,
      ),
    ).toEqual([
      [0, 1],
      [1_000, 2],
      [2_000, 2],
      [2_001, null],
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

  it('keep together what a device sends less often than buckets are wide', () => {
    const minute = 60_000
    const points: [number, number][] = [0, 1, 2, 3, 20].map((at) => [at * minute, at])
    expect(toChartPoints(points, 15_000)).toEqual([...points.slice(0, 4), [3 * minute + 1, null], points[4]])
  })

  it('stand alone between holes and at the ends', () => {
    const points = toChartPoints(
      [
        [0, 1],
        [1_000, 2],
        [2_000, 3],
        [60_000, 4],
        [120_000, 5],
        [121_000, 6],
      ],
      1_000,
    )
    expect(points.filter((_, index) => standsAlone(points, index))).toEqual([[60_000, 4]])
    expect(standsAlone([[0, 1]], 0)).toBe(true)
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
