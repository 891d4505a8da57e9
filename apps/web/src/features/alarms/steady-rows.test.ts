import { describe, expect, it } from 'vitest'
import { arrivals, holdRows } from './steady-rows.ts'

type Row = { id: string; text: string }
const idOf = (row: Row) => row.id
const rows = (...ids: string[]) => ids.map((id) => ({ id, text: id }))

describe('rows under a hand', () => {
  it('stay in their places and show what is new of them', () => {
    const changed = [{ id: 'b', text: 'changed' }, ...rows('a')]
    expect(holdRows(rows('a', 'b'), changed, idOf)).toEqual({
      rows: [...rows('a'), { id: 'b', text: 'changed' }],
      waiting: 0,
    })
  })

  it('wait for those that come and those that go', () => {
    expect(holdRows(rows('a', 'b'), rows('new', 'a', 'b'), idOf)).toEqual({ rows: rows('a', 'b'), waiting: 1 })
    expect(holdRows(rows('a', 'b'), rows('b'), idOf)).toEqual({ rows: rows('a', 'b'), waiting: 1 })
    // One that comes pushes the last one off a full page: that is one change, not two.
    expect(holdRows(rows('a', 'b'), rows('new', 'a'), idOf).waiting).toBe(1)
  })
})

it('tells which rows have arrived', () => {
  expect([...arrivals(rows('a'), rows('new', 'a'), idOf)]).toEqual(['new'])
})
