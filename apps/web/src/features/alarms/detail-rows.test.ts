import { describe, expect, it } from 'vitest'
import { detailRows, isEmptyDetails } from './detail-rows.ts'

describe('details of an alarm', () => {
  it('are a table when they are a flat object', () => {
    expect(detailRows({ temperature: 81.5, unit: 'C', isHot: true, note: null })).toEqual([
      { key: 'temperature', value: '81.5' },
      { key: 'unit', value: 'C' },
      { key: 'isHot', value: 'true' },
      { key: 'note', value: '—' },
    ])
  })

  it.each([
    ['a list', [1]],
    ['a text', 'hot'],
    ['an object in an object', { a: { b: 1 } }],
    ['a long text', { a: 'x'.repeat(301) }],
    ['very many keys', Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, index]))],
  ])('stay JSON when they are %s', (_, details) => {
    expect(detailRows(details)).toBeNull()
  })

  it.each([[null], [undefined], [{}], [[]], ['']])('%j is nothing to read', (details) => {
    expect(isEmptyDetails(details)).toBe(true)
  })

  it.each([[{ a: null }], [0], [false], ['x']])('%j is something to read', (details) => {
    expect(isEmptyDetails(details)).toBe(false)
  })
})
