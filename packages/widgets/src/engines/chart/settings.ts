import { z } from 'zod'
import {
  type About,
  color,
  flag,
  list,
  number,
  oneOf,
  optionalNumber,
  optionalText,
  part,
  shared,
  text,
} from '../../settings/schema.ts'
import { code } from '../../settings/code.ts'
import { background } from '../../style/background.ts'
import { valueSource } from '../../style/color-settings.ts'
import { dateFormat } from '../../style/date-format.ts'
import { font } from '../../style/font.ts'

export const shapes = [
  'emptyCircle',
  'circle',
  'rect',
  'roundRect',
  'triangle',
  'diamond',
  'pin',
  'arrow',
  'none',
] as const
export const lineTypes = ['solid', 'dashed', 'dotted'] as const

const units = () => z.unknown().optional().meta({ editor: 'units', title: 'Unit' })
const axisId = () => text('default', { title: 'Axis', editor: 'axis-id' })
export const stepWords = { start: 'At the point before', middle: 'Half-way', end: 'At the point itself' }
export const lineTypeWords = { solid: 'Solid', dashed: 'Dashed', dotted: 'Dotted' }
const sideWords = { left: 'Left', right: 'Right', top: 'Top', bottom: 'Bottom' }
export const shapeWords = {
  emptyCircle: 'Ring',
  circle: 'Circle',
  rect: 'Square',
  roundRect: 'Rounded square',
  triangle: 'Triangle',
  diamond: 'Diamond',
  pin: 'Pin',
  arrow: 'Arrow',
  none: 'None',
}

export const fill = (
  type: 'none' | 'opacity' | 'gradient' = 'none',
  opacity = 0.4,
  gradient = { start: 100, end: 0 },
  title = 'Fill',
) =>
  part(
    {
      type: oneOf(['none', 'opacity', 'gradient'], type, {
        title: 'Filled',
        words: { none: 'Not', opacity: 'Evenly', gradient: 'With a gradient' },
      }),
      opacity: z
        .number()
        .min(0)
        .max(1)
        .catch(opacity)
        .default(opacity)
        .meta({ when: { type: ['opacity'] } }),
      gradient: part(
        {
          start: number(gradient.start, { title: 'At the top', suffix: '%' }),
          end: number(gradient.end, { title: 'At the bottom', suffix: '%' }),
        },
        { when: { type: ['gradient'] } },
      ),
    },
    { title },
  )
export type Fill = z.output<ReturnType<typeof fill>>

type Side = 'left' | 'right' | 'top' | 'bottom'

const axisParts = (defaults: {
  sides: readonly [Side, ...Side[]]
  position: Side
  tickSize: number
  showTicks: boolean
  showLine: boolean
  showSplitLines: boolean
}) => ({
  show: flag(true, { title: 'Show the axis' }),
  label: text('', { title: 'Title' }),
  position: oneOf(defaults.sides, defaults.position, { words: sideWords }),
  labelFont: font({ size: 12, weight: '600', lineHeight: '1' }, { title: 'Font of the title' }),
  labelColor: color('rgba(0, 0, 0, 0.54)', { title: 'Colour of the title' }),
  showTickLabels: flag(true, { title: 'Show labels' }),
  tickLabelFont: font(
    { size: defaults.tickSize, weight: '400', lineHeight: '1' },
    { title: 'Font of labels', when: { showTickLabels: [true] } },
  ),
  tickLabelColor: color('rgba(0, 0, 0, 0.54)', { title: 'Colour of labels', when: { showTickLabels: [true] } }),
  showTicks: flag(defaults.showTicks),
  ticksColor: color('rgba(0, 0, 0, 0.54)', { title: 'Colour of ticks', when: { showTicks: [true] } }),
  showLine: flag(defaults.showLine),
  lineColor: color('rgba(0, 0, 0, 0.54)', { title: 'Colour of the line', when: { showLine: [true] } }),
  showSplitLines: flag(defaults.showSplitLines, { title: 'Show grid lines' }),
  splitLinesColor: color('rgba(0, 0, 0, 0.12)', { title: 'Colour of grid lines', when: { showSplitLines: [true] } }),
})

/** A constant, a number in a text, or where the number comes from. */
const limit = (title: string) =>
  z.preprocess(
    (value) =>
      value === null || value === undefined || value === ''
        ? {}
        : typeof value === 'object'
          ? value
          : { type: 'constant', value: Number(value) },
    valueSource({ title }),
  )

