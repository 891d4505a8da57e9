import { describe, expect, it } from 'vitest'
import { convertData } from './convert.ts'

describe('what a control makes of data', () => {
  it.each([
    [true, true],
    ['true', true],
    [1, true],
    [false, false],
    ['false', false],
    [0, false],
    [null, false],
    [{ a: 1 }, false],
  ])('takes %j for the same as true: %j', (data, isOn) => {
    expect(convertData({ kind: 'equals', value: true }, data)).toBe(isOn)
  })

  it('tells texts apart by their letters, and objects by what is in them', () => {
    expect(['ON', 'on', true].map((data) => convertData({ kind: 'equals', value: 'ON' }, data))).toEqual([
      true,
      false,
      false,
    ])
    expect(convertData({ kind: 'equals', value: { a: 1 } }, { a: 1 })).toBe(true)
  })

  it.each([
    [2, true],
    ['on', true],
    ['0', false],
    ['false', false],
    ['', false],
    [null, false],
  ])('takes %j for on where anything but nothing is: %j', (data, isOn) => {
    expect(convertData({ kind: 'truthy' }, data)).toBe(isOn)
  })

  it('compares the result of a function only where there is something to compare with', () => {
    expect(convertData({ kind: 'function', code: 'return data' }, 7)).toBe(7)
    expect(convertData({ kind: 'function', code: 'return data', equals: 7 }, '7')).toBe(true)
  })
})
