import { describe, expect, it } from 'vitest'
import { areaPath, dotsOf, extentOf, linePath } from './path.ts'

const window = { startTs: 0, endTs: 100 }
const box = { width: 100, height: 50 }

describe('sparkline', () => {
  it('puts times over the window and values over the height', () => {
    expect(
      dotsOf(
        [
          [0, 10],
          [50, '20'],
          [100, 30],
        ],
        window,
        box,
      ),
    ).toEqual([
      [0, 50],
      [50, 25],
      [100, 0],
    ])
  })

  it('leaves out what is no number, and runs flat through the middle', () => {
    expect(
      dotsOf(
        [
          [0, 5],
          [10, 'on'],
          [20, null],
          [30, Number.NaN],
          [40, 5],
        ],
        window,
        box,
      ),
    ).toEqual([
      [0, 25],
      [40, 25],
    ])
    expect(extentOf([[0, 'on']])).toBeNull()
    expect(linePath(dotsOf([], window, box))).toBe('')
  })

  it('keeps the highest and the lowest of each column of 10,000 points', () => {
    const points = Array.from(
      { length: 10_000 },
      (_, index) => [index / 100, index === 5_003 ? 1_000 : index % 7] as const,
    )
    const dots = dotsOf(
      points.map(([ts, value]) => [ts, value]),
      window,
      box,
    )
    expect(dots.length).toBeLessThanOrEqual(202)
    expect(Math.min(...dots.map(([, y]) => y))).toBe(0)
    expect(Math.max(...dots.map(([, y]) => y))).toBe(50)
  })

  it('draws one point as a stroke and no surface under it', () => {
    expect(linePath([[10, 5]])).toBe('M9,5h2')
    expect(areaPath([[10, 5]], 50)).toBe('')
    expect(
      areaPath(
        [
          [0, 5],
          [10, 6],
        ],
        50,
      ),
    ).toBe('M0,5L10,6L10,50L0,50Z')
  })
})
