import { z } from 'zod'
import { color, flag, number, oneOf, part, text } from '../../settings/schema.ts'
import { code } from '../../settings/code.ts'
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

export const units = () => z.unknown().optional().meta({ editor: 'units', title: 'Unit' })
export const axisId = () => text('default', { title: 'Axis', editor: 'axis-id' })
export const stepWords = { start: 'At the point before', middle: 'Half-way', end: 'At the point itself' }
export const lineTypeWords = { solid: 'Solid', dashed: 'Dashed', dotted: 'Dotted' }
export const sideWords = { left: 'Left', right: 'Right', top: 'Top', bottom: 'Bottom' }
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

export const ofLabel = { showLabel: [true] }
export const labelGround = { showLabel: [true], enableLabelBackground: [true] }

/** What functions that write a value in the tooltip are called with. */
export const tooltipArgs = ['value', 'latestData', 'units', 'decimals']

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
