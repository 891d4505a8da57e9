import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1)
const drawn = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48"><rect width="64" height="48" fill="#dbe4ee"/><path d="M8 40 26 16l12 14 8-9 12 19z" fill="#5b7a99"/></svg>',
)}`
const ready = (value: unknown, staleSince: number | null = null): WidgetCase['state'] => ({
  status: 'ready',
  series: [caseSeries({ key: 'photo', dataKey: { type: 'attribute' }, points: [[ts, value]] })],
  staleSince,
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'a picture', settings: { displayClearButton: true }, state: ready(drawn) },
  { name: 'no picture yet', settings: {}, state: ready(null) },
  { name: 'no picture at all', settings: {}, state: ready({ odd: 7 }) },
  { name: 'stale', settings: {}, state: ready(drawn, ts) },
]
