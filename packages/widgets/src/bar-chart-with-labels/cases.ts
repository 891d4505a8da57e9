import { chartCase, chartSeries, noticeCases, wave } from '../case-data/chart-cases.ts'
import type { WidgetCase } from '../widget.ts'

const interval = 10 * 60_000

export const cases: WidgetCase[] = [
  ...noticeCases,
  chartCase(
    'two keys',
    [
      chartSeries('Air', wave(0, 6, 12, 40), { name: 'humidity', label: 'Humidity', units: '%' }),
      chartSeries('Air', wave(3, 6, 5, 20), { name: 'moisture', label: 'Moisture', units: '%' }),
    ],
    {},
    { interval },
  ),
  chartCase(
    'values only',
    [chartSeries('Air', wave(0, 6, 12, 40), { label: 'Humidity', units: '%' })],
    { showBarLabel: false },
    { interval },
  ),
]
