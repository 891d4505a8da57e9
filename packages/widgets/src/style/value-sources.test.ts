import { describe, expect, it } from 'vitest'
import { caseSeries } from '../case-data/series.ts'
import type { WidgetState } from '../widget.ts'
import { colorSettings, valueSource } from './color-settings.ts'
import { sourcesIn, valueSourcesIn } from './value-sources.ts'

const read = (value: Record<string, unknown>) => valueSource().parse(value)
const state: WidgetState = {
  status: 'ready',
  staleSince: null,
  series: [
    caseSeries({ key: 'temperature', points: [[0, 21]] }),
    caseSeries({ key: 'limit', role: 'beside', points: [[0, '30']] }),
  ],
  sources: [
    caseSeries({ key: 'limit', role: 'beside', datasourceName: 'Plant', datasource: -1, points: [[0, 98]] }),
    caseSeries({
      ...{ key: 'limit', role: 'beside', datasourceName: 'Plant', datasource: -1, points: [[0, 99]] },
      dataKey: { type: 'attribute' },
    }),
    caseSeries({ key: 'most', role: 'beside', points: [[0, 'no number']] }),
  ],
}

describe('sources of numbers', () => {
  it('are constants, keys beside the value, and keys of an alias, of the kind that they name', () => {
    const lookup = sourcesIn(state)
    const entity = { type: 'entity', entityAlias: 'Plant', entityKey: 'limit' }
    expect(lookup(read({ type: 'constant', value: 5 }))).toBe(5)
    expect(lookup(read({ type: 'latestKey', latestKey: 'limit' }))).toBe(30)
    expect(lookup(read(entity))).toBe(99)
    expect(lookup(read({ ...entity, entityKeyType: 'timeseries' }))).toBe(98)
    expect(lookup(read({ ...entity, entityAlias: 'Other' }))).toBeNull()
    expect(lookup(read({ type: 'latestKey', latestKey: 'most' }))).toBeNull()
    expect(lookup(read({ type: 'latestKey', latestKey: 'unheard' }))).toBeNull()
    expect(sourcesIn({ status: 'loading' })(read(entity))).toBeNull()
  })

  it('are found wherever they stand in settings, constants and nameless ones left out', () => {
    const color = colorSettings('#fff').parse({
      type: 'range',
      rangeList: {
        advancedMode: true,
        rangeAdvanced: [
          { from: { type: 'entity', entityAlias: 'Plant', entityKey: 'low' }, to: { type: 'constant', value: 3 } },
          { from: { type: 'latestKey', latestKey: 'low' }, to: { type: 'latestKey' } },
        ].map((one) => ({ ...one, color: 'red' })),
      },
    })
    const found = valueSourcesIn({ deep: [{ color }] })
    expect(found.map(({ type, latestKey, entityKey }) => [type, latestKey, entityKey])).toEqual([
      ['entity', '', 'low'],
      ['latestKey', 'low', ''],
    ])
  })

  it('are few, and not looked for without end', () => {
    const source = read({ type: 'latestKey', latestKey: 'a' })
    expect(valueSourcesIn(Array.from({ length: 10_000 }, () => source))).toHaveLength(200)
    const ring: Record<string, unknown> = {}
    ring.self = ring
    expect(valueSourcesIn(ring)).toEqual([])
  })
})