/** ThingsBoard draws a line and ticks along the y axis; its labels and the split lines say the same with less ink. */
const yAxisParts = {
  ...axisParts({
    sides: ['left', 'right', 'top', 'bottom'],
    position: 'left',
    tickSize: 11,
    showTicks: false,
    showLine: false,
    showSplitLines: true,
  }),
  id: text('default'),
  order: number(0),
  units: units(),
  decimals: optionalNumber(),
  min: limit('Least'),
  max: limit('Most'),
  interval: optionalNumber({ title: 'A tick every' }),
  splitNumber: optionalNumber({ title: 'About how many ticks' }),
  ticksFormatter: code({ title: 'Function that writes a tick', args: ['value'] }),
  ticksGenerator: code({
    title: 'Function that sets the ticks',
    args: ['extent', 'interval', 'niceTickExtent', 'intervalPrecision'],
  }),
  /** Ours. */
  logScale: flag(false, { title: 'Logarithmic' }),
}
export const yAxis = (about?: About) => part(yAxisParts, about)
export type YAxis = z.output<ReturnType<typeof yAxis>>

/** Times need no lines through the picture: the cursor shows them. */
export const xAxis = (position: 'bottom' | 'top' = 'bottom', title = 'Time axis', when?: About['when']) =>
  part(
    {
      ...axisParts({
        sides: ['bottom', 'top', 'left', 'right'],
        position,
        tickSize: 11,
        showTicks: false,
        showLine: true,
        showSplitLines: false,
      }),
      ticksFormat: part(
        {
          millisecond: text('HH:mm:ss SSS', { title: 'Milliseconds' }),
          second: text('HH:mm:ss', { title: 'Seconds' }),
          minute: text('HH:mm', { title: 'Minutes' }),
          hour: text('HH:mm', { title: 'Hours' }),
          day: text('MMM dd', { title: 'Days' }),
          month: text('MMM', { title: 'Months' }),
          year: text('yyyy', { title: 'Years' }),
        },
        { title: 'Formats of times', hint: 'By how fine the ticks are: y, M, d, H, m, s, S' },
      ),
    },
    { editor: 'axis', title, ...(when && { when }) },
  )
export type XAxis = z.output<ReturnType<typeof xAxis>>

const ofLabel = { showLabel: [true] }
const labelGround = { showLabel: [true], enableLabelBackground: [true] }

const thresholdParts = {
  lineColor: color('rgba(0, 0, 0, 0.76)', { title: 'Colour' }),
  lineType: oneOf(lineTypes, 'solid', { title: 'Line', words: lineTypeWords }),
  lineWidth: number(1, { title: 'Width', suffix: 'px' }),
  yAxisId: axisId(),
  units: units(),
  decimals: optionalNumber(),
  showLabel: flag(true),
  labelPosition: oneOf(
    [
      'start',
      'middle',
      'end',
      'insideStart',
      'insideStartTop',
      'insideStartBottom',
      'insideMiddle',
      'insideMiddleTop',
      'insideMiddleBottom',
      'insideEnd',
      'insideEndTop',
      'insideEndBottom',
    ],
    'end',
    {
      when: ofLabel,
      title: 'Label stands',
      words: {
        start: 'Before the line',
        middle: 'In the middle',
        end: 'After the line',
        insideStart: 'At the beginning, on the line',
        insideStartTop: 'At the beginning, above',
        insideStartBottom: 'At the beginning, below',
        insideMiddle: 'In the middle, on the line',
        insideMiddleTop: 'In the middle, above',
        insideMiddleBottom: 'In the middle, below',
        insideEnd: 'At the end, on the line',
        insideEndTop: 'At the end, above',
        insideEndBottom: 'At the end, below',
      },
    },
  ),
  labelFont: font({ size: 12, weight: '400', lineHeight: '1' }, { when: ofLabel, title: 'Font of the label' }),
  labelColor: color('rgba(0, 0, 0, 0.76)', { when: ofLabel, title: 'Colour of the label' }),
  enableLabelBackground: flag(false, { when: ofLabel, title: 'Label on a ground' }),
  labelBackground: color('rgba(255,255,255,0.56)', { when: labelGround, title: 'Ground of the label' }),
  startSymbol: oneOf(shapes, 'none', { title: 'Sign at the beginning', words: shapeWords }),
  startSymbolSize: number(5, { title: 'Size', suffix: 'px' }),
  endSymbol: oneOf(shapes, 'arrow', { title: 'Sign at the end', words: shapeWords }),
  endSymbolSize: number(5, { title: 'Size', suffix: 'px' }),
}

