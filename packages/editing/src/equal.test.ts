import { expect, it } from 'vitest'
import { isEqual } from './equal.ts'
import { memberChanges } from './member-changes.ts'
import { threeWay } from './three-way.ts'

const parsed = (text: string): unknown => JSON.parse(text)

it('the order of members means nothing, that of elements does; an absent member is one that is undefined', () => {
  expect(isEqual({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1, c: undefined })).toBe(true)
  expect(isEqual([1, 2], [2, 1])).toBe(false)
  expect(isEqual({ a: null }, {})).toBe(false)
  expect(isEqual([], {})).toBe(false)
  expect(isEqual({ a: Number.NaN }, { a: Number.NaN })).toBe(true)
})

it('members named like those of every object are members', () => {
  const [odd, plain] = [parsed('{"constructor":1,"__proto__":{"x":1}}'), {}]
  expect(isEqual(odd, plain)).toBe(false)
  expect(isEqual(plain, { toString: undefined })).toBe(true)
  expect(memberChanges(plain, odd).map(({ path, before }) => [path.join('.'), before])).toEqual([
    ['constructor', undefined],
    ['__proto__', undefined],
  ])
  const rules = { isWhole: false, clash: () => 'asked' }
  expect(threeWay({ base: plain, mine: plain, theirs: odd }, [], rules)).toEqual(odd)
  expect(Object.keys(threeWay({ base: { a: 1 }, mine: { a: 1, b: 2 }, theirs: odd }, [], rules) as object)).toEqual([
    'b',
    'constructor',
    '__proto__',
  ])
})

it('changes are told by member, with both values', () => {
  expect(memberChanges({ a: { b: 1, c: [1] }, d: 1 }, { a: { b: 2, c: [1] }, e: 3 })).toEqual([
    { path: ['a', 'b'], before: 1, after: 2 },
    { path: ['d'], before: 1, after: undefined },
    { path: ['e'], before: undefined, after: 3 },
  ])
})
