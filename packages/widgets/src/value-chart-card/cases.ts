import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const minute = 60_000
const start = Date.UTC(2026, 0, 1)
const window = { startTs: start, endTs: start + 60 * minute }
const wave = (index: number) => 21 + 3 * Math.sin(index / 7) + Math.sin(index * 1.7)
const ready = (values: readonly unknown[], staleSince: number | null = null): WidgetState => ({
  status: 'ready',
  staleSince,
  series: [
    caseSeries({
      dataKey: { label: 'Temperature', units: '°C', decimals: 1, color: '#2196f3' },
      points: values.map((value, index) => [start + (index * 60 * minute) / Math.max(1, values.length - 1), value]),
    }),
  ],
})
const usual = Array.from({ length: 61 }, (_, index) => wave(index))

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'an hour', settings: {}, state: ready(usual), window },
  { name: 'value on the right', settings: { layout: 'right' }, state: ready(usual), window },
  { name: 'line alone', settings: { showValue: false }, state: ready(usual), window },
  {
    name: 'colours by ranges, on a ground of its own',
    settings: {
      background: { type: 'color', color: '#182033' },
      valueColor: { type: 'range', color: '#000', rangeList: [{ from: 20, to: null, color: '#D81838' }] },
    },
    state: ready(usual),
    window,
  },
  { name: 'nothing in the window', settings: {}, state: ready([]), window },
  { name: 'one point', settings: {}, state: ready([21]), window },
  { name: 'always the same', settings: {}, state: ready([4, 4, 4]), window },
  { name: 'texts and gaps', settings: {}, state: ready([1, 'off', null, Number.NaN, 3, '5']), window },
  {
    name: '10,000 points',
    settings: {},
    state: ready(Array.from({ length: 10_000 }, (_, index) => wave(index / 160))),
    window,
  },
  { name: 'huge numbers', settings: {}, state: ready([1e18, -1e18, 5e18]), window },
  { name: 'stale', settings: {}, state: ready(usual, start), window },
]