/** The forms of what stands in lists of settings and has parts that no single schema describes. */
export const axisForm = z.object(yAxisParts).omit({ id: true, order: true })
export const thresholdForm = z.object(thresholdParts)

export const threshold = () => shared(['threshold'], () => valueSource().and(part(thresholdParts)))
export type Threshold = z.output<ReturnType<typeof threshold>>

const barWidth = (title: string, strategy: string) =>
  part(
    {
      relative: flag(true, { title: 'In percent of the window' }),
      relativeWidth: number(2, { when: { relative: [true] }, title: 'Width', suffix: '%' }),
      absoluteWidth: number(1_000, { when: { relative: [false] }, title: 'Width', editor: 'duration' }),
    },
    { title, when: { strategy: [strategy] } },
  )
const noAggregationBarWidth = () =>
  part(
    {
      strategy: oneOf(['group', 'separate'], 'group', {
        title: 'Bars of a time',
        words: { group: 'Share a place', separate: 'Each have their width' },
      }),
      groupWidth: barWidth('Place', 'group'),
      barWidth: barWidth('Bar', 'separate'),
    },
    { title: 'Bars of values as they came' },
  )

const gridParts = () =>
  part({
    show: flag(false, { title: 'Frame around the chart' }),
    backgroundColor: optionalText({ title: 'Ground', editor: 'color' }),
    borderWidth: number(1, { when: { show: [true] }, title: 'Width of the frame', suffix: 'px' }),
    borderColor: color('#ccc', { when: { show: [true] }, title: 'Colour of the frame' }),
  })

/** Ours: moments and stretches of time that somebody wants to be seen, such as a repair. */
const annotation = z.object({
  label: z.string().catch('').default(''),
  time: z.union([z.number(), z.string()]).meta({ editor: 'moment', title: 'From' }),
  endTime: z
    .union([z.number(), z.string()])
    .nullish()
    .meta({ editor: 'moment', title: 'To', description: 'Nothing: a moment' }),
  color: color(),
})

const barLabelWords = {
  top: 'Above',
  bottom: 'Below',
  insideBottom: 'Inside, at the foot',
  inside: 'Inside',
  outside: 'Outside',
}

/** The edge of a bar. */
export const barLook = (radius = 2) => ({
  showBorder: flag(false),
  borderWidth: number(2, { when: { showBorder: [true] }, suffix: 'px' }),
  borderRadius: number(radius, { title: 'Round corners', suffix: 'px' }),
})

/** What is written on a bar while `showLabel` is on. */
export const barLabel = <const T extends readonly [keyof typeof barLabelWords, ...(keyof typeof barLabelWords)[]]>(
  places: T,
  place: T[number],
) => ({
  labelPosition: oneOf(places, place, { when: ofLabel, title: 'Values stand', words: barLabelWords }),
  labelFont: font({ size: 11, weight: '400', lineHeight: '1' }, { when: ofLabel, title: 'Font of values' }),
  labelColor: color('rgba(0, 0, 0, 0.76)', { when: ofLabel, title: 'Colour of values' }),
  enableLabelBackground: flag(false, { when: ofLabel, title: 'Values on a ground' }),
  labelBackground: color('rgba(255,255,255,0.56)', { when: labelGround, title: 'Ground of values' }),
  labelFormatter: code({ title: 'Function that writes a value', args: ['value'], when: ofLabel }),
})

const animated = { animation: [true] }
const easings = [
  ...(['linear'] as const),
  ...(['quadraticIn', 'quadraticOut', 'quadraticInOut', 'cubicIn', 'cubicOut', 'cubicInOut'] as const),
  ...(['quarticIn', 'quarticOut', 'quarticInOut', 'quinticIn', 'quinticOut', 'quinticInOut'] as const),
  ...(['sinusoidalIn', 'sinusoidalOut', 'sinusoidalInOut', 'exponentialIn', 'exponentialOut'] as const),
  ...(['exponentialInOut', 'circularIn', 'circularOut', 'circularInOut', 'elasticIn', 'elasticOut'] as const),
  ...(['elasticInOut', 'backIn', 'backOut', 'backInOut', 'bounceIn', 'bounceOut', 'bounceInOut'] as const),
] as const

