import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetSeries, WidgetState } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1)
const row = (entity: string, key: string, value: unknown, units?: string): WidgetSeries =>
  caseSeries({
    entity,
    key,
    dataKey: { type: 'attribute', ...(units ? { units } : {}) },
    points: value === undefined ? [] : [[ts, value]],
  })
const ready = (series: WidgetSeries[], staleSince: number | null = null): WidgetState => ({
  status: 'ready',
  staleSince,
  series,
})
const pump = [
  row('Pump 1', 'serialNumber', 'A-1003-77'),
  row('Pump 1', 'firmware', '2.14.0'),
  row('Pump 1', 'flow', 3.21, 'l/min'),
  row('Pump 1', 'active', true),
  row('Pump 1', 'owner', undefined),
]

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'one entity', settings: {}, state: ready(pump) },
  {
    name: 'several entities',
    settings: {},
    state: ready([...pump, row('Pump 2', 'serialNumber', 'A-1004-02'), row('Pump 2', 'flow', null)]),
  },
  {
    name: 'long keys, huge texts, objects',
    settings: {},
    state: ready([
      row('Pump 1', 'descriptionOfTheLastMaintenance', 'Sealing replaced. '.repeat(400)),
      row('Pump 1', 'json', { mode: 'auto', limits: [1, 2, 3] }),
      row('Pump 1', 'nan', Number.NaN, 'bar'),
    ]),
  },
  {
    name: '10,000 values',
    settings: {},
    state: ready(
      Array.from({ length: 10_000 }, (_, index) => row(`Pump ${Math.floor(index / 4)}`, `key ${index % 4}`, index)),
    ),
  },
  { name: 'stale', settings: {}, state: ready(pump, ts) },
]
