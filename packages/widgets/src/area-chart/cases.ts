import { chartCase, chartSeries, noticeCases, wave } from '../case-data/chart-cases.ts'
import type { WidgetCase } from '../widget.ts'

const power = (name: string, shift: number) =>
  chartSeries(name, wave(shift, 60, 2, 5), { name: 'power', label: 'Power', units: 'kW' })

export const cases: WidgetCase[] = [
  ...noticeCases,
  chartCase('one area', [power('Solar', 0)]),
  chartCase('stacked', [power('Solar', 0), power('Wind', 1), power('Grid', 2)], {
    stack: true,
    tooltipStackedShowTotal: true,
  }),
  chartCase(
    'stacked, at other times',
    [power('Solar', 0), chartSeries('Wind', wave(1, 17, 2, 5), { name: 'power', label: 'Power', units: 'kW' })],
    { stack: true },
    { interval: 0 },
  ),
]
