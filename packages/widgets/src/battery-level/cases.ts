import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ready = (value: unknown, staleSince: number | null = null): WidgetState => ({
  status: 'ready',
  staleSince,
  series: [
    caseSeries({
      key: 'batteryLevel',
      dataKey: { label: 'Battery', units: '%', decimals: 0 },
      points: value === undefined ? [] : [[Date.UTC(2026, 0, 1), value]],
    }),
  ],
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'standing', settings: {}, state: ready(78) },
  { name: 'lying', settings: { layout: 'horizontal_solid' }, state: ready(78) },
  { name: 'standing, divided', settings: { layout: 'vertical_divided' }, state: ready(41) },
  { name: 'lying, divided', settings: { layout: 'horizontal_divided', sectionsCount: 5 }, state: ready(41) },
  { name: 'low', settings: {}, state: ready('12') },
  { name: 'empty', settings: {}, state: ready(0) },
  { name: 'more than full', settings: {}, state: ready(340) },
  { name: 'less than empty', settings: {}, state: ready(-3) },
  { name: 'without the value', settings: { showValue: false }, state: ready(78) },
  { name: 'a text', settings: {}, state: ready('charging') },
  { name: 'null', settings: {}, state: ready(null) },
  { name: 'not a number', settings: {}, state: ready(Number.NaN) },
  { name: 'never reported', settings: {}, state: ready(undefined) },
  { name: 'stale', settings: {}, state: ready(78, Date.UTC(2026, 0, 1)) },
]
