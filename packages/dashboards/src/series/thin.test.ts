import { describe, expect, it } from 'vitest'
import { thinPoints } from './thin.ts'

type Point = [number, unknown]
const wave = (count: number): Point[] =>
  Array.from({ length: count }, (_, n): Point => [n * 1_000, Math.sin(n / 500) * 10 + ((n * 7_919) % 13)])

describe('thinPoints', () => {
  it('leaves short lists as they are', () => {
    const points = wave(400)
    expect(thinPoints(points, 400)).toBe(points)
  })

  it('keeps every extreme, the ends, the order, and no more than was asked for', () => {
    const points = wave(100_000)
    points[31_234] = [31_234_000, 1e6]
    points[31_235] = [31_235_000, -1e6]
    const thin = thinPoints(points, 2_000)
    expect(thin.length).toBeLessThanOrEqual(2_000)
    expect(thin.length).toBeGreaterThan(1_000)
    expect(thin[0]).toBe(points[0])
    expect(thin.at(-1)).toBe(points.at(-1))
    expect(thin).toContain(points[31_234])
    expect(thin).toContain(points[31_235])
    expect(thin.every(([ts], n) => n === 0 || ts > (thin[n - 1]?.[0] ?? 0))).toBe(true)
  })

  it('is in every column as high and as low as all points', () => {
    const points = wave(10_000)
    const thin = thinPoints(points, 400)
    const width = 9_999_001 / 100
    const bounds = (list: readonly Point[]) =>
      [...Map.groupBy(list, ([ts]) => Math.floor(ts / width))].map(([column, inside]) => {
        const values = inside.map(([, value]) => Number(value))
        return [column, Math.min(...values), Math.max(...values)]
      })
    expect(bounds(thin)).toEqual(bounds(points))
    expect(bounds(thin)).toHaveLength(100)
  })

  it('takes texts and gaps in values for what they are', () => {
    const states = Array.from({ length: 1_000 }, (_, n): Point => [n, n % 100 === 50 ? null : `state ${n % 3}`])
    const thin = thinPoints(states, 100)
    expect(thin.length).toBeLessThanOrEqual(100)
    expect(thin.every((point) => states.includes(point))).toBe(true)
    const mixed: Point[] = [
      [0, 'off'],
      [1, 5],
      [2, 9],
      [3, 'on'],
      [4, 1],
      [5, 'end'],
    ]
    expect(thinPoints(mixed, 4)).toEqual([
      [0, 'off'],
      [2, 9],
      [4, 1],
      [5, 'end'],
    ])
  })
})
