import { noAxis, xAxisOption, yAxisOption } from './axes-option.ts'
import type { Frame } from './frame.ts'
import { seriesOptions } from './series-option.ts'
import { annotationSeries, thresholdRoom, thresholdSeries } from './thresholds.ts'
import { lineOf } from './theme.ts'

type Range = { from: number | null; to: number | null; color: string }

/**
 * ECharts makes the gradient of a line from ranges with both ends, and breaks where there is none: then one without an end
 * is cut in two of the same colour.
 */
const withAnEnd = (ranges: readonly Range[]): readonly Range[] => {
  if (ranges.some(({ from, to }) => from !== null && to !== null)) return ranges
  return ranges.flatMap((range, index): Range[] => {
    if (index > 0) return [range]
    const edge = range.from ?? range.to ?? 0
    const width = Math.max(1, Math.abs(edge))
    const [from, to] = range.to === null ? [edge, edge + width] : [edge - width, edge]
    return [
      ...(range.from === null ? [{ ...range, to: from }] : []),
      { ...range, from, to },
      ...(range.to === null ? [{ ...range, from: to }] : []),
    ]
  })
}

/** Colours of the ranges that lines cross; gaps between ranges have the colour of what is outside. */
const visualMapOf = (frame: Frame) => {
  const { ranges } = frame.look
  if (!ranges) return {}
  return {
    visualMap: {
      id: 'ranges',
      type: 'piecewise',
      show: false,
      dimension: 1,
      seriesIndex: frame.list.map((_, index) => index),
      pieces: withAnEnd(ranges.pieces).map(({ from, to, color }) => ({
        color,
        ...(from !== null && from === to
          ? { value: from }
          : { ...(from === null ? {} : { gte: from }), ...(to === null ? {} : { lt: to }) }),
      })),
      outOfRange: { color: lineOf(ranges.outside, frame.theme, 'line-strong') },
    },
  }
}

/** The whole picture of one moment as ECharts wants it; series keep their ids, so that a new picture moves the old one on. */
export const toOption = (frame: Frame) => {
  const hasRightAxis = frame.axes.some((axis) => axis.side === 'right' && axis.settings.show)
  const { grid } = frame.settings
  const hasTopAxis = frame.comparison !== null
  const hasNamedMoment = frame.settings.annotations.some((one) => one.label !== '' && !one.endTime)
  return {
    // Live charts move with every value: what eases from one picture to the next is always behind.
    animation: false,
    grid: {
      show: grid.show,
      left: 4,
      right: hasRightAxis ? 4 : Math.max(12, thresholdRoom(frame)),
      top: hasTopAxis ? 4 : hasNamedMoment ? 18 : 8,
      bottom: 4,
      backgroundColor:
        grid.show && grid.backgroundColor ? lineOf(grid.backgroundColor, frame.theme, 'surface') : 'transparent',
      borderWidth: grid.borderWidth,
      borderColor: lineOf(grid.borderColor, frame.theme),
      outerBoundsMode: 'same',
      outerBoundsContain: 'all',
    },
    xAxis: [
      xAxisOption(frame, frame.settings.xAxis, frame.range, 0),
      ...(frame.comparison ? [xAxisOption(frame, frame.settings.comparisonXAxis, frame.comparison, 1)] : []),
    ],
    yAxis: frame.axes.length > 0 ? frame.axes.map((_, index) => yAxisOption(frame, index)) : [noAxis],
    series: [...seriesOptions(frame), ...thresholdSeries(frame), ...annotationSeries(frame)],
    ...visualMapOf(frame),
  }
}
