import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase } from '../widget.ts'

const series = (entity: string, key: string, value: unknown) =>
  caseSeries({ entity, key, points: value === undefined ? [] : [[Date.UTC(2026, 0, 1), value]] })

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  {
    name: 'numbers, switches and missing values',
    settings: { entityNameColumnTitle: 'Pump', defaultSortOrder: '-flow' },
    state: {
      status: 'ready',
      staleSince: null,
      series: [
        series('Pump 1', 'flow', 3.2),
        series('Pump 1', 'active', true),
        series('Pump 2', 'flow', undefined),
        series('Pump 2', 'active', false),
      ],
    },
  },
  {
    name: 'stale',
    settings: {},
    state: { status: 'ready', staleSince: Date.UTC(2026, 0, 1), series: [series('Pump 1', 'mode', { a: 1 })] },
  },
]
