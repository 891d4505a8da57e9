import { chartCase, chartSeries, noticeCases, wave } from '../case-data/chart-cases.ts'
import type { WidgetCase } from '../widget.ts'

const interval = 5 * 60_000

export const cases: WidgetCase[] = [
  ...noticeCases,
  chartCase(
    'rain and temperature',
    [
      chartSeries('Weather', wave(0, 12, 2, 3), { name: 'rain', label: 'Rain', units: 'mm', settings: {} }),
      chartSeries('Weather', wave(0, 12), { label: 'Temperature', settings: {} }),
    ],
    {},
    { interval },
  ),
]
