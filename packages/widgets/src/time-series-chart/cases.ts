import type { LivePoint } from '@thingwire/contracts'
import type { WidgetCase, WidgetSeries } from '../widget.ts'

const start = Date.UTC(2026, 0, 1)
const wave = (shift: number): LivePoint[] =>
  Array.from({ length: 60 }, (_, i) => [start + i * 60_000, 20 + shift + Math.sin((i + shift) / 8) * 3])

const series = (id: string, units: string, points: LivePoint[]): WidgetSeries => ({
  id,
  entityId: id,
  entityName: `Sensor ${id}`,
  dataKey: { name: 'temperature', type: 'timeseries', label: 'Temperature', units, decimals: 1, settings: {} },
  points,
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  {
    name: 'one line',
    settings: {},
    state: { status: 'ready', series: [series('A', '°C', wave(0))], staleSince: null },
  },
  {
    name: 'two units, stale, without legend',
    settings: { showLegend: false },
    state: { status: 'ready', series: [series('A', '°C', wave(0)), series('B', '%', wave(9))], staleSince: start },
  },
  { name: 'no points', settings: {}, state: { status: 'ready', series: [series('A', '°C', [])], staleSince: null } },
]
