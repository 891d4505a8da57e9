import type { ChartSeries } from './arrange.ts'
import { textStyle } from './axes-option.ts'
import { barLayout } from './bars.ts'
import { type Course, lonePoints, pointCount } from './course.ts'
import { type Frame, isShown } from './frame.ts'
import { closeNumber, withUnit } from './numbers.ts'
import { aligned, drawable, sample, sampleTogether } from './sampling.ts'
import { stateName } from './states.ts'
import type { Fill } from './look-settings.ts'
import { inkOf, withAlpha } from './theme.ts'
import { formattedText } from './use-formats.ts'

/** A series as ECharts takes it. */
type DrawnSeries = { id: string; type: 'line' | 'bar'; data: Course } & Readonly<Record<string, unknown>>

const empty: Course = new Float64Array(0)
/** Labels nearer to each other than that are a smear. */
const labelSpacing = 20
/** Dots nearer to each other than that hide the line. */
const dotSpacing = 3

/** What is drawn of each series: the seen part, in as many points as there is room for; stacked ones with the same times. */
const drawnCourses = (frame: Frame): Map<string, Course> => {
  const shown = frame.list.filter((item) => isShown(frame, item))
  const rangeOf = (item: ChartSeries) => (item.isComparison && frame.comparison ? frame.comparison : frame.range)
  const courseOf = (item: ChartSeries) => frame.courses.get(item.series.id) ?? empty
  const columns = frame.isPassing ? frame.size.width / 2 : frame.size.width
  if (!frame.settings.stack) {
    return new Map(shown.map((item) => [item.series.id, sample(courseOf(item), rangeOf(item), columns)]))
  }
  const drawn = new Map<string, Course>()
  for (const group of groupBy(shown, stackOf).values()) {
    const [first] = group
    if (!first) continue
    const same = aligned(
      group.map(courseOf),
      group.every((item) => item.isStepped || item.settings.type === 'bar'),
    )
    for (const [index, course] of sampleTogether(same, rangeOf(first), columns).entries()) {
      const item = group[index]
      if (item) drawn.set(item.series.id, course)
    }
  }
  return drawn
}

/** Lines and bars of an axis are stacked on each other, but not one on the other. */
const stackOf = (item: ChartSeries): string => `${item.axis} ${item.settings.type} ${item.isComparison}`

const groupBy = <T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}

/** Files fill as if there were one line: here what lies behind an area must still be seen. */
const gradientStrength = 0.4
const mostOpacity = 0.28

const gradientOf = (color: string, fill: Fill, strength: number) => ({
  type: 'linear' as const,
  x: 0,
  y: 0,
  x2: 0,
  y2: 1,
  colorStops: [
    { offset: 0, color: withAlpha(color, (fill.gradient.start / 100) * strength) },
    { offset: 1, color: withAlpha(color, (fill.gradient.end / 100) * strength) },
  ],
})

const areaOf = (fill: Fill, color: string, hasRanges: boolean) => {
  if (fill.type === 'none') return {}
  // Without a colour of its own the area takes those of the ranges.
  if (hasRanges) return { areaStyle: { opacity: Math.min(fill.opacity, mostOpacity) } }
  return {
    areaStyle:
      fill.type === 'gradient'
        ? { opacity: 1, color: gradientOf(color, fill, gradientStrength) }
        : { opacity: Math.min(fill.opacity, mostOpacity), color },
  }
}

const pointText = (frame: Frame, item: ChartSeries, value: number): string => {
  const { lineSettings, barSettings, type } = item.settings
  const formatter = type === 'bar' ? barSettings.labelFormatter : lineSettings.pointLabelFormatter
  const made = formattedText(frame.formats.get(formatter, ['value'], [value]))
  return (
    made ??
    stateName(frame.settings.states, value) ??
    withUnit(closeNumber(value, item.decimals, frame.locale), item.units)
  )
}

type LabelParams = { value: unknown }
const valueIn = ({ value }: LabelParams): number =>
  Array.isArray(value) && typeof value[1] === 'number' ? value[1] : Number.NaN

const labelOf = (
  frame: Frame,
  item: ChartSeries,
  own: {
    show: boolean
    position: string
    font: Parameters<typeof textStyle>[0]
    color: string
    hasBackground: boolean
  },
  count: number,
) =>
  own.show && count * labelSpacing <= frame.size.width
    ? {
        label: {
          ...textStyle(own.font, inkOf(own.color, frame.theme, 'ink-2'), frame),
          show: true,
          position: own.position,
          formatter: (params: LabelParams) => {
            const value = valueIn(params)
            return Number.isNaN(value) ? '' : pointText(frame, item, value)
          },
          ...(own.hasBackground
            ? { backgroundColor: frame.theme.tokens.surface, padding: [2, 4], borderRadius: 4 }
            : {}),
        },
        labelLayout: { hideOverlap: true },
      }
    : {}

const common = (frame: Frame, item: ChartSeries, course: Course) => ({
  id: item.series.id,
  xAxisIndex: item.isComparison && frame.comparison ? 1 : 0,
  yAxisIndex: item.axis,
  dimensions: ['x', 'y'],
  data: course,
  color: item.color,
  ...(frame.settings.stack ? { stack: stackOf(item) } : {}),
  emphasis: { disabled: true },
  silent: true,
})

