import type { WidgetSeries } from '../widget.ts'
import { formatValue } from '../format.ts'
import { type ChartPoint, standsAlone, toChartPoints } from './gaps.ts'
import { type ChartKeySettings, chartKeySettingsSchema } from './manifest.ts'
import type { ChartTheme } from './theme.ts'

export type ChartSeries = { series: WidgetSeries; settings: ChartKeySettings; color: string; axis: number }

/**
 * Colours and axes of the series. The file's colour goes to the first series that has it; when an alias stands for many
 * entities the others take colours of the theme. Keys of a second unit get an axis of their own on the right.
 */
export const arrange = (list: readonly WidgetSeries[], theme: Pick<ChartTheme, 'series'>): ChartSeries[] => {
  const taken = new Set<string>()
  const units = [...new Set(list.map((series) => series.dataKey.units ?? ''))]
  return list.map((series, index) => {
    const wanted = series.dataKey.color?.toLowerCase()
    const free = theme.series.filter((color) => !taken.has(color))
    const color =
      wanted && !taken.has(wanted) ? wanted : (free[0] ?? theme.series[index % theme.series.length] ?? '#888888')
    taken.add(color)
    const settings = chartKeySettingsSchema.parse(series.dataKey.settings)
    return { series, settings, color, axis: Math.min(1, units.indexOf(series.dataKey.units ?? '')) }
  })
}

type Frame = {
  arranged: readonly ChartSeries[]
  hidden: ReadonlySet<string>
  window: { startTs: number; endTs: number }
  interval: number
  theme: ChartTheme
  locale: string
  settings: { stack: boolean; yMin: number | null; yMax: number | null }
}

/** A course that never changes would get an axis from half to one and a half times its value. */
const flatEdge = (offset: number) => (range: { min: number; max: number }) =>
  range.min === range.max ? range.min + offset : null

const yAxis = (frame: Frame, position: 'left' | 'right', isShown: boolean) => {
  const index = position === 'left' ? 0 : 1
  const first = frame.arranged.find((item) => item.axis === index)
  const units = first?.series.dataKey.units ?? ''
  return {
    type: 'value',
    position,
    show: isShown,
    scale: true,
    min: frame.settings.yMin ?? flatEdge(-1),
    max: frame.settings.yMax ?? flatEdge(1),
    splitNumber: 4,
    axisLabel: {
      color: frame.theme.text,
      fontSize: 11,
      fontFamily: frame.theme.font,
      formatter: (value: number) => `${formatValue(value, { name: '' }, frame.locale)}${units ? ` ${units}` : ''}`,
    },
    splitLine: { show: position === 'left', lineStyle: { color: frame.theme.line, width: 1 } },
    axisLine: { show: false },
    axisTick: { show: false },
  }
}

/** Dots at every point, or only where a point has no line to be seen on. */
const dotsOf = (data: readonly ChartPoint[], everywhere: boolean) => {
  const isLone = everywhere ? [] : data.map((_, index) => standsAlone(data, index))
  if (!isLone.includes(true)) return { showSymbol: everywhere }
  return {
    showSymbol: true,
    symbol: 'none',
    data: data.map((point, index) => (isLone[index] ? { value: point, symbol: 'circle' } : point)),
  }
}

const drawn = (item: ChartSeries, frame: Frame) => {
  const { lineSettings: line, type } = item.settings
  const fill = line.fillAreaSettings
  const common = {
    id: item.series.id,
    yAxisIndex: item.axis,
    data: frame.hidden.has(item.series.id) ? [] : toChartPoints(item.series.points, frame.interval),
    color: item.color,
    ...(frame.settings.stack ? { stack: `axis-${item.axis}` } : {}),
  }
  if (type === 'bar') {
    return {
      ...common,
      type: 'bar',
      barMaxWidth: 24,
      itemStyle: { borderRadius: [2, 2, 0, 0] },
      emphasis: { disabled: true },
    }
  }
  return {
    ...common,
    ...dotsOf(common.data, line.showPoints || !line.showLine),
    type: 'line',
    smooth: line.smooth ? 0.25 : false,
    step: line.step ? line.stepType : false,
    symbolSize: 5,
    lineStyle: { width: line.showLine ? Math.min(line.lineWidth, 2) : 0, type: line.lineType },
    ...(fill.type === 'none'
      ? {}
      : { areaStyle: { opacity: fill.type === 'gradient' ? 0.1 : Math.min(fill.opacity, 0.3) } }),
    sampling: 'lttb',
    emphasis: { disabled: true },
  }
}

/** The whole picture of one moment as ECharts wants it; series keep their ids, so that a new picture moves the old one on. */
export const toOption = (frame: Frame) => {
  const hasRight = frame.arranged.some((item) => item.axis === 1)
  return {
    animation: false,
    grid: {
      left: 4,
      right: hasRight ? 4 : 12,
      top: 12,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'time',
      min: frame.window.startTs,
      max: frame.window.endTs,
      axisLine: { lineStyle: { color: frame.theme.line } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { color: frame.theme.text, fontSize: 11, fontFamily: frame.theme.font, hideOverlap: true, margin: 10 },
      axisPointer: { lineStyle: { color: frame.theme.pointer, type: 'solid' }, label: { show: false } },
    },
    yAxis: [yAxis(frame, 'left', true), yAxis(frame, 'right', hasRight)],
    series: frame.arranged.map((item) => drawn(item, frame)),
  }
}
