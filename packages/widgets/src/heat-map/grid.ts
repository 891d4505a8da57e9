import { keyLabel } from '../format.ts'
import { toNumber } from '../engines/chart/course.ts'
import { timeTicks } from '../engines/chart/time-ticks.ts'
import { fromLocal, toLocal } from '../engines/chart/zone.ts'
import type { TimeRange, WidgetSeries } from '../widget.ts'
import type { HeatMapSettings } from './manifest.ts'

export type HeatGrid = {
  rows: readonly string[]
  /** When each column begins; with one more, when the last one ends. */
  columns: readonly number[]
  isHoursByDays: boolean
  /** Row by row; NaN: nothing. */
  values: Float64Array
  min: number
  max: number
}

const hour = 3_600_000
const day = 24 * hour
const mostColumns = 400
const mostRows = 200

/** Folds numbers into cells. */
const createCells = (count: number, kind: HeatMapSettings['cellValue']) => {
  const values = new Float64Array(count).fill(Number.NaN)
  const counts = new Float64Array(count)
  return {
    add: (cell: number, value: number) => {
      const before = values[cell] ?? Number.NaN
      const n = (counts[cell] ?? 0) + 1
      counts[cell] = n
      if (kind === 'count') values[cell] = n
      else if (Number.isNaN(before) || kind === 'latest') values[cell] = value
      else if (kind === 'min') values[cell] = Math.min(before, value)
      else if (kind === 'max') values[cell] = Math.max(before, value)
      else if (kind === 'sum') values[cell] = before + value
      // Of averages the mean is moved, so that no sum can grow beyond all numbers.
      else values[cell] = before + (value - before) / n
    },
    values,
  }
}

/** Days of the zone that the range touches, each when it begins, and the end of the last one. */
const daysOf = (range: TimeRange, timeZone: string): number[] => {
  const first = Math.floor(toLocal(range.startTs, timeZone) / day)
  const last = Math.floor(toLocal(Math.max(range.startTs, range.endTs - 1), timeZone) / day)
  const count = Math.min(mostColumns, last - first + 1)
  // The newest days, if there are more than can be shown.
  const from = last - count + 1
  return Array.from({ length: count + 1 }, (_, index) => fromLocal((from + index) * day, timeZone))
}

const columnAt = (columns: readonly number[], ts: number): number => {
  let low = 0
  let high = columns.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((columns[middle] ?? 0) <= ts) low = middle
    else high = middle - 1
  }
  return low
}

const finished = (values: Float64Array) => {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  return min <= max ? { values, min, max } : { values, min: 0, max: 0 }
}

const hoursByDays = (series: readonly WidgetSeries[], p: GridOptions): HeatGrid => {
  const columns = daysOf(p.window, p.timeZone)
  const width = columns.length - 1
  const cells = createCells(24 * width, p.cellValue)
  for (const one of series) {
    for (const [ts, raw] of one.points) {
      const value = toNumber(raw)
      if (Number.isNaN(value) || ts < (columns[0] ?? 0) || ts >= (columns[width] ?? 0)) continue
      const local = toLocal(ts, p.timeZone)
      cells.add(Math.floor((((local % day) + day) % day) / hour) * width + columnAt(columns, ts), value)
    }
  }
  return {
    rows: Array.from({ length: 24 }, (_, index) => `${String(index).padStart(2, '0')}:00`),
    columns,
    isHoursByDays: true,
    ...finished(cells.values),
  }
}

const seriesByTime = (series: readonly WidgetSeries[], p: GridOptions): HeatGrid => {
  const shown = series.slice(0, mostRows)
  const { startTs, endTs } = p.window
  const ticks = timeTicks(p.window, Math.max(1, Math.min(mostColumns, p.columns)), p.timeZone)
  const columns = [startTs, ...ticks.filter((ts) => ts > startTs && ts < endTs), endTs]
  const width = columns.length - 1
  const cells = createCells(shown.length * width, p.cellValue)
  for (const [row, one] of shown.entries()) {
    for (const [ts, raw] of one.points) {
      const value = toNumber(raw)
      if (Number.isNaN(value) || ts < startTs || ts > endTs) continue
      cells.add(row * width + Math.min(width - 1, columnAt(columns, ts)), value)
    }
  }
  const keys = new Set(series.map((one) => one.dataKey.name))
  const rows = shown.map((one) => {
    const label = keyLabel(one.dataKey, one.entity.name)
    return keys.size === 1 ? one.entity.name : label.includes(one.entity.name) ? label : `${one.entity.name} · ${label}`
  })
  return { rows, columns, isHoursByDays: false, ...finished(cells.values) }
}

type GridOptions = {
  layout: HeatMapSettings['layout']
  cellValue: HeatMapSettings['cellValue']
  window: TimeRange
  timeZone: string
  /** For how many columns there is room. */
  columns: number
}

const fewestDays = 3

/** One series over days is looked at by the hours of its days; several are compared with each other. */
export const toGrid = (series: readonly WidgetSeries[], p: GridOptions): HeatGrid => {
  const main = series.filter((one) => one.role === 'main')
  const isLong = p.window.endTs - p.window.startTs >= fewestDays * day
  const byHours = p.layout === 'hoursByDays' || (p.layout === 'auto' && main.length <= 1 && isLong)
  return byHours ? hoursByDays(main, p) : seriesByTime(main, p)
}
