import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetSeries, WidgetState } from '../widget.ts'

const minute = 60_000
const start = Date.UTC(2026, 0, 1)
const window = { startTs: start, endTs: start + 60 * minute }
const usual = Array.from({ length: 61 }, (_, index) => 48 + 6 * Math.sin(index / 9) + Math.sin(index * 1.3))

const main = (values: readonly unknown[]): WidgetSeries =>
  caseSeries({
    key: 'humidity',
    dataKey: { label: 'Humidity', units: '%', decimals: 0, color: '#0d8f7c' },
    points: values.map((value, index) => [start + index * minute, value]),
  })
const beside = (id: string, value: unknown, units: string, settings: Record<string, unknown>): WidgetSeries =>
  caseSeries({
    id,
    key: 'humidity',
    role: 'beside',
    dataKey: { label: 'Humidity', units, decimals: 0, settings },
    points: [[start + 60 * minute, value]],
  })
const ranges = [
  { from: null, to: 0, color: '#3FA71A' },
  { from: 0, to: null, color: '#D81838' },
]
const delta = { font: { size: 14 }, showArrow: true, color: { type: 'range', color: '#888', rangeList: ranges } }
const all = (value: unknown, values: readonly unknown[] = usual) => [
  main(values),
  beside('center', value, '%', { position: 'center', font: { size: 52 } }),
  beside('percent', 12.4, '%', { position: 'rightTop', ...delta }),
  beside('absolute', -5, '%', { position: 'rightBottom', ...delta }),
]
const ready = (series: WidgetSeries[], staleSince: number | null = null): WidgetState => ({
  status: 'ready',
  staleSince,
  series,
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'a value and how it changed', settings: {}, state: ready(all(51.2)), window },
  {
    name: 'all five places',
    settings: {},
    state: ready([
      ...all(51.2),
      beside('low', 41, '%', { position: 'leftTop', font: { size: 14 } }),
      beside('high', 56, '%', { position: 'leftBottom', font: { size: 14 } }),
    ]),
    window,
  },
  { name: 'no keys beside the series', settings: {}, state: ready([main(usual)]), window },
  { name: 'without the line', settings: { showChart: false }, state: ready(all(51.2)), window },
  { name: 'on a ground of its own', settings: { background: { color: '#14213d' } }, state: ready(all(51.2)), window },
  { name: 'a text and a flat line', settings: {}, state: ready(all('open', [4, 4, 4])), window },
  { name: 'not a number, no points', settings: {}, state: ready(all(Number.NaN, [])), window },
  { name: 'a huge number', settings: {}, state: ready(all(1.2e15, [1e15, -1e15])), window },
  { name: 'stale', settings: {}, state: ready(all(51.2), start), window },
]
