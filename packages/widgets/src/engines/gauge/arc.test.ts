import { describe, expect, it } from 'vitest'
import { arcPath, fitDial, pointAt } from './arc.ts'

const near = (point: { x: number; y: number }) => ({ x: Math.round(point.x) || 0, y: Math.round(point.y) || 0 })

describe('dial', () => {
  it('counts angles clockwise from the bottom', () => {
    const centre = { x: 0, y: 0 }
    expect([0, 90, 180, 270].map((angle) => near(pointAt(centre, 10, angle)))).toEqual([
      { x: 0, y: 10 },
      { x: -10, y: 0 },
      { x: 0, y: -10 },
      { x: 10, y: 0 },
    ])
  })

  it('draws nothing, a piece, a large piece and the whole turn', () => {
    const centre = { x: 50, y: 50 }
    expect(arcPath(centre, 40, 90, 90)).toBe('')
    expect(arcPath(centre, 40, 90, 180)).toBe('M10,50A40,40 0 0 1 50,10')
    expect(arcPath(centre, 40, 45, 315)).toContain(' 0 1 1 ')
    expect(arcPath(centre, 40, 180, 540).match(/A/g)).toHaveLength(2)
  })

  it('fills the width with half a dial, and the height with a whole one', () => {
    const box = { width: 200, height: 120 }
    const half = fitDial(box, { start: 90, sweep: 180 }, 10)
    expect(half.radius).toBeCloseTo(90, 0)
    expect(half.centre.y).toBeGreaterThan(90)
    expect(fitDial(box, { start: 180, sweep: 360 }, 10).radius).toBeCloseTo(50, 0)
    expect(fitDial({ width: 10, height: 10 }, { start: 0, sweep: 360 }, 20).radius).toBe(1)
  })
})
