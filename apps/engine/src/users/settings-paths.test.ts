import { expect, test } from 'vitest'
import { withoutPaths, withPaths } from './settings-paths.ts'

test('values land at their paths and nothing else changes', () => {
  const stored = { a: { b: 1, c: 2 }, d: [1] }
  expect(withPaths(stored, { 'a.b': 3, 'x.y.z': null, d: 'new' })).toEqual({
    a: { b: 3, c: 2 },
    x: { y: { z: null } },
    d: 'new',
  })
  expect(stored).toEqual({ a: { b: 1, c: 2 }, d: [1] })
})

test('a path through something that is no object replaces it', () => {
  expect(withPaths({ a: 5 }, { 'a.b': 1 })).toEqual({ a: { b: 1 } })
})

test('members go, alone or below others', () => {
  const stored = { a: { b: 1, c: 2 }, d: 1, e: 1 }
  expect(withoutPaths(stored, ['a.b', ' d ', 'not.there', 'e.f'])).toEqual({ a: { c: 2 }, e: 1 })
  expect(stored.a).toEqual({ b: 1, c: 2 })
})

test.each(['__proto__.isAdmin', 'a.__proto__.b', 'constructor.prototype.x', 'a..b', '', '.'])(
  'the path %j is refused and pollutes nothing',
  (path) => {
    expect(() => withPaths({}, { [path]: true })).toThrow(/^Invalid settings path/)
    expect(() => withoutPaths({}, [path])).toThrow(/^Invalid settings path/)
    expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false)
  },
)
