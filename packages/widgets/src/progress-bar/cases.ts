import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ready = (value: unknown, staleSince: number | null = null): WidgetState => ({
  status: 'ready',
  staleSince,
  series: [
    caseSeries({
      key: 'charge',
      dataKey: { label: 'Charge', units: '%', decimals: 0 },
      points: value === undefined ? [] : [[Date.UTC(2026, 0, 1), value]],
    }),
  ],
})
const ranges = [
  { from: null, to: 20, color: '#D81838' },
  { from: 20, to: 60, color: '#FFA600' },
  { from: 60, to: null, color: '#3FA71A' },
]

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'a number', settings: {}, state: ready(64.2) },
  { name: 'simplified', settings: { layout: 'simplified' }, state: ready(64.2) },
  {
    name: 'colours by ranges',
    settings: { barColor: { type: 'range', color: '#888', rangeList: ranges } },
    state: ready(12),
  },
  { name: 'other ends', settings: { tickMin: -40, tickMax: 120 }, state: ready(64.2) },
  { name: 'at the lower end', settings: {}, state: ready(0) },
  { name: 'beyond the upper end', settings: {}, state: ready(340) },
  { name: 'below the lower end', settings: {}, state: ready(-3) },
  { name: 'ends the wrong way round', settings: { tickMin: 100, tickMax: 0 }, state: ready(30) },
  { name: 'a text', settings: {}, state: ready('charging') },
  { name: 'null', settings: {}, state: ready(null) },
  { name: 'not a number', settings: {}, state: ready(Number.NaN) },
  { name: 'never reported', settings: {}, state: ready(undefined) },
  { name: 'stale', settings: {}, state: ready(64, Date.UTC(2026, 0, 1)) },
]
