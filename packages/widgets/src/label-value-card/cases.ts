import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ready = (value: unknown, staleSince: number | null = null): WidgetState => ({
  status: 'ready',
  staleSince,
  series: [
    caseSeries({
      dataKey: { units: '°C', decimals: 1 },
      points: value === undefined ? [] : [[Date.UTC(2026, 0, 1), value]],
    }),
  ],
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'a number', settings: {}, state: ready(21.46) },
  { name: 'without label and icon', settings: { showLabel: false, showIcon: false }, state: ready(21.46) },
  {
    name: 'a long label',
    settings: { label: 'Temperature of the return pipe behind the second heat exchanger' },
    state: ready(21.46),
  },
  { name: 'a long text', settings: {}, state: ready('waiting for the operator to confirm') },
  { name: 'a date', settings: { label: 'Last service' }, state: ready('2026-01-01 10:15:30') },
  { name: 'a huge number', settings: {}, state: ready(1.5e300) },
  { name: 'not a number', settings: {}, state: ready(Number.NaN) },
  { name: 'never reported', settings: {}, state: ready(undefined) },
  { name: 'stale', settings: {}, state: ready(3, Date.UTC(2026, 0, 1)) },
]
