import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1)
const ready = (value: unknown, staleSince: number | null = null, label = 'Temperature'): WidgetState => ({
  status: 'ready',
  staleSince,
  series: [
    caseSeries({ dataKey: { label, units: '°C', decimals: 1 }, points: value === undefined ? [] : [[ts, value]] }),
  ],
})
const ranges = [
  { from: null, to: 18, color: '#305AD7' },
  { from: 18, to: 24, color: '#3FA71A' },
  { from: 24, to: null, color: '#D81838' },
]

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'a number', settings: {}, state: ready(21.46) },
  { name: 'vertical', settings: { layout: 'vertical' }, state: ready(21.46) },
  { name: 'centred', settings: { layout: 'centered' }, state: ready(21.46) },
  { name: 'simplified', settings: { layout: 'simplified' }, state: ready(21.46) },
  { name: 'horizontal', settings: { layout: 'horizontal' }, state: ready(21.46) },
  { name: 'horizontal, reversed', settings: { layout: 'horizontal_reversed' }, state: ready(21.46) },
  {
    name: 'colours by ranges',
    settings: {
      iconColor: { type: 'range', color: '#000', rangeList: ranges },
      valueColor: { type: 'range', color: '#000', rangeList: ranges },
    },
    state: ready(26.2),
  },
  {
    name: 'on a ground of its own',
    settings: { background: { type: 'color', color: '#3F52DD' }, icon: 'mdi:water-percent' },
    state: ready(26.2),
  },
  {
    name: 'a long text, centred',
    settings: { layout: 'centered' },
    state: ready('waiting for the operator to confirm'),
  },
  { name: 'a huge text', settings: {}, state: ready('x'.repeat(5_000)) },
  { name: 'a huge number', settings: {}, state: ready(-1.234567e18) },
  { name: 'not a number', settings: {}, state: ready(Number.NaN) },
  { name: 'null', settings: {}, state: ready(null) },
  { name: 'an object', settings: {}, state: ready({ on: true, level: [1, 2] }) },
  {
    name: 'a long label',
    settings: {},
    state: ready(21.46, null, 'Temperature of the return pipe behind the second heat exchanger'),
  },
  { name: 'never reported', settings: {}, state: ready(undefined) },
  {
    name: 'a colour function that fails',
    settings: { valueColor: { type: 'function', color: '#000', colorFunction: 'return missing.color' } },
    state: ready(21.46),
  },
  { name: 'stale', settings: { showDate: false }, state: ready(3, Date.UTC(2026, 0, 1)) },
]
