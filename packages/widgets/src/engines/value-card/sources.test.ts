import { describe, expect, it } from 'vitest'
import { caseSeries } from '../../case-data/series.ts'
import { valueSource } from '../../style/color-settings.ts'
import { asksAttribute, sourcesIn } from './sources.ts'

const read = (value: Record<string, unknown>) => valueSource().parse(value)
const series = [
  caseSeries({ key: 'temperature', points: [[0, 21]] }),
  caseSeries({ key: 'limit', role: 'beside', points: [[0, '30']] }),
  caseSeries({ key: 'limit', datasourceName: 'Plant', datasource: 1, points: [[0, 99]] }),
]
const attributes = [{ scope: 'SERVER_SCOPE' as const, key: 'most', ts: 0, value: 80 }]

describe('sources of numbers', () => {
  it('are constants, keys beside the value, keys of an alias and attributes', () => {
    const lookup = sourcesIn(series, attributes)
    expect(lookup(read({ type: 'constant', value: 5 }))).toBe(5)
    expect(lookup(read({ type: 'latestKey', latestKey: 'limit' }))).toBe(30)
    expect(lookup(read({ type: 'entity', entityAlias: 'Plant', entityKey: 'limit' }))).toBe(99)
    expect(lookup(read({ type: 'latestKey', latestKey: 'most' }))).toBe(80)
    expect(lookup(read({ type: 'latestKey', latestKey: 'unheard' }))).toBeNull()
  })

  it('ask for attributes only where no key has the value', () => {
    expect(asksAttribute(read({ type: 'latestKey', latestKey: 'most' }), series)).toBe(true)
    expect(asksAttribute(read({ type: 'latestKey', latestKey: 'limit' }), series)).toBe(false)
    expect(asksAttribute(read({ type: 'latestKey', latestKeyType: 'timeseries', latestKey: 'most' }), series)).toBe(
      false,
    )
  })
})
