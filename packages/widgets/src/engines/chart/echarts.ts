import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, MarkAreaComponent, MarkLineComponent, VisualMapPiecewiseComponent } from 'echarts/components'
import { type ECharts, init, setPlatformAPI, use as register } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'
import { strokeInPieces } from './long-strokes.ts'

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
setPlatformAPI({
  createCanvas: () => {
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('2d')
    if (context) strokeInPieces(context)
    return canvas
  },
})

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

/** Changes a chart and draws it before this returns; its loop begins only when something is left to be drawn then. */
export const drawNow = (chart: ECharts, change: () => void): void => {
  const { animation } = chart.getZr()
  let isFinished = false
  const finish = () => {
    isFinished = true
  }
  animation.start = () => {}
  chart.on('finished', finish)
  try {
    change()
  } finally {
    chart.off('finished', finish)
    Reflect.deleteProperty(animation, 'start')
    if (!isFinished) animation.start()
  }
}