export const animation = () =>
  part({
    animation: flag(true),
    animationThreshold: number(2_000, { title: 'Not with more points than', when: animated }),
    animationDuration: number(500, { title: 'Appearing takes', suffix: 'ms', when: animated }),
    animationEasing: oneOf(easings, 'cubicOut', { title: 'Appearing eases', when: animated }),
    animationDelay: number(0, { title: 'Appearing waits', suffix: 'ms', when: animated }),
    animationDurationUpdate: number(300, { title: 'Changing takes', suffix: 'ms', when: animated }),
    animationEasingUpdate: oneOf(easings, 'cubicOut', { title: 'Changing eases', when: animated }),
    animationDelayUpdate: number(0, { title: 'Changing waits', suffix: 'ms', when: animated }),
  })

const tooltipArgs = ['value', 'latestData', 'units', 'decimals']
const ofTooltip = { showTooltip: [true] }
const tooltipDate = { showTooltip: [true], tooltipShowDate: [true] }

const tooltipParts = {
  showTooltip: flag(true),
  tooltipTrigger: oneOf(['axis', 'point'], 'axis', {
    when: ofTooltip,
    title: 'Tells of',
    words: { axis: 'All series at that time', point: 'The point under the pointer' },
  }),
  tooltipShowFocusedSeries: flag(false, { when: ofTooltip, title: 'Only of the series under the pointer' }),
  tooltipLabelFont: font({ size: 12, weight: '400', lineHeight: '16px' }, { when: ofTooltip, title: 'Font of names' }),
  tooltipLabelColor: color('rgba(0, 0, 0, 0.76)', { when: ofTooltip, title: 'Colour of names' }),
  tooltipValueFont: font({ size: 12, weight: '500', lineHeight: '16px' }, { when: ofTooltip, title: 'Font of values' }),
  tooltipValueColor: color('rgba(0, 0, 0, 0.76)', { when: ofTooltip, title: 'Colour of values' }),
  tooltipValueFormatter: code({ title: 'Function that writes a value', args: tooltipArgs, when: ofTooltip }),
  tooltipShowDate: flag(true, { when: ofTooltip, title: 'Show the time' }),
  tooltipDateFormat: dateFormat({ auto: true }, { when: tooltipDate, title: 'Time' }),
  tooltipDateFont: font(
    { size: 11, weight: '400', lineHeight: '16px' },
    { when: tooltipDate, title: 'Font of the time' },
  ),
  tooltipDateColor: color('rgba(0, 0, 0, 0.76)', { when: tooltipDate, title: 'Colour of the time' }),
  tooltipDateInterval: flag(true, { when: tooltipDate, title: 'Of aggregated values the whole interval' }),
  tooltipHideZeroValues: flag(false, { when: ofTooltip, title: 'Leave out zeros' }),
  tooltipStackedShowTotal: flag(false, { when: ofTooltip, title: 'Total of stacked values' }),
  tooltipBackgroundColor: color('rgba(255, 255, 255, 0.76)', { when: ofTooltip, title: 'Ground' }),
  tooltipBackgroundBlur: number(4, { when: ofTooltip, title: 'Blur behind it', suffix: 'px' }),
}

const ofLegend = { showLegend: [true] }

const legendParts = {
  showLegend: flag(true),
  legendLabelFont: font({ size: 12, weight: '400', lineHeight: '16px' }, { when: ofLegend, title: 'Font of names' }),
  legendLabelColor: color('rgba(0, 0, 0, 0.76)', { when: ofLegend, title: 'Colour of names' }),
}

/** A live chart is read for its newest value first, so that is what the legend has unless a file asks for others. */
export const legendConfig = () =>
  part(
    {
      position: oneOf(['top', 'bottom', 'left', 'right'], 'top', { words: sideWords }),
      direction: oneOf(['column', 'row'], 'column', {
        title: 'Series',
        words: { column: 'Below each other', row: 'Beside each other' },
      }),
      sortDataKeys: flag(false, { title: 'Sort by name' }),
      showMin: flag(false, { title: 'Show the least' }),
      showMax: flag(false, { title: 'Show the most' }),
      showAvg: flag(false, { title: 'Show the mean' }),
      showTotal: flag(false, { title: 'Show the total' }),
      showLatest: flag(true, { title: 'Show the newest' }),
    },
    { when: ofLegend, title: 'Place and columns', group: 'Legend' },
  )

