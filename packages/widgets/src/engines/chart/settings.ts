import { functionSourceSchema } from '@thingwire/dashboards'
import { z } from 'zod'
import {
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

/** Code of a file; null: none. */
export const code = () =>
  shared(['code'], () => functionSourceSchema.nullable().catch(null).default(null).meta({ editor: 'widget-function' }))

export const fill = (
  type: 'none' | 'opacity' | 'gradient' = 'none',
  opacity = 0.4,
  gradient = { start: 100, end: 0 },
) =>
  part({
    type: oneOf(['none', 'opacity', 'gradient'], type),
    opacity: z.number().min(0).max(1).catch(opacity).default(opacity),
    gradient: part({ start: number(gradient.start), end: number(gradient.end) }),
  })
export type Fill = z.output<ReturnType<typeof fill>>

const axisParts = (defaults: {
  position: string
  tickSize: number
  showTicks: boolean
  showLine: boolean
  showSplitLines: boolean
}) => ({
  show: flag(true),
  label: text(''),
  labelFont: font({ size: 12, weight: '600', lineHeight: '1' }),
  labelColor: color('rgba(0, 0, 0, 0.54)'),
  position: oneOf(['left', 'right', 'top', 'bottom'], defaults.position as 'left'),
  showTickLabels: flag(true),
  tickLabelFont: font({ size: defaults.tickSize, weight: '400', lineHeight: '1' }),
  tickLabelColor: color('rgba(0, 0, 0, 0.54)'),
  showTicks: flag(defaults.showTicks),
  ticksColor: color('rgba(0, 0, 0, 0.54)'),
  showLine: flag(defaults.showLine),
  lineColor: color('rgba(0, 0, 0, 0.54)'),
  showSplitLines: flag(defaults.showSplitLines),
  splitLinesColor: color('rgba(0, 0, 0, 0.12)'),
})

/** A constant, a number in a text, or where the number comes from. */
const limit = () =>
  z.preprocess(
    (value) =>
      value === null || value === undefined || value === ''
        ? {}
        : typeof value === 'object'
          ? value
          : { type: 'constant', value: Number(value) },
    valueSource(),
  )

/** ThingsBoard draws a line and ticks along the y axis; its labels and the split lines say the same with less ink. */
export const yAxis = () =>
  part({
    id: text('default'),
    order: number(0),
    units: z.unknown().optional(),
    decimals: optionalNumber(),
    interval: optionalNumber(),
    splitNumber: optionalNumber(),
    min: limit(),
    max: limit(),
    ticksGenerator: code(),
    ticksFormatter: code(),
    /** Ours. */
    logScale: flag(false),
    ...axisParts({ position: 'left', tickSize: 11, showTicks: false, showLine: false, showSplitLines: true }),
  })
export type YAxis = z.output<ReturnType<typeof yAxis>>

/** Times need no lines through the picture: the cursor shows them. */
export const xAxis = (position: 'bottom' | 'top' = 'bottom') =>
  part({
    ticksFormat: part({
      millisecond: text('HH:mm:ss SSS'),
      second: text('HH:mm:ss'),
      minute: text('HH:mm'),
      hour: text('HH:mm'),
      day: text('MMM dd'),
      month: text('MMM'),
      year: text('yyyy'),
    }),
    ...axisParts({ position, tickSize: 11, showTicks: false, showLine: true, showSplitLines: false }),
  })
export type XAxis = z.output<ReturnType<typeof xAxis>>

const thresholdParts = {
  yAxisId: text('default'),
  units: z.unknown().optional(),
  decimals: optionalNumber(),
  lineColor: color('rgba(0, 0, 0, 0.76)'),
  lineType: oneOf(lineTypes, 'solid'),
  lineWidth: number(1),
  startSymbol: oneOf(shapes, 'none'),
  startSymbolSize: number(5),
  endSymbol: oneOf(shapes, 'arrow'),
  endSymbolSize: number(5),
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
  ),
  labelFont: font({ size: 12, weight: '400', lineHeight: '1' }),
  labelColor: color('rgba(0, 0, 0, 0.76)'),
  enableLabelBackground: flag(false),
  labelBackground: color('rgba(255,255,255,0.56)'),
}

