import { describe, expect, it } from 'vitest'
import { directionOf, heading } from './compass.tsx'

const names = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW']

describe('compass', () => {
  it('counts round and round', () => {
    expect([370, -350, 720, -90].map(heading)).toEqual([10, 10, 0, 270])
  })

  it('names the direction next to a heading', () => {
    expect([0, 22, 23, 180, 359, -90].map((value) => directionOf(value, names))).toEqual([
      'N',
      'N',
      'NE',
      'S',
      'N',
      'W',
    ])
    expect(directionOf(90, [])).toBe('')
  })
})