const stateSettings = () =>
  list(
    z.object({
      label: z.string().catch('').default(''),
      value: z.coerce.number(),
      sourceType: z.enum(['constant', 'range']),
      sourceValue: z.unknown().optional(),
      sourceRangeFrom: z.number().nullish().catch(null),
      sourceRangeTo: z.number().nullish().catch(null),
    }),
    { editor: 'chart-states' },
  )

/** What all charts over time have, in ThingsBoard's words. */
export const chartParts = {
  thresholds: list(threshold(), { editor: 'thresholds' }),
  xAxis: xAxis(),
  annotations: list(annotation, { title: 'Marked times' }),
  dataZoom: flag(true, { title: 'Zoom by dragging', group: 'Zoom' }),
  dataZoomUpdateTimewindow: flag(false, {
    title: 'Zoom changes the time window',
    when: { dataZoom: [true] },
    group: 'Zoom',
  }),
  ...legendParts,
  ...tooltipParts,
  background: background(),
  padding: text('', { hint: 'As in CSS: 8px 12px' }),
  grid: gridParts(),
  noAggregationBarWidthSettings: noAggregationBarWidth(),
  animation: animation(),
}

/** Files of before several axes have one under `yAxis`. */
const oneAxis = (settings: unknown): unknown => {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return settings
  const { yAxes, yAxis: single, ...rest } = settings as Record<string, unknown>
  return { ...rest, yAxes: yAxes ?? (single ? { default: single } : undefined) }
}

const compared = { comparisonEnabled: [true] }

const chartObject = z.object({
  stack: flag(false, { title: 'Stack series' }),
  yAxes: z
    .record(z.string(), z.unknown())
    .catch({})
    .default({})
    .meta({ editor: 'y-axes', title: 'Value axes' })
    .transform((axes) =>
      Object.entries({ default: {}, ...axes })
        .filter(([, axis]) => typeof axis === 'object' && !Array.isArray(axis))
        .map(([id, axis]) => ({ ...yAxis().parse(axis), id }))
        .sort((a, b) => a.order - b.order),
    ),
  ...chartParts,
  barWidthSettings: part(
    {
      barGap: number(0.3, { title: 'Between bars of an interval', suffix: 'of their width' }),
      intervalGap: number(0.6, { title: 'Between intervals', suffix: 'of their width' }),
    },
    { title: 'Gaps of bars' },
  ),
  /** Of older files, for all lines at once. */
  smoothLines: flag(false, { title: 'All lines rounded' }),
  states: stateSettings(),
  legendConfig: legendConfig(),
  legendColumnTitleFont: font(
    { size: 12, weight: '400', lineHeight: '16px' },
    { when: ofLegend, title: 'Font of column titles' },
  ),
  legendColumnTitleColor: color('rgba(0, 0, 0, 0.38)', { when: ofLegend, title: 'Colour of column titles' }),
  legendValueFont: font({ size: 12, weight: '500', lineHeight: '16px' }, { when: ofLegend, title: 'Font of values' }),
  legendValueColor: color('rgba(0, 0, 0, 0.87)', { when: ofLegend, title: 'Colour of values' }),
  comparisonEnabled: flag(false, { title: 'Compare with an earlier time', group: 'Comparison' }),
  timeForComparison: text('previousInterval', {
    title: 'Which',
    group: 'Comparison',
    when: compared,
    editor: 'comparison',
  }),
  comparisonCustomIntervalValue: number(7_200_000, {
    title: 'Earlier by',
    group: 'Comparison',
    editor: 'duration',
    when: { comparisonEnabled: [true], timeForComparison: ['customInterval'] },
  }),
  comparisonXAxis: xAxis('top', 'Time axis of the earlier time', compared),
})

export const chartSettingsSchema = z.preprocess(oneAxis, chartObject)
export type ChartSettings = z.output<typeof chartSettingsSchema>

type KeyDefaults = {
  type?: 'line' | 'bar'
  showLine?: boolean
  showPoints?: boolean
  pointShape?: (typeof shapes)[number]
  pointSize?: number
  step?: boolean
  stepType?: 'start' | 'middle' | 'end'
  fill?: 'none' | 'opacity' | 'gradient'
}

