import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ready = (value: unknown, staleSince: number | null = null): WidgetState => ({
  status: 'ready',
  staleSince,
  series: [
    caseSeries({
      key: 'rssi',
      dataKey: { label: 'Signal', units: 'dBm', decimals: 0 },
      points: value === undefined ? [] : [[Date.UTC(2026, 0, 1), value]],
    }),
  ],
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'strong', settings: {}, state: ready(-48) },
  { name: 'bars', settings: { layout: 'cellular_bar', showDate: true }, state: ready(-64) },
  { name: 'fair', settings: {}, state: ready(-72) },
  { name: 'weak', settings: { layout: 'cellular_bar' }, state: ready(-90) },
  { name: 'no signal', settings: {}, state: ready(-118) },
  { name: 'a text', settings: { layout: 'cellular_bar' }, state: ready('searching') },
  { name: 'null', settings: {}, state: ready(null) },
  { name: 'not a number', settings: {}, state: ready(Number.NaN) },
  { name: 'never reported', settings: {}, state: ready(undefined) },
  { name: 'stale', settings: {}, state: ready(-48, Date.UTC(2026, 0, 1)) },
]
