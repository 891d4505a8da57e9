import { expect, test } from 'vitest'
import { messageChanges } from './message-changes.ts'

const message = (data: unknown, metadata: Record<string, string> = {}, type = 'A') => ({
  type,
  originator: { entityType: 'DEVICE' as const, id: '22222222-2222-4222-8222-222222222222' },
  dataType: 'JSON' as const,
  data: typeof data === 'string' ? data : JSON.stringify(data),
  metadata,
})

test('names members that were added, changed and taken away, at any depth', () => {
  const before = message({ a: 1, b: { c: [1, 2], d: 'x' }, gone: true }, { kept: '1', old: '2' })
  const after = message({ a: 2, b: { c: [1, 3], d: 'x' }, made: null }, { kept: '1', new: '3' }, 'B')
  expect(messageChanges(before, after)).toEqual([
    { path: ['type'], before: 'A', after: 'B' },
    { path: ['data', 'a'], before: 1, after: 2 },
    { path: ['data', 'b', 'c', '1'], before: 2, after: 3 },
    { path: ['data', 'gone'], before: true },
    { path: ['data', 'made'], after: null },
    { path: ['metadata', 'old'], before: '2' },
    { path: ['metadata', 'new'], after: '3' },
  ])
})

test('finds nothing where only the text of the JSON differs', () => {
  expect(messageChanges(message('{"a":1,"b":2}'), message('{ "b": 2, "a": 1 }'))).toEqual([])
})

test('compares what is no JSON as text, and an array with an object as wholes', () => {
  expect(messageChanges(message('{broken'), message({ a: 1 }))).toEqual([
    { path: ['data'], before: '{broken', after: { a: 1 } },
  ])
  expect(messageChanges(message([1]), message({ 0: 1 }))).toEqual([{ path: ['data'], before: [1], after: { 0: 1 } }])
})

test('a hundred differences are enough, and names of prototypes are names like others', () => {
  const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`k${n}`, n]))
  expect(messageChanges(message({}), message(many))).toHaveLength(100)
  expect(messageChanges(message('{"__proto__":1}'), message('{"__proto__":2,"constructor":3}'))).toEqual([
    { path: ['data', '__proto__'], before: 1, after: 2 },
    { path: ['data', 'constructor'], after: 3 },
  ])
})
