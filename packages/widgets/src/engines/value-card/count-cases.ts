import { caseSeries } from '../../case-data/series.ts'
import type { WidgetCase, WidgetState } from '../../widget.ts'

const ready = (value: unknown, staleSince: number | null = null): WidgetState => ({
  status: 'ready',
  staleSince,
  series: [
    caseSeries({
      key: 'count',
      dataKey: { type: 'count', label: 'Count' },
      points: value === undefined ? [] : [[Date.UTC(2026, 0, 1), value]],
    }),
  ],
})

export const countCases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'nothing to count', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'some', settings: {}, state: ready(42) },
  { name: 'none', settings: {}, state: ready(0) },
  { name: 'in a row', settings: { layout: 'row' }, state: ready(42) },
  { name: 'with a chevron', settings: { showChevron: true }, state: ready(42) },
  {
    name: 'icon without a disc',
    settings: { showIconBackground: false, iconColor: { color: '#D81838' } },
    state: ready(3),
  },
  { name: 'very many', settings: {}, state: ready(123_456_789) },
  {
    name: 'a long label',
    settings: { label: 'Devices that have not been heard of since yesterday evening' },
    state: ready(42),
  },
  { name: 'not a number', settings: {}, state: ready(Number.NaN) },
  { name: 'not counted yet', settings: {}, state: ready(undefined) },
  { name: 'stale', settings: {}, state: ready(42, Date.UTC(2026, 0, 1)) },
]
