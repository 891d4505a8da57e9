import { describe, expect, it } from 'vitest'
import { formatSort, parseSort } from './table-sort.ts'

describe('the order of a table in the URL', () => {
  it.each(['name', '-createdTime'])('survives writing and reading of %s', (text) => {
    const sort = parseSort(text)
    expect(sort).not.toBeNull()
    expect(sort && formatSort(sort)).toBe(text)
  })

  it.each(['', '-', 'name;drop', 'a b', '--x'])('ignores %j', (text) => {
    expect(parseSort(text)).toBeNull()
  })
})
