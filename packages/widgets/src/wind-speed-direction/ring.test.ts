import { describe, expect, it } from 'vitest'
import { heading, onRing, sectorOf, ticksPath } from './ring.ts'

describe('the ring of winds', () => {
  it.each([
    [0, 0],
    [22, 0],
    [23, 1],
    [315, 7],
    [350, 0],
    [-45, 7],
    [725, 0],
  ])('%d° is direction %d of eight', (degrees, sector) => expect(sectorOf(degrees, 8)).toBe(sector))
  it('counts clockwise from the top', () => {
    expect(onRing(0, 10).y).toBeCloseTo(-10)
    expect(onRing(90, 10).x).toBeCloseTo(10)
    expect(heading(-90)).toBe(270)
  })
  it('leaves room for the four names', () => {
    const count = (gap: number) => ticksPath(50, 4, 5, gap).split('M').length - 1
    expect(count(0)).toBe(72)
    expect(count(10)).toBe(72 - 4 * 3)
  })
})
