import { describe, expect, it } from 'vitest'
import { differences, isOvertaken, mergeEdits } from './edit-state.ts'

type View = { version: number; name: string; timeout: number; seen: number }
const toForm = ({ name, timeout }: View) => ({ name, timeout })
const base: View = { version: 3, name: 'Pump', timeout: 10, seen: 1 }

describe('a state of the server', () => {
  it.each([
    ['newer', { version: 4 }, true],
    ['older, however it differs', { version: 2, name: 'Old' }, false],
    ['the same, where only something beside the form moved', { seen: 2 }, false],
    ['of the same version, but with another attribute', { timeout: 20 }, true],
  ])('is taken when it is %s: %j → %s', (_, change, isTaken) => {
    expect(isOvertaken(base, { ...base, ...change }, toForm)).toBe(isTaken)
  })
})

describe('edits of two people', () => {
  const before = { name: 'Pump', label: '', timeout: '' }

  it('are both kept where they are about different fields', () => {
    expect(mergeEdits(before, { ...before, label: 'mine' }, { ...before, name: 'theirs' })).toEqual({
      name: 'theirs',
      label: 'mine',
      timeout: '',
    })
  })

  it('meet in a field that both changed: there mine stay, also when I emptied it', () => {
    const stored = { ...before, label: 'old' }
    expect(mergeEdits(stored, { ...stored, label: '' }, { ...stored, label: 'theirs' }).label).toBe('')
  })
})

describe('the fields that two people set differently', () => {
  it('are named, in the order of the form', () => {
    expect(differences({ a: 1, b: 'x', c: true }, { a: 2, b: 'x', c: false })).toEqual(['a', 'c'])
  })
})
