import { describe, expect, it } from 'vitest'
import { findJsonFault } from './json-fault.ts'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('where a text is no JSON', () => {
  it.each([
    ['', 1, 1, 'value'],
    ['{"a": 1,}', 1, 9, 'name'],
    ['{"a": 1\n "b": 2}', 2, 2, 'commaOrEnd'],
    ['{\n  "a": [1, 2\n}', 3, 1, 'commaOrEnd'],
    ['{"a" 1}', 1, 6, 'colon'],
    ['{a: 1}', 1, 2, 'name'],
    ["{'a': 1}", 1, 2, 'name'],
    ['{"a": undefined}', 1, 7, 'value'],
    ['{"a": "x', 1, 9, 'ending'],
    ['{"a": "x\ny"}', 1, 9, 'ending'],
    ['{"a": "\\q"}', 1, 9, 'escape'],
    ['{"a": 01}', 1, 8, 'commaOrEnd'],
    ['{} {}', 1, 4, 'nothing'],
    ['[1,]', 1, 4, 'value'],
    ['{"a":[{"b":[', 1, 13, 'value'],
    ['<html>', 1, 1, 'value'],
  ])('%j', (text, line, column, expected) => {
    expect(findJsonFault(text)).toMatchObject({ line, column, expected })
    expect(() => JSON.parse(text)).toThrow()
  })

  it('shows the text around it, and of a long line only a part', () => {
    const text = `{"a": "${'x'.repeat(500)}", b: 1, "c": "${'y'.repeat(500)}"}`
    const { excerpt = '' } = findJsonFault(text) ?? {}
    expect(excerpt).toContain('b: 1')
    expect(excerpt.length).toBeLessThanOrEqual(60)
  })

  const whole = JSON.stringify({
    text: 'a "quoted" \\ text,\n with {braces} and é \u0007',
    numbers: [0, -1, 1.5, 1e21, -2.5e-9],
    words: [true, false, null],
    empty: [{}, [], ''],
    deep: [{ a: [{ b: { c: [[], [[1]]] } }] }],
  })

  it.each([whole, JSON.stringify(JSON.parse(whole), null, 2), ' 1 ', '"x"', 'null', '[]'])(
    'finds nothing in %s',
    (text) => {
      expect(findJsonFault(text)).toBeNull()
    },
  )

  it('agrees with the parser about a text that is broken at any place', () => {
    for (let at = 0; at <= whole.length; at += 1)
      for (const char of ['', ',', '"', '}', ']', '\\', 'x', '\n', '0', '-', ':']) {
        const changed = whole.slice(0, at) + char + whole.slice(at + 1)
        expect(findJsonFault(changed) === null, changed).toBe(isJson(changed))
      }
  })

  it('is not ended by depth', () => {
    expect(findJsonFault('['.repeat(200_000))).toMatchObject({ column: 200_001, expected: 'value' })
  })
})
