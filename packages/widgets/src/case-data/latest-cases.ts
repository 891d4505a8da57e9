import type { WidgetCase, WidgetSeries } from '../widget.ts'
import { caseSeries } from './series.ts'

const ts = Date.UTC(2026, 0, 1)

const part = (label: string, value: unknown, color?: string, units = 'kW'): WidgetSeries =>
  caseSeries({
    id: label,
    entity: 'Plant',
    key: label,
    dataKey: { label, units, decimals: 1, ...(color ? { color } : {}) },
    points: value === undefined ? [] : [[ts, value]],
  })

const ready = (series: readonly WidgetSeries[]): WidgetCase['state'] => ({ status: 'ready', series, staleSince: null })

const power = [
  part('Wind', 34.2, '#08872B'),
  part('Solar', 21.7, '#FF4D5A'),
  part('Hydroelectric', 12.4, '#FFDE30'),
  part('Grid', 4.1),
]

/** What every chart of newest values must be able to show. */
export const latestCases = (settings: Record<string, unknown> = {}): WidgetCase[] => [
  { name: 'waiting for the first answer', settings, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'four values', settings, state: ready(power) },
  {
    name: 'sorted, legend at the right',
    settings: { ...settings, sortSeries: true, legendPosition: 'right' },
    state: ready([...power].reverse()),
  },
  { name: 'one value', settings, state: ready(power.slice(0, 1)) },
  { name: 'nothing but zeros', settings, state: ready([part('Wind', 0), part('Solar', 0)]) },
  { name: 'no values yet', settings, state: ready([part('Wind', undefined), part('Solar', undefined)]) },
  {
    name: 'texts, nothing, below zero and the largest there is',
    settings,
    state: ready([
      part('Text', 'strong'),
      part('Number in a text', '12.5'),
      part('Nothing', null),
      part('Not a number', Number.NaN),
      part('Below zero', -7),
      part('Huge', 40),
    ]),
  },
  { name: 'values beyond all measure', settings, state: ready([part('One', 1e308), part('Other', 9e307)]) },
  {
    name: '24 values with long names',
    settings,
    state: ready(
      Array.from({ length: 24 }, (_, i) => part(`Production line number ${i + 1} of the plant`, 3 + ((i * 7) % 11))),
    ),
  },
  {
    name: 'a ground of its own',
    settings: { ...settings, background: { type: 'color', color: '#0b2545' } },
    state: ready(power),
  },
]
