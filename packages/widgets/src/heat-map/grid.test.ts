import type { LivePoint } from '@thingwire/contracts'
import { expect, it } from 'vitest'
import { caseSeries } from '../case-data/series.ts'
import { toGrid } from './grid.ts'
import { cellAt, layoutOf } from './paint.ts'

const hour = 3_600_000
const start = Date.UTC(2026, 2, 28)
const options = {
  layout: 'auto',
  cellValue: 'avg',
  timeZone: 'UTC',
  columns: 12,
  window: { startTs: start, endTs: start + 96 * hour },
} as const
const series = (entity: string, points: readonly LivePoint[]) => caseSeries({ id: entity, entity, points })

it('one series over days becomes hours by days', () => {
  const grid = toGrid(
    [
      series('A', [
        [start + hour, 10],
        [start + hour + 1, 20],
        [start + 25 * hour, 7],
        [start + 26 * hour, 'warm'],
      ]),
    ],
    options,
  )
  expect([grid.rows.length, grid.columns.length]).toEqual([24, 5])
  expect([grid.values[4], grid.values[5], grid.min, grid.max]).toEqual([15, 7, 7, 15])
  expect(grid.values.filter((value) => !Number.isNaN(value))).toHaveLength(2)
})

it('days and hours are those of the zone, also when its clocks are changed', () => {
  const zone = { ...options, timeZone: 'Europe/Berlin' }
  const grid = toGrid(
    [
      series('A', [
        [Date.UTC(2026, 2, 28, 23, 30), 1],
        [Date.UTC(2026, 2, 29, 22, 30), 2],
      ]),
    ],
    zone,
  )
  const width = grid.columns.length - 1
  const cells = Array.from(grid.values).flatMap((value, index) =>
    Number.isNaN(value) ? [] : [[Math.floor(index / width), index % width, value]],
  )
  // Half past midnight of the day that loses an hour, and of the day after it.
  expect(cells).toEqual([
    [0, 1, 1],
    [0, 2, 2],
  ])
})

it('several series are rows over time', () => {
  const window = { startTs: start, endTs: start + 2 * hour }
  const grid = toGrid(
    [
      series('A', [
        [start, 1],
        [start + 2 * hour, 3],
      ]),
      series('B', [[start + hour, 5]]),
    ],
    { ...options, window, cellValue: 'count' },
  )
  expect(grid.rows).toEqual(['A', 'B'])
  expect(grid.values.filter((value) => value === 1)).toHaveLength(3)
})

it('tells the cell under a place', () => {
  const layout = layoutOf(toGrid([series('A', [])], options), { width: 400, height: 300 })
  expect(cellAt(layout, layout.left + 1, layout.top + 1)).toEqual({ row: 0, column: 0 })
  expect(cellAt(layout, 399, 290)).toBeNull()
  expect(cellAt(layout, 2, 20)).toBeNull()
})
