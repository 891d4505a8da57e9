import { z } from 'zod'
import { color, flag, list, oneOf, part, shared, text } from '../../settings/schema.ts'
import { code } from '../../settings/code.ts'
import { font } from '../../style/font.ts'
import { threshold } from './axis-settings.ts'
import {
  barLabel,
  barLook,
  axisId,
  fill,
  lineTypeWords,
  lineTypes,
  shapeWords,
  shapes,
  stepWords,
  tooltipArgs,
} from './look-settings.ts'

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
