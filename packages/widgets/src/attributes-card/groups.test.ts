import { describe, expect, it } from 'vitest'
import { caseSeries } from '../case-data/series.ts'
import { groupsOf } from './groups.ts'

describe('attributes card', () => {
  it('puts the keys of an entity together, also when they come in turns', () => {
    const series = [
      caseSeries({ entity: 'A', key: 'x' }),
      caseSeries({ entity: 'B', key: 'x' }),
      caseSeries({ entity: 'A', key: 'y' }),
    ]
    expect(groupsOf(series).map((group) => [group.name, group.rows.map((row) => row.dataKey.name)])).toEqual([
      ['A', ['x', 'y']],
      ['B', ['x']],
    ])
  })
})
