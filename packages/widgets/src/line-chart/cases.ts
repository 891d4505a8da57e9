import { chartCase, chartSeries, noticeCases, wave } from '../case-data/chart-cases.ts'
import type { WidgetCase } from '../widget.ts'

export const cases: WidgetCase[] = [
  ...noticeCases,
  chartCase('three lines', [
    chartSeries('Boiler', wave(0), { label: 'Flow' }),
    chartSeries('Boiler', wave(4), {
      name: 'back',
      label: 'Return',
      settings: { lineSettings: { lineType: 'dashed' } },
    }),
    chartSeries('Boiler', wave(7), { name: 'outside', label: 'Outside', settings: { lineSettings: { smooth: true } } }),
  ]),
  chartCase('steps', [
    chartSeries('Boiler', wave(0, 20), {
      label: 'Target',
      settings: { lineSettings: { step: true, stepType: 'end' } },
    }),
  ]),
]
