import { chartCase, chartSeries, noticeCases, wave } from '../case-data/chart-cases.ts'
import type { WidgetCase } from '../widget.ts'

export const cases: WidgetCase[] = [
  ...noticeCases,
  chartCase('points', [chartSeries('Scale', wave(0, 40, 8), { label: 'Weight', units: 'kg' })], {}, { interval: 0 }),
  chartCase(
    'shapes',
    [
      chartSeries('Scale', wave(0, 30, 8), {
        label: 'Gross',
        units: 'kg',
        settings: { lineSettings: { pointShape: 'diamond' } },
      }),
      chartSeries('Scale', wave(6, 30, 8), {
        name: 'net',
        label: 'Net',
        units: 'kg',
        settings: { lineSettings: { pointShape: 'triangle' } },
      }),
    ],
    {},
    { interval: 0 },
  ),
]
