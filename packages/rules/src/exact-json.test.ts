import type { KvValue } from '@thingwire/contracts'
import { describe, expect, it, test } from 'vitest'
import { isJsonObject, isNumberLiteral, jsonOfKv, numberOf, parseExactJson, setMember, textOfKv } from './exact-json.ts'

describe('JSON that is read exactly', () => {
  it.each([
    '{"a":20.0,"b":1e2,"c":12345678901234567890,"d":-0,"e":0.10}',
    '[1,2.5,"x",null,true,{"__proto__":{"a":1.0}}]',
    '"5.0"',
    '0.123456789012345678901',
  ])('%s is written again as it was', (text) => {
    expect(JSON.stringify(parseExactJson(text))).toBe(text)
  })

  it('keeps numbers that a double holds as numbers', () => {
    expect(parseExactJson('[1,2.5,-3]')).toEqual([1, 2.5, -3])
  })

  it('reads the double of a literal, and takes no literal for an object', () => {
    const literal = parseExactJson('20.0')
    expect([isNumberLiteral(literal), isJsonObject(literal), numberOf(literal), numberOf('20')]).toEqual([
      true,
      false,
      20,
      undefined,
    ])
  })

  it.each(['', '{', 'abc', "{'a':1}", '{"a":1,}'])('%j is no JSON', (text) => {
    expect(parseExactJson(text)).toBeUndefined()
  })

  it('sets members of any name without changing the prototype', () => {
    const object = {}
    setMember(object, '__proto__', 1)
    setMember(object, 'a', 2)
    expect(JSON.stringify(object)).toBe('{"__proto__":1,"a":2}')
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype)
  })
})

const values: [KvValue, text: string, json: string][] = [
  [{ type: 'DOUBLE', value: 2 }, '2.0', '2.0'],
  [{ type: 'DOUBLE', value: 22.4 }, '22.4', '22.4'],
  [{ type: 'DOUBLE', value: 1e10 }, '1.0E10', '10000000000.0'],
  [{ type: 'DOUBLE', value: 12345678.5 }, '1.23456785E7', '12345678.5'],
  [{ type: 'DOUBLE', value: 0.0001 }, '1.0E-4', '0.0001'],
  [{ type: 'DOUBLE', value: 0.001 }, '0.001', '0.001'],
  [{ type: 'DOUBLE', value: -0 }, '-0.0', '-0.0'],
  [{ type: 'LONG', value: 5 }, '5', '5'],
  [{ type: 'LONG', value: 9223372036854775807n }, '9223372036854775807', '9223372036854775807'],
  [{ type: 'BOOLEAN', value: true }, 'true', 'true'],
  [{ type: 'STRING', value: '5' }, '5', '"5"'],
  [{ type: 'JSON', value: '{"a":1.0}' }, '{"a":1.0}', '{"a":1.0}'],
]
test('stored values are written as Java does in metadata, and exactly in data', () => {
  for (const [value, text, json] of values) {
    expect(textOfKv(value)).toBe(text)
    expect(JSON.stringify(jsonOfKv(value))).toBe(json)
  }
})
