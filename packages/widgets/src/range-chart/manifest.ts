import { z } from 'zod'
import { chartParts, yAxis, xAxis, lineTypes, shapes, threshold } from '../engines/chart/settings.ts'
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

export const rangeChartSettings = z.object({
  ...chartParts,
  rangeColors: z.array(range).catch(stockRanges).default(stockRanges),
  outOfRangeColor: color('#ccc'),
  showRangeThresholds: flag(true),
  rangeThreshold: z.preprocess(
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
  ),
  fillArea: flag(true),
  /** Half of ThingsBoard's: the line must stand out from what is below it. */
  fillAreaOpacity: number(0.35),
  showLine: flag(true),
  step: flag(false),
  stepType: oneOf(['start', 'middle', 'end'], 'start'),
  smooth: flag(false),
  lineType: oneOf(lineTypes, 'solid'),
  lineWidth: number(2),
  showPoints: flag(false),
  showPointLabel: flag(false),
  pointLabelPosition: oneOf(['top', 'bottom'], 'top'),
  pointLabelFont: font({ size: 11, weight: '400', lineHeight: '1' }),
  pointLabelColor: color('rgba(0, 0, 0, 0.76)'),
  enablePointLabelBackground: flag(false),
  pointLabelBackground: color('rgba(255,255,255,0.56)'),
  pointShape: oneOf(shapes, 'emptyCircle'),
  pointSize: number(4),
  yAxis: yAxis(),
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
