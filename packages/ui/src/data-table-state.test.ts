import { describe, expect, it } from 'vitest'
import { currentIndex } from './data-table-state.ts'

describe('the current row', () => {
  it('is none before a key was used', () => {
    expect(currentIndex(null, ['a'])).toBe(-1)
  })

  it('moves along with its row when others come and go', () => {
    expect(currentIndex({ id: 'b', index: 1 }, ['new', 'a', 'b'])).toBe(2)
    expect(currentIndex({ id: 'b', index: 1 }, ['b'])).toBe(0)
  })

  it('stays in its place when its row is gone, and within the list', () => {
    expect(currentIndex({ id: 'b', index: 1 }, ['a', 'c'])).toBe(1)
    expect(currentIndex({ id: 'c', index: 2 }, ['a'])).toBe(0)
    expect(currentIndex({ id: 'a', index: 0 }, [])).toBe(-1)
  })
})
