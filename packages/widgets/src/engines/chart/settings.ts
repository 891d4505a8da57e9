import { z } from 'zod'
import { color, flag, list, number, oneOf, optionalText, part, text } from '../../settings/schema.ts'
import { code } from '../../settings/code.ts'
import { background } from '../../style/background.ts'
import { dateFormat } from '../../style/date-format.ts'
import { font } from '../../style/font.ts'
import { threshold, xAxis, yAxis } from './axis-settings.ts'
import { animation, sideWords, tooltipArgs } from './look-settings.ts'

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
