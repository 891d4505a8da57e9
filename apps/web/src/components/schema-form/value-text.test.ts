import { describe, expect, it } from 'vitest'
import { readValueText, writeValueText } from './value-text.ts'

describe('a value as one line of text', () => {
  it.each([
    ['true', true],
    ['42', 42],
    ['-0.5', -0.5],
    ['on', 'on'],
    ['"true"', 'true'],
    ['{"a":1}', { a: 1 }],
    ['  spaced  ', 'spaced'],
    ['{odd', '{odd'],
    ['NaN', 'NaN'],
    ['null', null],
  ])('%s is %j', (text, value) => expect(readValueText(text)).toEqual(value))

  it.each([true, 0, 'on', 'true', '12', ' a ', '', null, { a: [1] }, '{"a":1}'])('%j comes back as it was', (value) =>
    expect(readValueText(writeValueText(value))).toEqual(value),
  )
})