/** Settings of one data key, in ThingsBoard's words. */
export const chartKeySettings = (defaults: KeyDefaults = {}) =>
  shared(['chartKeySettings', defaults], () => keySettings(defaults))

const earlier = { showValuesForComparison: [true] }
const ofLine = { type: ['line'] }
const ofPoints = { showPoints: [true] }
const ofPointLabel = { showPointLabel: [true] }
const pointLabelGround = { showPointLabel: [true], enablePointLabelBackground: [true] }

const keySettings = (defaults: KeyDefaults) =>
  z.object({
    yAxisId: axisId(),
    showInLegend: flag(true),
    dataHiddenByDefault: flag(false, { title: 'Hidden at first' }),
    type: oneOf(['line', 'bar'], defaults.type ?? 'line', { title: 'Drawn as', words: { line: 'Line', bar: 'Bars' } }),
    lineSettings: part(
      {
        showLine: flag(defaults.showLine ?? true),
        step: flag(defaults.step ?? false, { title: 'In steps', when: { showLine: [true] } }),
        stepType: oneOf(['start', 'middle', 'end'], defaults.stepType ?? 'start', {
          title: 'The step is',
          words: stepWords,
          when: { showLine: [true], step: [true] },
        }),
        smooth: flag(false, { title: 'Rounded', when: { showLine: [true], step: [false] } }),
        lineType: oneOf(lineTypes, 'solid', { title: 'Line', words: lineTypeWords, when: { showLine: [true] } }),
        lineWidth: z
          .number()
          .min(0.5)
          .max(10)
          .catch(1.75)
          .default(1.75)
          .meta({ title: 'Width', suffix: 'px', when: { showLine: [true] } }),
        fillAreaSettings: fill(defaults.fill ?? 'none', 0.4, undefined, 'Area below'),
        showPoints: flag(defaults.showPoints ?? false),
        pointShape: oneOf(shapes, defaults.pointShape ?? 'emptyCircle', { words: shapeWords, when: ofPoints }),
        pointSize: z
          .number()
          .min(1)
          .max(60)
          .catch(defaults.pointSize ?? 4)
          .default(defaults.pointSize ?? 4)
          .meta({ suffix: 'px', when: ofPoints }),
        showPointLabel: flag(false, { title: 'Write values beside points' }),
        pointLabelPosition: oneOf(['top', 'bottom'], 'top', {
          when: ofPointLabel,
          title: 'Values stand',
          words: { top: 'Above', bottom: 'Below' },
        }),
        pointLabelFont: font(
          { size: 11, weight: '400', lineHeight: '1' },
          { when: ofPointLabel, title: 'Font of values' },
        ),
        pointLabelColor: color('rgba(0, 0, 0, 0.76)', { when: ofPointLabel, title: 'Colour of values' }),
        enablePointLabelBackground: flag(false, { when: ofPointLabel, title: 'Values on a ground' }),
        pointLabelBackground: color('rgba(255,255,255,0.56)', { when: pointLabelGround, title: 'Ground of values' }),
        pointLabelFormatter: code({
          title: 'Function that writes a value',
          args: ['value'],
          when: ofPointLabel,
        }),
      },
      { title: 'Line', when: ofLine },
    ),
    barSettings: part(
      {
        ...barLook(),
        showLabel: flag(false, { title: 'Write values on bars' }),
        ...barLabel(['top', 'bottom', 'insideBottom', 'inside'], 'top'),
        backgroundSettings: fill('none', 0.4, undefined, 'Bars'),
      },
      { title: 'Bars', when: { type: ['bar'] } },
    ),
    /** Of older files, which have them at the key. */
    thresholds: list(threshold(), { editor: 'thresholds', title: 'Thresholds of this key' }),
    tooltipValueFormatter: code({ title: 'Function that writes its value in the tooltip', args: tooltipArgs }),
    comparisonSettings: part(
      {
        showValuesForComparison: flag(false, { title: 'Show its earlier values' }),
        comparisonValuesLabel: text('', { title: 'Name of the earlier values', when: earlier }),
        color: color('', { title: 'Colour of the earlier values', when: earlier }),
      },
      { title: 'Comparison' },
    ),
  })
export type ChartKeySettings = z.output<ReturnType<typeof chartKeySettings>>
