import { chartCase, chartSeries, noticeCases, wave } from '../case-data/chart-cases.ts'
import type { WidgetCase } from '../widget.ts'

export const cases: WidgetCase[] = [
  ...noticeCases,
  chartCase('temperatures', [chartSeries('Room', wave(0, 60, 18, 18))]),
  chartCase('without lines at the edges, with gaps between ranges', [chartSeries('Room', wave(0, 60, 18, 18))], {
    showRangeThresholds: false,
    rangeColors: [
      { from: 10, to: 20, color: '#3B911C' },
      { from: 30, color: '#D81838' },
    ],
  }),
  chartCase('one limit', [chartSeries('Room', wave(0, 60, 18, 18))], {
    rangeColors: [
      { to: 20, color: '#3B911C' },
      { from: 20, color: '#D81838' },
    ],
  }),
]
