import { chartCase, chartSeries, noticeCases, wave } from '../case-data/chart-cases.ts'
import type { WidgetCase } from '../widget.ts'

const energy = (name: string, shift: number) =>
  chartSeries(name, wave(shift, 12, 2, 4), { name: 'energy', label: 'Energy', units: 'kWh' })
const interval = 5 * 60_000

export const cases: WidgetCase[] = [
  ...noticeCases,
  chartCase('one bar an interval', [energy('Hall', 0)], {}, { interval }),
  chartCase('side by side', [energy('Hall', 0), energy('Office', 1), energy('Yard', 2)], {}, { interval }),
  chartCase(
    'stacked',
    [energy('Hall', 0), energy('Office', 1), energy('Yard', 2)],
    { stack: true, tooltipStackedShowTotal: true },
    { interval },
  ),
  chartCase(
    'above and below zero',
    [chartSeries('Hall', wave(0, 12, 4, 0), { label: 'Balance', units: 'kWh' })],
    {},
    { interval },
  ),
  chartCase(
    'labels',
    [
      chartSeries('Hall', wave(0, 12, 2, 4), {
        label: 'Energy',
        units: '',
        settings: { barSettings: { showLabel: true } },
      }),
    ],
    {},
    { interval },
  ),
  chartCase('raw points', [energy('Hall', 0)], {}, { interval: 0 }),
]
