import { describe, expect, it } from 'vitest'
import { endsOf, evenTicks, placeOf, tickText } from './scale.ts'

describe('scale', () => {
  it('holds a value at its ends and says on which side it is outside', () => {
    expect(placeOf(25, 0, 100)).toEqual({ share: 0.25, outside: null })
    expect(placeOf(-5, 0, 100)).toEqual({ share: 0, outside: 'below' })
    expect(placeOf(1e300, 0, 100)).toEqual({ share: 1, outside: 'above' })
    expect(placeOf(Number.POSITIVE_INFINITY, 0, 100)).toEqual({ share: 1, outside: 'above' })
    expect(placeOf(null, 0, 100).share).toBeNull()
    expect(placeOf(Number.NaN, 0, 100).share).toBeNull()
  })

  it('makes a scale of any two ends', () => {
    expect(endsOf(100, 0)).toEqual({ min: 0, max: 100 })
    expect(endsOf(5, 5)).toEqual({ min: 5, max: 6 })
    expect(endsOf(Number.NaN, 5)).toEqual({ min: 0, max: 100 })
  })

  it('divides evenly and never into more than can be seen', () => {
    expect(evenTicks(-10, 10, 4)).toEqual([-10, -5, 0, 5, 10])
    expect(evenTicks(0, 1, 1e9)).toHaveLength(61)
    expect(evenTicks(0, 1, Number.NaN)).toEqual([0, 1])
  })

  it('writes ticks as finely as the step asks', () => {
    expect([
      tickText(20, 10, 'en'),
      tickText(2.5, 2.5, 'en'),
      tickText(0.125, 0.125, 'en'),
      tickText(2.5e6, 1e5, 'en'),
    ]).toEqual(['20', '2.5', '0.13', '2.5M'])
  })
})