export const threshold = () => shared(['threshold'], () => valueSource().and(part(thresholdParts)))
export type Threshold = z.output<ReturnType<typeof threshold>>

const barWidth = () => part({ relative: flag(true), relativeWidth: number(2), absoluteWidth: number(1_000) })
const noAggregationBarWidth = () =>
  part({ strategy: oneOf(['group', 'separate'], 'group'), groupWidth: barWidth(), barWidth: barWidth() })

const gridParts = () =>
  part({ show: flag(false), backgroundColor: optionalText(), borderWidth: number(1), borderColor: color('#ccc') })

/** Ours: moments and stretches of time that somebody wants to be seen, such as a repair. */
const annotation = z.object({
  time: z.union([z.number(), z.string()]),
  endTime: z.union([z.number(), z.string()]).nullish(),
  label: z.string().catch('').default(''),
  color: z.string().catch('').default(''),
})

export const animation = () =>
  part({
    animation: flag(true),
    animationThreshold: number(2_000),
    animationDuration: number(500),
    animationEasing: text('cubicOut'),
    animationDelay: number(0),
    animationDurationUpdate: number(300),
    animationEasingUpdate: text('cubicOut'),
    animationDelayUpdate: number(0),
  })

const tooltipParts = {
  showTooltip: flag(true),
  tooltipTrigger: oneOf(['axis', 'point'], 'axis'),
  tooltipShowFocusedSeries: flag(false),
  tooltipLabelFont: font({ size: 12, weight: '400', lineHeight: '16px' }),
  tooltipLabelColor: color('rgba(0, 0, 0, 0.76)'),
  tooltipValueFont: font({ size: 12, weight: '500', lineHeight: '16px' }),
  tooltipValueColor: color('rgba(0, 0, 0, 0.76)'),
  tooltipValueFormatter: code(),
  tooltipShowDate: flag(true),
  tooltipDateFormat: dateFormat({ auto: true }),
  tooltipDateFont: font({ size: 11, weight: '400', lineHeight: '16px' }),
  tooltipDateColor: color('rgba(0, 0, 0, 0.76)'),
  tooltipDateInterval: flag(true),
  tooltipHideZeroValues: flag(false),
  tooltipStackedShowTotal: flag(false),
  tooltipBackgroundColor: color('rgba(255, 255, 255, 0.76)'),
  tooltipBackgroundBlur: number(4),
}

const legendParts = {
  showLegend: flag(true),
  legendLabelFont: font({ size: 12, weight: '400', lineHeight: '16px' }),
  legendLabelColor: color('rgba(0, 0, 0, 0.76)'),
}

/** A live chart is read for its newest value first, so that is what the legend has unless a file asks for others. */
export const legendConfig = () =>
  part({
    position: oneOf(['top', 'bottom', 'left', 'right'], 'top'),
    direction: oneOf(['column', 'row'], 'column'),
    sortDataKeys: flag(false),
    showMin: flag(false),
    showMax: flag(false),
    showAvg: flag(false),
    showTotal: flag(false),
    showLatest: flag(true),
  })

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
  )

/** What all charts over time have, in ThingsBoard's words. */
export const chartParts = {
  ...tooltipParts,
  ...legendParts,
  thresholds: list(threshold(), { editor: 'thresholds' }),
  dataZoom: flag(true),
  dataZoomUpdateTimewindow: flag(false),
  grid: gridParts(),
  xAxis: xAxis(),
  animation: animation(),
  noAggregationBarWidthSettings: noAggregationBarWidth(),
  background: background(),
  padding: text(''),
  annotations: list(annotation),
}

