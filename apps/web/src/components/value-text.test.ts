import { describe, expect, it } from 'vitest'
import { parseTyped, valueText } from './value-text.ts'

describe('the text of a value', () => {
  it.each([
    [21.5, '21.5'],
    [0.1 + 0.2, '0.3'],
    [1732185600000, '1732185600000'],
    [true, 'true'],
    ['on', 'on'],
    [{ a: 1 }, '{"a":1}'],
    [null, '—'],
  ])('of %j is %j', (value, text) => {
    expect(valueText(value)).toBe(text)
  })
})

describe('a typed value', () => {
  it.each([
    ['21.5', 21.5],
    ['true', true],
    ['{"a":1}', { a: 1 }],
    ['"5"', '5'],
    ['north', 'north'],
    ['', ''],
  ])('%j becomes %j', (text, value) => {
    expect(parseTyped(text)).toEqual(value)
  })
})
