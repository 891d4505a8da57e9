import { describe, expect, it } from 'vitest'
import { caseSeries } from '../case-data/series.ts'
import { timeSeriesTable } from './manifest.ts'
import { columnsOf, findRows, initialSort, recordOf, rowsOf, type SeriesTab, sortRows, tabsOf } from './rows.ts'

const flow = 'main timeseries flow'
const mode = 'main timeseries mode'
const series = [
  caseSeries({
    entity: 'P1',
    key: 'flow',
    points: [
      [1, 5],
      [2, null],
      [3, 10],
    ],
  }),
  caseSeries({ entity: 'P1', key: 'mode', points: [[3, 'auto']] }),
  caseSeries({ entity: 'P1', key: 'place', role: 'beside', points: [[0, 'Hall']] }),
  caseSeries({ entity: 'P1', key: 'flow', role: 'comparison', points: [[9, 9]] }),
  caseSeries({ entity: 'P2', key: 'flow', points: [[4, 1]] }),
]
const [tab] = tabsOf(series) as [SeriesTab]

describe('a time series table', () => {
  it('has a tab an entity, without what is compared with', () => {
    expect(tabsOf(series).map(({ entity, series: own }) => [entity.name, own.length])).toEqual([
      ['P1', 3],
      ['P2', 1],
    ])
    const [spaced] = tabsOf([caseSeries({ entity: 'Pump 1', key: 'flow' })])
    expect(spaced?.id).not.toContain(' ')
  })

  it('has a row a moment, with the newest of what stands beside', () => {
    expect(rowsOf(tab, false).map(({ ts, values }) => [ts, values.get(flow), values.get(mode)])).toEqual([
      [1, 5, undefined],
      [2, null, undefined],
      [3, 10, 'auto'],
    ])
    expect(rowsOf(tab, false).every(({ values }) => values.get('beside timeseries place') === 'Hall')).toBe(true)
  })

  it('leaves out moments without a value where the file says so', () => {
    expect(rowsOf(tab, true).map(({ ts }) => ts)).toEqual([1, 3])
  })

  it('has the time first, if it is shown, and each key once', () => {
    expect(columnsOf(tab, 'Time').map(({ title }) => title)).toEqual(['Time', 'flow', 'mode', 'place'])
    const [first] = series
    expect(first && columnsOf({ ...tab, series: [first, first] }, null).map(({ title }) => title)).toEqual(['flow'])
  })

  it('sorts numbers as numbers and what is empty last, either way', () => {
    const rows = rowsOf(tab, false)
    expect(sortRows(rows, flow, false).map(({ ts }) => ts)).toEqual([1, 3, 2])
    expect(sortRows(rows, flow, true).map(({ ts }) => ts)).toEqual([3, 1, 2])
    expect(sortRows(rows, 'time', true).map(({ ts }) => ts)).toEqual([3, 2, 1])
  })

  it('is sorted as the file says, else by time', () => {
    const columns = columnsOf(tab, 'Time')
    expect(initialSort({ property: 'flow', direction: 'ASC' }, columns)).toEqual({ column: flow, desc: false })
    expect(initialSort({ property: 'createdTime', direction: 'DESC' }, columns)).toEqual({ column: 'time', desc: true })
  })

  it('finds rows by what their cells say', () => {
    const columns = columnsOf(tab, 'Time')
    const found = findRows(rowsOf(tab, false), columns, ' AUTO', (row, { id }) => String(row.values.get(id) ?? ''))
    expect(found.map(({ ts }) => ts)).toEqual([3])
  })

  it('tells functions the time and the values by title', () => {
    const [row] = rowsOf(tab, false)
    expect(row && recordOf(row, columnsOf(tab, 'Time'))).toMatchObject({ Timestamp: 1, flow: 5, place: 'Hall' })
  })

  it('reads the switch of older files', () => {
    const { settings, upgrade } = timeSeriesTable
    const read = (given: Record<string, unknown>) =>
      settings.parse(upgrade?.(given, 'cards.timeseries_table')).dateFormat.format
    expect(read({ showMilliseconds: true })).toBe('yyyy-MM-dd HH:mm:ss.SSS')
    expect(read({})).toBe('yyyy-MM-dd HH:mm:ss')
  })
})
