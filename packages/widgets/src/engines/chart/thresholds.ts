import { closeNumber, unitText, withUnit } from './numbers.ts'
import type { Frame } from './frame.ts'
import type { Threshold } from './axis-settings.ts'
import { inkOf } from './theme.ts'
import { textStyle } from './axes-option.ts'
import { axisIndexOf, limitsOn, thresholdsOf } from './threshold-places.ts'
import { numbersOf } from './sources.ts'

/** A line across the picture at a value; its name is the value, with unit. */
const lineAt = (frame: Frame, threshold: Threshold, value: number, position: Threshold['labelPosition']) => {
  const axis = frame.axes[axisIndexOf(frame, threshold)]
  const units = unitText(threshold.units) ?? axis?.units ?? null
  const text = withUnit(closeNumber(value, threshold.decimals ?? axis?.decimals, frame.locale), units)
  return [
    {
      xAxis: frame.range.startTs,
      yAxis: value,
      symbol: threshold.startSymbol,
      symbolSize: threshold.startSymbolSize,
      label: {
        ...textStyle(threshold.labelFont, inkOf(threshold.labelColor, frame.theme, 'ink-2'), frame),
        show: threshold.showLabel,
        position,
        distance: position.startsWith('inside') ? 2 : 4,
        formatter: () => text,
        ...(threshold.enableLabelBackground
          ? { backgroundColor: frame.theme.tokens.surface, padding: [2, 4], borderRadius: 4 }
          : {}),
      },
      lineStyle: {
        width: threshold.lineWidth,
        color: inkOf(threshold.lineColor, frame.theme, 'ink-3'),
        type: threshold.lineType,
        // Edges of ranges are many, and the colours tell them already.
        ...(frame.look.ranges ? { opacity: 0.4 } : {}),
      },
    },
    { xAxis: frame.range.endTs, yAxis: value, symbol: threshold.endSymbol, symbolSize: threshold.endSymbolSize },
  ]
}

/** Labels outside the picture would need room that a small chart has not. */
const insideWhen = (isNarrow: boolean, position: Threshold['labelPosition']): Threshold['labelPosition'] =>
  isNarrow && !position.startsWith('inside') ? 'insideEndTop' : position

/** One series without points for each axis that has thresholds. */
export const thresholdSeries = (frame: Frame) => {
  const isNarrow = frame.size.width < 320
  return frame.axes.flatMap((_, index) => {
    const data = limitsOn(frame, index).map(({ threshold, value }) =>
      lineAt(frame, threshold, value, insideWhen(isNarrow, threshold.labelPosition)),
    )
    if (data.length === 0) return []
    return [
      {
        id: `thresholds ${index}`,
        type: 'line' as const,
        yAxisIndex: index,
        // Invisible points at the values, so that the axis reaches them.
        data: data.map(([line]) => [frame.range.startTs, line && 'yAxis' in line ? line.yAxis : null]),
        lineStyle: { width: 0 },
        symbol: 'none',
        silent: true,
        tooltip: { show: false },
        markLine: { silent: true, animation: false, data, emphasis: { disabled: true } },
      },
    ]
  })
}

/** Room that labels right of the picture need, px. */
export const thresholdRoom = (frame: Frame): number => {
  if (frame.size.width < 320) return 0
  const texts = thresholdsOf(frame)
    .filter((threshold) => threshold.showLabel && threshold.labelPosition === 'end')
    .flatMap((threshold) =>
      numbersOf(threshold, frame.besides).map((value) =>
        withUnit(
          closeNumber(value, threshold.decimals, frame.locale),
          unitText(threshold.units) ?? frame.axes[axisIndexOf(frame, threshold)]?.units,
        ),
      ),
    )
  return Math.max(0, ...texts.map((text) => text.length * 6.5 + 10))
}

const toTime = (time: number | string | null | undefined): number => {
  if (typeof time === 'number') return time
  return time ? Date.parse(time) : Number.NaN
}

/** Moments as lines from top to bottom, stretches of time as bands. */
export const annotationSeries = (frame: Frame) => {
  const all = frame.settings.annotations.map((one) => ({ ...one, start: toTime(one.time), end: toTime(one.endTime) }))
  const seen = all.filter((one) => one.start <= frame.range.endTs && (one.end || one.start) >= frame.range.startTs)
  if (seen.length === 0) return []
  const colorOf = (color: string) => (color ? inkOf(color, frame.theme, 'warn') : frame.theme.tokens.warn)
  const label = {
    color: frame.theme.tokens['ink-2'],
    fontSize: 11,
    fontFamily: frame.theme.font,
    position: 'insideEndTop',
    rotate: 0,
  }
  return [
    {
      id: 'annotations',
      type: 'line' as const,
      data: [],
      silent: true,
      markLine: {
        silent: true,
        animation: false,
        symbol: 'none',
        data: seen
          .filter((one) => Number.isNaN(one.end))
          .map((one) => ({
            xAxis: one.start,
            lineStyle: { color: colorOf(one.color), type: 'dashed', width: 1 },
            label: { ...label, position: 'end', distance: 2, show: one.label !== '', formatter: () => one.label },
          })),
      },
      markArea: {
        silent: true,
        animation: false,
        data: seen
          .filter((one) => !Number.isNaN(one.end))
          .map((one) => [
            {
              xAxis: Math.max(one.start, frame.range.startTs),
              itemStyle: { color: colorOf(one.color), opacity: 0.12 },
              label: { ...label, position: 'insideTop', show: one.label !== '', formatter: () => one.label },
            },
            { xAxis: Math.min(one.end, frame.range.endTs) },
          ]),
      },
    },
  ]
}
