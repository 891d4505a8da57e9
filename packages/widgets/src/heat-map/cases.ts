import type { LivePoint } from '@thingwire/contracts'
import { chartCase, chartSeries, noticeCases, wave } from '../case-data/chart-cases.ts'
import type { WidgetCase } from '../widget.ts'

const day = 86_400_000
const start = Date.UTC(2026, 0, 1)
const hours = (count: number): LivePoint[] =>
  Array.from({ length: count }, (_, i) => [
    start + i * 3_600_000,
    18 + Math.sin(((i % 24) - 8) / 3.8) * 6 + Math.sin(i / 40) * 2 + (i % 5) * 0.2,
  ])
const weeks = { window: { startTs: start, endTs: start + 28 * day }, interval: 3_600_000 }

export const cases: WidgetCase[] = [
  ...noticeCases,
  chartCase('hours by days', [chartSeries('Hall', hours(28 * 24))], {}, weeks),
  chartCase(
    'rooms by time',
    ['Hall', 'Office', 'Yard', 'Cellar', 'A room with a rather long name'].map((name, i) =>
      chartSeries(name, wave(i * 1.3)),
    ),
  ),
  chartCase(
    'values in the cells, colours of a file, a day without values',
    [
      chartSeries(
        'Hall',
        hours(7 * 24).filter(([ts]) => ts < start + 3 * day || ts > start + 4 * day),
      ),
    ],
    {
      showValues: true,
      color: {
        type: 'gradient',
        gradient: { gradient: ['#2c7bb6', '#ffffbf', '#d7191c'], minValue: 10, maxValue: 26 },
      },
    },
    { ...weeks, window: { startTs: start, endTs: start + 7 * day } },
  ),
  chartCase(
    'texts, extremes and one value',
    [
      chartSeries('Hall', [
        [start, 'warm'],
        [start + day, Number.NaN],
        [start + 2 * day, 1e308],
      ]),
    ],
    {},
    weeks,
  ),
  chartCase('no points', [chartSeries('Hall', [])]),
]
