import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, MarkAreaComponent, MarkLineComponent, VisualMapPiecewiseComponent } from 'echarts/components'
import { type ECharts, init, use as register } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'

register([
  LineChart,
  BarChart,
  GridComponent,
  MarkLineComponent,
  MarkAreaComponent,
  VisualMapPiecewiseComponent,
  LabelLayout,
  CanvasRenderer,
])

/** px in the chart's box. */
export type Plot = { x: number; y: number; width: number; height: number }

type Inner = {
  getModel: () => {
    getComponent: (type: string, index: number) => { coordinateSystem?: { getRect?: () => Plot } } | null
  }
}

/** Where axes begin and end; ECharts has no public way to tell. */
export const plotOf = (chart: ECharts): Plot | null => {
  const rect = (chart as unknown as Inner).getModel().getComponent('grid', 0)?.coordinateSystem?.getRect?.()
  return rect ? { x: rect.x, y: rect.y, width: rect.width, height: rect.height } : null
}

/** Its loop of frames stands still whenever all is drawn: ECharts itself would ask the browser for ten more. */
export const createChart = (box: HTMLElement): ECharts => {
  const chart = init(box, null, { renderer: 'canvas' })
  chart.on('finished', () => chart.getZr().animation.stop())
  return chart
}
