import { describe, expect, it } from 'vitest'
import { atShare, keyTarget, numberIn, rangeOf, shareOf, snapTo, stepOfDecimals } from './range.ts'

const percent = rangeOf(0, 100, 1)

describe('the values of a slider', () => {
  it('are whole steps from the least, and both ends', () => {
    expect(snapTo(rangeOf(0, 1, 0.1), 0.34)).toBe(0.3)
    expect(snapTo(rangeOf(5, 12, 3), 9.6)).toBe(11)
    expect(snapTo(rangeOf(5, 12, 3), 40)).toBe(12)
    expect(snapTo(rangeOf(-1, 1, 0.25), -7)).toBe(-1)
  })

  it('stand in order, with a step, whatever the file says', () => {
    expect(rangeOf(100, 0, 1)).toEqual(percent)
    expect(rangeOf(0, 50, 0)).toEqual({ min: 0, max: 50, step: 0.5 })
    expect(rangeOf(0, 50, Number.NaN).step).toBe(0.5)
  })

  it('are found by their place', () => {
    expect(atShare(percent, 0.334)).toBe(33)
    expect(shareOf(percent, 25)).toBe(0.25)
    expect(shareOf(percent, 900)).toBe(1)
    expect(shareOf(rangeOf(5, 5, 1), 5)).toBe(0)
  })

  it.each([
    ['ArrowUp', 51],
    ['ArrowLeft', 49],
    ['PageUp', 60],
    ['PageDown', 40],
    ['Home', 0],
    ['End', 100],
    ['Enter', null],
  ])('%s leads from 50 to %s', (key, to) => {
    expect(keyTarget(percent, key, 50)).toBe(to)
  })

  it('do not gather errors', () => {
    let value = 0
    for (let n = 0; n < 10; n++) value = keyTarget(rangeOf(0, 5, 0.1), 'ArrowUp', value) ?? Number.NaN
    expect(value).toBe(1)
    expect(stepOfDecimals(2)).toBe(0.01)
  })

  it('are numbers, or text that is one', () => {
    expect([7, '7.5', ' ', 'x', null, {}, Number.NaN].map(numberIn)).toEqual([7, 7.5, null, null, null, null, null])
  })
})
