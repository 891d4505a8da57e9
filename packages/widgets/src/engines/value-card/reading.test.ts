import { describe, expect, it } from 'vitest'
import { caseSeries } from '../../case-data/series.ts'
import { readingOf } from './reading.ts'

const text = (key: string, value: unknown, dataKey = {}) =>
  readingOf(caseSeries({ key, dataKey, points: [[0, value]] }), 'en').text

describe('a value on a card', () => {
  it('is a moment where the key is one, also of an attribute', () => {
    const moment = Date.UTC(2026, 0, 5, 12)
    expect(text('lastActivityTime', moment, { type: 'attribute' })).toContain('2026')
    expect(text('lastConnectTs', moment)).toContain('2026')
  })
  it('is shortened where nobody counts its digits', () => {
    expect(text('counter', 1.795e12)).toBe('1.795E12')
    expect(text('counter', 123_456_789)).toBe('123,456,789')
  })
})
