import { describe, expect, it } from 'vitest'
import { jsonPlaces, placeOf } from './json-places.ts'

const text = `{
  "a": [1, {"b": "x, } ]"}],
  "c\\"d": null,
  "e": {}
}`
const at = (path: string) => {
  const { from, to } = placeOf(jsonPlaces(text), path)
  return text.slice(from, to)
}

describe('places in JSON', () => {
  it('are those of the values', () => {
    expect(at('a/0')).toBe('1')
    expect(at('a/1/b')).toBe('"x, } ]"')
    expect(at('c"d')).toBe('null')
    expect(at('e')).toBe('{}')
    expect(at('')).toBe(text)
  })

  it('of what is missing are those of what it is missing in', () => {
    expect(at('a/1/z')).toBe('{"b": "x, } ]"}')
    expect(at('e/f/g')).toBe('{}')
    expect(at('nowhere')).toBe(text)
  })

  it('are found in any JSON', () => {
    for (const one of ['1', '"x"', '[]', '{}', ' [ [ ] , { } ] ', '{"a":{"a":[true,false]}}'])
      expect(placeOf(jsonPlaces(one), '').to, one).toBe(one.trimEnd().length)
  })
})
