import type { z } from 'zod'
import { color, flag, number, oneOf, optionalNumber, part, text } from '../../settings/schema.ts'
import { background } from '../../style/background.ts'
import { font } from '../../style/font.ts'
import { animation, barLabel, barLook, fill } from '../chart/look-settings.ts'

/** What all charts of newest values have, in ThingsBoard's words. */
export const latestParts = (legendPosition: 'bottom' | 'right' = 'bottom') => ({
  autoScale: flag(false),
  sortSeries: flag(false),
  showTotal: flag(false),
  showLegend: flag(true),
  legendShowTotal: flag(true),
  legendPosition: oneOf(['top', 'bottom', 'left', 'right'], legendPosition),
  legendLabelFont: font({ size: 12, weight: '400', lineHeight: '16px' }),
  legendLabelColor: color('rgba(0, 0, 0, 0.38)'),
  legendValueFont: font({ size: 12, weight: '500', lineHeight: '20px' }),
  legendValueColor: color('rgba(0, 0, 0, 0.87)'),
  showTooltip: flag(true),
  tooltipValueType: oneOf(['percentage', 'absolute'], 'percentage'),
  tooltipValueDecimals: number(0),
  tooltipValueFont: font({ size: 13, weight: '500', lineHeight: '16px' }),
  tooltipValueColor: color('rgba(0, 0, 0, 0.76)'),
  tooltipBackgroundColor: color('rgba(255, 255, 255, 0.76)'),
  tooltipBackgroundBlur: number(4),
  animation: animation(),
  background: background(),
  padding: text('12px'),
})

type Shape = ReturnType<typeof latestParts>
export type LatestSettings = { [Name in keyof Shape]: z.output<Shape[Name]> }

/** Of bars, straight or around a centre. */
export const barParts = (barWidth: number, labelPosition: 'top' | 'outside') => ({
  axisMin: optionalNumber(),
  axisMax: optionalNumber(),
  axisTickLabelFont: font({ size: 12, weight: '400', lineHeight: '1' }),
  axisTickLabelColor: color('rgba(0, 0, 0, 0.54)'),
  barSettings: part({
    ...barLook(3),
    barWidth: number(barWidth, { title: 'Width', suffix: '%' }),
    showLabel: flag(true, { title: 'Write values on bars' }),
    ...barLabel(['top', 'bottom', 'inside', 'outside'], labelPosition),
    backgroundSettings: fill(),
  }),
})
type BarShape = ReturnType<typeof barParts>
export type BarSettings = { [Name in keyof BarShape]: z.output<BarShape[Name]> }
