import type { WidgetCase, WidgetState } from '../widget.ts'

const ready = (value: unknown, staleSince: number | null = null): WidgetState => ({
  status: 'ready',
  staleSince,
  series: [
    {
      id: 'a',
      entityId: 'a',
      entityName: 'Sensor A',
      dataKey: {
        name: 'temperature',
        type: 'timeseries',
        label: 'Temperature',
        units: '°C',
        decimals: 1,
        settings: {},
      },
      points: value === undefined ? [] : [[Date.UTC(2026, 0, 1), value]],
    },
  ],
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'a number', settings: {}, state: ready(21.46) },
  {
    name: 'a long text, centred',
    settings: { layout: 'centered' },
    state: ready('waiting for the operator to confirm'),
  },
  { name: 'never reported', settings: {}, state: ready(undefined) },
  { name: 'stale', settings: { showDate: false }, state: ready(3, Date.UTC(2026, 0, 1)) },
]
