import { z } from 'zod'
import { yAxis, xAxis, threshold } from '../engines/chart/axis-settings.ts'
import { lineTypes, lineTypeWords, shapes, shapeWords, stepWords } from '../engines/chart/look-settings.ts'
import { chartParts } from '../engines/chart/settings.ts'
import { color, flag, number, oneOf, optionalNumber } from '../settings/schema.ts'
import { font } from '../style/font.ts'
import { defineWidget } from '../widget.ts'

const stockRanges = [
  { from: null, to: -20, color: '#234CC7' },
  { from: -20, to: 0, color: '#305AD7' },
  { from: 0, to: 10, color: '#7191EF' },
  { from: 10, to: 20, color: '#FFA600' },
  { from: 20, to: 30, color: '#F36900' },
  { from: 30, to: 40, color: '#F04022' },
  { from: 40, to: null, color: '#D81838' },
]
const range = z.object({ from: optionalNumber(), to: optionalNumber(), color: z.string() })

const ofLine = { showLine: [true] }
const ofPointLabel = { showPointLabel: [true] }
const pointLabelGround = { showPointLabel: [true], enablePointLabelBackground: [true] }

export const rangeChartSettings = z.object({
  ...chartParts,
  rangeColors: z
    .array(range)
    .catch(stockRanges)
    .default(stockRanges)
    .meta({ editor: 'color-ranges', title: 'Ranges', group: 'Ranges' }),

  outOfRangeColor: color('#ccc', { title: 'Colour outside of ranges', group: 'Ranges' }),
  showRangeThresholds: flag(true, { title: 'Lines between ranges', group: 'Ranges' }),
  rangeThreshold: z
    .preprocess(
      (own) => ({
        // The axis and the legend name the edges already.
        showLabel: false,
        labelPosition: 'insideEndTop',
        enableLabelBackground: true,
        endSymbol: 'none',
        lineType: 'dashed',
        ...(typeof own === 'object' && own !== null && !Array.isArray(own) && !('odd' in own) ? own : {}),
      }),
      threshold(),
    )
    .meta({
      editor: 'threshold-look',
      group: 'Ranges',
      title: 'Lines between ranges',
      when: { showRangeThresholds: [true] },
    }),
  fillArea: flag(true, { title: 'Fill the area below' }),
  /** Half of ThingsBoard's: the line must stand out from what is below it. */
  fillAreaOpacity: number(0.35, { when: { fillArea: [true] }, title: 'Opacity of the area' }),
  showLine: flag(true),
  step: flag(false, { title: 'In steps', group: 'Line', when: ofLine }),
  stepType: oneOf(['start', 'middle', 'end'], 'start', {
    title: 'The step is',
    group: 'Line',
    words: stepWords,
    when: { showLine: [true], step: [true] },
  }),
  smooth: flag(false, { title: 'Rounded', group: 'Line', when: { showLine: [true], step: [false] } }),
  lineType: oneOf(lineTypes, 'solid', { title: 'Line', words: lineTypeWords, when: ofLine }),
  lineWidth: number(2, { title: 'Width', suffix: 'px', when: ofLine }),
  showPoints: flag(false, { group: 'Points' }),
  showPointLabel: flag(false, { title: 'Write values beside points', group: 'Points' }),
  pointLabelPosition: oneOf(['top', 'bottom'], 'top', {
    title: 'Values stand',
    group: 'Points',
    words: { top: 'Above', bottom: 'Below' },
    when: ofPointLabel,
  }),
  pointLabelFont: font(
    { size: 11, weight: '400', lineHeight: '1' },
    { title: 'Font of values', group: 'Points', when: ofPointLabel },
  ),
  pointLabelColor: color('rgba(0, 0, 0, 0.76)', { title: 'Colour of values', group: 'Points', when: ofPointLabel }),
  enablePointLabelBackground: flag(false, { title: 'Values on a ground', group: 'Points', when: ofPointLabel }),
  pointLabelBackground: color('rgba(255,255,255,0.56)', {
    title: 'Ground of values',
    group: 'Points',
    when: pointLabelGround,
  }),
  pointShape: oneOf(shapes, 'emptyCircle', { words: shapeWords, group: 'Points', when: { showPoints: [true] } }),
  pointSize: number(4, { suffix: 'px', group: 'Points', when: { showPoints: [true] } }),
  yAxis: yAxis({ editor: 'axis', title: 'Value axis' }),
  xAxis: xAxis(),
  legendPosition: oneOf(['top', 'bottom', 'left', 'right'], 'top'),
})
export type RangeChartSettings = z.output<typeof rangeChartSettings>

export const rangeChart = defineWidget({
  type: 'range-chart',
  fqns: ['range_chart'],
  name: 'Range chart',
  description: 'The course of one key in the colours of the ranges that it crosses.',
  data: 'series',
  points: { thinned: true, marksMoment: true },
  settings: rangeChartSettings,
  limits: { entities: 1, datasources: 1, keys: 1 },
  size: { columns: 12, rows: 6, minColumns: 4, minRows: 3 },
})
