import { expect, test } from 'vitest'
import { contradictionLine } from './contradiction-line.ts'

const base = { name: 'Filter', x: 1, configuration: { types: ['a'], limit: 3 } }
const words = {
  title: 'Filter',
  nameOf: (path: readonly string[]) => (path[0] === 'x' ? null : path.join('/').toUpperCase()),
}

test('what was deleted here and changed there is told by the change', () => {
  const theirs = { ...base, x: 9, configuration: { types: ['a'], limit: 5 } }
  expect(contradictionLine({ key: 'k', path: [], base, mine: undefined, theirs }, words)).toEqual({
    ...{ key: 'k', title: 'Filter', setting: '' },
    mine: { kind: 'deleted' },
    theirs: { kind: 'changes', changes: [{ name: 'CONFIGURATION/LIMIT', value: 5 }] },
  })
})

test('what the other side only wants to keep has no changes', () => {
  const { mine, theirs } = contradictionLine(
    { key: 'k', path: [], base, mine: { ...base, x: 2 }, theirs: undefined },
    words,
  )
  expect(mine).toEqual({ kind: 'changes', changes: [] })
  expect(theirs).toEqual({ kind: 'deleted' })
})

test('a setting that both changed is told by both values', () => {
  const one = { key: 'k', path: ['name'], base: 'Filter', mine: 'A', theirs: 'B' }
  expect(contradictionLine(one, { ...words, shownAs: (value) => `«${value}»` })).toMatchObject({
    setting: 'NAME',
    mine: { kind: 'value', value: '«A»' },
    theirs: { kind: 'value', value: '«B»' },
  })
})

test('a setting that one side has taken away is deleted, too', () => {
  const one = { key: 'k', path: ['limit'], base: 3, mine: undefined, theirs: 5 }
  expect(contradictionLine(one, words)).toMatchObject({
    mine: { kind: 'deleted' },
    theirs: { kind: 'value', value: 5 },
  })
})
