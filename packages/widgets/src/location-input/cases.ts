import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1)
const place = (latitude: unknown, longitude: unknown) => [
  caseSeries({ key: 'latitude', dataKey: { type: 'attribute' }, points: [[ts, latitude]] }),
  caseSeries({ key: 'longitude', dataKey: { type: 'attribute' }, points: [[ts, longitude]] }),
]
const ready = (series: ReturnType<typeof place>, staleSince: number | null = null): WidgetCase['state'] => ({
  ...{ status: 'ready', series, staleSince },
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'a place', settings: {}, state: ready(place(50.0755, 14.4378)) },
  {
    name: 'side by side, without the button',
    settings: { inputFieldsAlignment: 'row', showGetLocation: false },
    state: ready(place(50.0755, 14.4378)),
  },
  { name: 'not yet anywhere', settings: {}, state: ready(place(null, null)) },
  { name: 'values of another kind', settings: {}, state: ready(place('north', { odd: true })) },
  { name: 'stale', settings: {}, state: ready(place(50, 14), ts) },
]