/** Files of before several axes have one under `yAxis`. */
const oneAxis = (settings: unknown): unknown => {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return settings
  const { yAxes, yAxis: single, ...rest } = settings as Record<string, unknown>
  return { ...rest, yAxes: yAxes ?? (single ? { default: single } : undefined) }
}

const chartObject = z.object({
  ...chartParts,
  stack: flag(false),
  yAxes: z
    .record(z.string(), z.unknown())
    .catch({})
    .default({})
    .transform((axes) =>
      Object.entries({ default: {}, ...axes })
        .filter(([, axis]) => typeof axis === 'object' && !Array.isArray(axis))
        .map(([id, axis]) => ({ ...yAxis().parse(axis), id }))
        .sort((a, b) => a.order - b.order),
    ),
  barWidthSettings: part({ barGap: number(0.3), intervalGap: number(0.6) }),
  /** Of older files, for all lines at once. */
  smoothLines: flag(false),
  states: stateSettings(),
  legendConfig: legendConfig(),
  legendColumnTitleFont: font({ size: 12, weight: '400', lineHeight: '16px' }),
  legendColumnTitleColor: color('rgba(0, 0, 0, 0.38)'),
  legendValueFont: font({ size: 12, weight: '500', lineHeight: '16px' }),
  legendValueColor: color('rgba(0, 0, 0, 0.87)'),
  comparisonEnabled: flag(false),
  timeForComparison: text('previousInterval'),
  comparisonCustomIntervalValue: number(7_200_000),
  comparisonXAxis: xAxis('top'),
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

const keySettings = (defaults: KeyDefaults) =>
  z.object({
    yAxisId: text('default'),
    showInLegend: flag(true),
    dataHiddenByDefault: flag(false),
    type: oneOf(['line', 'bar'], defaults.type ?? 'line'),
    lineSettings: part({
      showLine: flag(defaults.showLine ?? true),
      step: flag(defaults.step ?? false),
      stepType: oneOf(['start', 'middle', 'end'], defaults.stepType ?? 'start'),
      smooth: flag(false),
      lineType: oneOf(lineTypes, 'solid'),
      lineWidth: z.number().min(0.5).max(10).catch(1.75).default(1.75),
      showPoints: flag(defaults.showPoints ?? false),
      showPointLabel: flag(false),
      pointLabelPosition: oneOf(['top', 'bottom'], 'top'),
      pointLabelFont: font({ size: 11, weight: '400', lineHeight: '1' }),
      pointLabelColor: color('rgba(0, 0, 0, 0.76)'),
      enablePointLabelBackground: flag(false),
      pointLabelBackground: color('rgba(255,255,255,0.56)'),
      pointLabelFormatter: code(),
      pointShape: oneOf(shapes, defaults.pointShape ?? 'emptyCircle'),
      pointSize: z
        .number()
        .min(1)
        .max(60)
        .catch(defaults.pointSize ?? 4)
        .default(defaults.pointSize ?? 4),
      fillAreaSettings: fill(defaults.fill ?? 'none', 0.4),
    }),
    barSettings: part({
      showBorder: flag(false),
      borderWidth: number(2),
      borderRadius: number(2),
      showLabel: flag(false),
      labelPosition: oneOf(['top', 'bottom', 'insideBottom', 'inside'], 'top'),
      labelFont: font({ size: 11, weight: '400', lineHeight: '1' }),
      labelColor: color('rgba(0, 0, 0, 0.76)'),
      enableLabelBackground: flag(false),
      labelBackground: color('rgba(255,255,255,0.56)'),
      labelFormatter: code(),
      backgroundSettings: fill(),
    }),
    /** Of older files, which have them at the key. */
    thresholds: list(threshold()),
    tooltipValueFormatter: code(),
    comparisonSettings: part({
      showValuesForComparison: flag(false),
      comparisonValuesLabel: text(''),
      color: color(''),
    }),
  })
export type ChartKeySettings = z.output<ReturnType<typeof chartKeySettings>>
