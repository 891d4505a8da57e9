import type { LivePoint } from '@thingwire/contracts'
import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetSeries } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1, 8)
const line = (count: number, value: (n: number) => unknown): LivePoint[] =>
  Array.from({ length: count }, (_, n): LivePoint => [ts + n * 60_000, value(n)])
const temperature = (entity: string, count: number) =>
  caseSeries({
    ...{ entity, key: 'temperature' },
    dataKey: { label: 'Temperature', units: '°C', decimals: 1 },
    points: line(count, (n) => 20 + Math.sin(n / 5) * 6),
  })
const mode = caseSeries({
  ...{ entity: 'Pump 1', key: 'mode' },
  dataKey: { label: 'Mode' },
  points: line(12, (n) => (n % 2 === 0 ? 'auto' : 'manual')),
})
const shown = (name: string, series: readonly WidgetSeries[], settings = {}, staleSince: number | null = null) => ({
  ...{ name, settings },
  state: { status: 'ready' as const, staleSince, series },
})

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  shown('one entity', [temperature('Pump 1', 8), mode]),
  shown('a tab an entity', [temperature('Pump 1', 40), mode, temperature('Pump 2', 5)]),
  shown('the newest of a key beside', [
    temperature('Pump 1', 8),
    caseSeries({ entity: 'Pump 1', key: 'hall', role: 'beside', dataKey: { label: 'Hall' }, points: [[ts, 'North']] }),
  ]),
  shown('no points in this time', [temperature('Pump 1', 0)]),
  shown('stale', [temperature('Pump 1', 8)], {}, ts),
  shown('without bar, pages and time', [temperature('Pump 1', 30)], {
    ...{ enableSearch: false, enableSelectColumnDisplay: false, displayPagination: false, showTimestamp: false },
  }),
  shown('ten thousand rows on one page', [temperature('Pump 1', 10_000)], { displayPagination: false }),
  shown('odd values', [
    caseSeries({
      entity: 'Pump 1',
      key: 'odd',
      points: [
        [ts, Number.NaN],
        [ts + 1, null],
        [ts + 2, '<img src=x onerror=alert(1)>'],
        [ts + 3, { a: [1, 2] }],
        [ts + 4, 'x'.repeat(5_000)],
        [ts + 5, true],
      ],
    }),
  ]),
]
