import { describe, expect, it } from 'vitest'
import { caseSeries } from '../case-data/series.ts'
import { sortRows, toTable } from './rows.ts'

const series = (entity: string, key: string, value?: unknown) =>
  caseSeries({ entity, key, dataKey: { label: '' }, points: value === undefined ? [] : [[1, value]] })

describe('the table of latest values', () => {
  const table = toTable([
    series('Pump 10', 'flow', 5),
    series('Pump 2', 'flow', 11),
    series('Pump 1', 'flow'),
    series('Pump 2', 'state', 'on'),
  ])
  const names = (column: string | null, desc: boolean) =>
    sortRows(table.rows, column, desc).map((row) => row.entity.name)

  it('has one row an entity and one column a key', () => {
    expect(table.columns.map((column) => column.label)).toEqual(['flow', 'state'])
    expect(table.rows).toHaveLength(3)
  })

  it('sorts names as people count', () => {
    expect(names(null, false)).toEqual(['Pump 1', 'Pump 2', 'Pump 10'])
  })

  it('keeps entities without a value at the end in both directions', () => {
    expect(names('timeseries flow', false)).toEqual(['Pump 10', 'Pump 2', 'Pump 1'])
    expect(names('timeseries flow', true)).toEqual(['Pump 2', 'Pump 10', 'Pump 1'])
  })
})
