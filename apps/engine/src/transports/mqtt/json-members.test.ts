import { expect, test } from 'vitest'
import { jsonMembers } from './json-members.ts'

test('members keep the text that they were sent as', () => {
  const text = ' {"a": 20.0 , "b":[1,{"c":",}]"}], "q\\"\\\\": "x\\\\", "e":{},"\\u0041":null } '
  expect(jsonMembers(text)).toEqual([
    ['a', '20.0'],
    ['b', '[1,{"c":",}]"}]'],
    ['q"\\', '"x\\\\"'],
    ['e', '{}'],
    ['A', 'null'],
  ])
})

test('a name may come twice, and may be __proto__', () => {
  expect(jsonMembers('{"d":[1],"d":[2],"__proto__":[3]}')).toEqual([
    ['d', '[1]'],
    ['d', '[2]'],
    ['__proto__', '[3]'],
  ])
})

test.each(['', '[]', '"text"', 'null', '{"a":}', '{"a":1} x', '{'])('%j is no object', (text) => {
  expect(jsonMembers(text)).toBeNull()
})

test('an empty object has none', () => {
  expect(jsonMembers('{ }')).toEqual([])
})
