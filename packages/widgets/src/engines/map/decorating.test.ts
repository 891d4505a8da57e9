import { describe, expect, it } from 'vitest'
import type { Position } from './coordinates.ts'
import { shortened } from './decorating.ts'

/** Along the equator 512 px are the world at zoom 0. */
const degrees = (px: number) => (px / 512) * 360
const line: Position[] = [
  [0, 0],
  [degrees(40), 0],
  [degrees(100), 0],
]
const columns = (made: Position[] | null) => made?.map(([lon]) => Math.round((lon / 360) * 512)) ?? null

describe('a line for symbols', () => {
  it('begins and ends so many px inside', () => {
    expect(columns(shortened(line, { start: 20, end: 20 }, 0))).toEqual([20, 40, 80])
    expect(columns(shortened(line, { start: 50, end: 10 }, 0))).toEqual([50, 90])
  })
  it('stays as it is without them', () => {
    expect(shortened(line, { start: 0, end: 0 }, 0)).toEqual(line)
  })
  it('loses less of itself the nearer it is looked at', () => {
    expect(columns(shortened(line, { start: 20, end: 20 }, 1))).toEqual([10, 40, 90])
  })
  it('is none where it is too short, and where it has no length', () => {
    expect(shortened(line, { start: 60, end: 60 }, 0)).toBeNull()
    expect(shortened([[1, 1]], { start: 0, end: 0 }, 0)).toBeNull()
    const still: Position[] = [
      [1, 1],
      [1, 1],
    ]
    expect(shortened(still, { start: 0, end: 0 }, 5)).toBeNull()
  })
  it('goes on over points that are the same', () => {
    const [a, b, c] = line as [Position, Position, Position]
    expect(columns(shortened([a, b, b, c], { start: 10, end: 10 }, 0))).toEqual([10, 40, 40, 90])
  })
})
