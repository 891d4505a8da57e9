import { bars } from '../bars/manifest.ts'
import { doughnut } from '../doughnut/manifest.ts'
import { heatMap } from '../heat-map/manifest.ts'
import { horizontalDoughnut } from '../horizontal-doughnut/manifest.ts'
import { pie } from '../pie/manifest.ts'
import { polarArea } from '../polar-area/manifest.ts'
import { radar } from '../radar/manifest.ts'
import { areaChart } from '../area-chart/manifest.ts'
import { barChart } from '../bar-chart/manifest.ts'
import { barChartWithLabels } from '../bar-chart-with-labels/manifest.ts'
import { combinedChart } from '../combined-chart/manifest.ts'
import { lineChart } from '../line-chart/manifest.ts'
import { pointChart } from '../point-chart/manifest.ts'
import { rangeChart } from '../range-chart/manifest.ts'
import { stateChart } from '../state-chart/manifest.ts'
import { timeSeriesChart } from '../time-series-chart/manifest.ts'
import type { WidgetFamily } from './family.ts'

export const charts: WidgetFamily = {
  alias: 'charts',
  title: 'Charts',
  description: 'Values over time, and shares of a whole.',
  order: 10,
  widgets: [
    timeSeriesChart,
    lineChart,
    barChart,
    pointChart,
    areaChart,
    combinedChart,
    stateChart,
    rangeChart,
    barChartWithLabels,
    heatMap,
    bars,
    pie,
    doughnut,
    horizontalDoughnut,
    polarArea,
    radar,
  ],
}
