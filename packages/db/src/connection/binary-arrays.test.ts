import { describe, expect, test } from 'vitest'
import { boolArray, float8Array, int4Array, int8Array, textArray, uuidArray } from './binary-arrays.ts'

/** Length and bytes of each element. */
const elements = (buffer: Buffer) => {
  const found: (string | null)[] = []
  for (let offset = 20; offset < buffer.length; ) {
    const size = buffer.readInt32BE(offset)
    found.push(size < 0 ? null : buffer.subarray(offset + 4, offset + 4 + size).toString('hex'))
    offset += 4 + Math.max(size, 0)
  }
  return found
}

describe('elements are big-endian, NULL is length -1', () => {
  test.each<[string, Buffer, (string | null)[]]>([
    ['int4', int4Array([1, null, -1]), ['00000001', null, 'ffffffff']],
    [
      'int8 of a number',
      int8Array([2 ** 53 - 1, -1, -(2 ** 53 - 1)]),
      ['001fffffffffffff', 'ffffffffffffffff', 'ffe0000000000001'],
    ],
    ['int8 of a bigint', int8Array([-(2n ** 63n)]), ['8000000000000000']],
    ['float8', float8Array([1, null]), ['3ff0000000000000', null]],
    ['bool', boolArray([true, false]), ['01', '00']],
    ['text', textArray(['ä', '', null]), ['c3a4', '', null]],
    ['uuid', uuidArray(['01234567-89ab-cdef-0123-456789ABCDEF', null]), ['0123456789abcdef0123456789abcdef', null]],
  ])('%s', (_name, buffer, expected) => {
    expect(elements(buffer)).toEqual(expected)
    expect(buffer.readInt32BE(12)).toBe(expected.length)
  })
})

test('an empty array has no dimension', () => {
  expect(int4Array([]).readInt32BE(0)).toBe(0)
  expect(textArray([]).length).toBe(12)
})

test.each(['', 'zz', '01234567-89ab-cdef-0123-456789abcde', '01234567-89ab-cdef-0123-456789abcdefff'])(
  'the malformed id %j is refused',
  (id) => {
    expect(() => uuidArray([id])).toThrow(/Invalid UUID/)
  },
)
