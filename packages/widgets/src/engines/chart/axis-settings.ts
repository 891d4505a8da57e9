import { z } from 'zod'
import { type About, color, flag, number, oneOf, optionalNumber, part, shared, text } from '../../settings/schema.ts'
import { code } from '../../settings/code.ts'
import { valueSource } from '../../style/color-settings.ts'
import { font } from '../../style/font.ts'
import {
  axisId,
  labelGround,
  lineTypeWords,
  lineTypes,
  ofLabel,
  shapeWords,
  shapes,
  sideWords,
  units,
} from './look-settings.ts'

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