const lineSeries = (frame: Frame, item: ChartSeries, course: Course) => {
  const { lineSettings: line } = item.settings
  const count = pointCount(course)
  const hasRoom = frame.size.width / Math.max(1, count) > dotSpacing
  const showSymbol = line.pointShape !== 'none' && (!line.showLine || (line.showPoints && hasRoom))
  return {
    ...common(frame, item, course),
    type: 'line' as const,
    smooth: line.smooth || frame.settings.smoothLines ? 0.25 : false,
    smoothMonotone: 'x',
    step: line.step ? line.stepType : false,
    showSymbol,
    symbol: line.pointShape,
    symbolSize: line.pointSize,
    lineStyle: {
      width: line.showLine ? Math.min(line.lineWidth, 4) : 0,
      type: item.isComparison ? 'dashed' : line.lineType,
      ...(item.isComparison ? { opacity: 0.7 } : {}),
    },
    ...(item.isComparison ? {} : areaOf(line.fillAreaSettings, item.color, frame.look.ranges !== undefined)),
    ...labelOf(
      frame,
      item,
      {
        show: line.showPointLabel,
        position: line.pointLabelPosition,
        font: line.pointLabelFont,
        color: line.pointLabelColor,
        hasBackground: line.enablePointLabelBackground,
      },
      count,
    ),
  }
}

/** Points that no line leads to, as dots; none where all points have one. */
const loneDots = (frame: Frame, item: ChartSeries, course: Course) => {
  if (item.settings.type !== 'line' || !item.settings.lineSettings.showLine || frame.settings.stack) return []
  const lone = lonePoints(course)
  if (lone.length === 0) return []
  return [
    {
      ...common(frame, item, lone),
      id: `${item.series.id} lone`,
      type: 'line' as const,
      showSymbol: true,
      symbol: 'circle',
      symbolSize: 5,
      lineStyle: { width: 0 },
    },
  ]
}

const barSeries = (frame: Frame, item: ChartSeries, course: Course, groups: number) => {
  const { barSettings: bar } = item.settings
  const radius = Math.min(bar.borderRadius, 12)
  const background = bar.backgroundSettings
  const layout = barLayout({
    groups,
    interval: frame.interval,
    msPerPx: (frame.range.endTs - frame.range.startTs) / Math.max(1, frame.size.width),
    plotWidth: frame.size.width,
    settings: frame.settings,
  })
  return {
    ...common(frame, item, course),
    type: 'bar' as const,
    ...layout,
    itemStyle: {
      borderRadius: frame.settings.stack ? 0 : [radius, radius, 0, 0],
      ...(background.type === 'none'
        ? { color: item.isComparison ? withAlpha(item.color, 0.5) : item.color }
        : {
            color:
              background.type === 'gradient'
                ? gradientOf(item.color, background, 1)
                : withAlpha(item.color, background.opacity),
          }),
      ...(bar.showBorder ? { borderColor: item.color, borderWidth: bar.borderWidth } : {}),
    },
    ...(frame.look.barText
      ? barTextOf(frame, item, layout.barWidth)
      : labelOf(
          frame,
          item,
          {
            show: bar.showLabel,
            position: bar.labelPosition,
            font: bar.labelFont,
            color: bar.labelColor,
            hasBackground: bar.enableLabelBackground,
          },
          pointCount(course),
        )),
  }
}

/** Below this width no line of text stands in a bar. */
const leastBarForText = 13

const barTextOf = (frame: Frame, item: ChartSeries, barWidth: number) => {
  const look = frame.look.barText
  if (!look || (!look.showLabel && !look.showValue) || barWidth < leastBarForText) return {}
  return {
    label: {
      show: true,
      rotate: 90,
      align: 'left',
      verticalAlign: 'middle',
      position: 'insideBottom',
      distance: 10,
      fontFamily: frame.theme.font,
      fontSize: Math.min(12, barWidth - 2),
      color: frame.theme.tokens['ink-2'],
      formatter: (params: LabelParams) => {
        const value = valueIn(params)
        if (Number.isNaN(value)) return ''
        const parts = [
          look.showValue ? `{value|${closeNumber(value, item.decimals, frame.locale)}}` : '',
          look.showLabel ? item.label : '',
        ]
        return parts.filter(Boolean).join(' ')
      },
      rich: { value: { fontWeight: 700, color: frame.theme.tokens.ink, fontSize: Math.min(12, barWidth - 2) } },
    },
  }
}

/** Series in the order of the file; lines over bars. */
export const seriesOptions = (frame: Frame): DrawnSeries[] => {
  const drawn = drawnCourses(frame)
  const bars = frame.list.filter((item) => item.settings.type === 'bar' && isShown(frame, item))
  const groups = frame.settings.stack ? new Set(bars.map(stackOf)).size : bars.length
  return frame.list.flatMap((item): DrawnSeries[] => {
    const course = drawable(drawn.get(item.series.id) ?? empty)
    if (item.settings.type === 'bar') return [{ ...barSeries(frame, item, course, groups), z: 2 }]
    return [{ ...lineSeries(frame, item, course), z: 3 }, ...loneDots(frame, item, course)]
  })
}
