import { z } from 'zod'
import { color, flag, list, number, oneOf, text } from '../../settings/schema.ts'
import { font } from '../../style/font.ts'

type AnalogueDefaults = {
  min: number
  max: number
  major: number
  minor: number
  startAngle?: number
  ticksAngle?: number
  border: boolean
}

/** What dials and linear scales have in common. Colours that are empty are the theme's. */
const common = (defaults: AnalogueDefaults) => ({
  minValue: number(defaults.min),
  maxValue: number(defaults.max),
  unitTitle: text(''),
  showUnitTitle: flag(true),
  majorTicksCount: number(defaults.major),
  minorTicks: number(defaults.minor),
  valueBox: flag(true),
  valueInt: number(3),
  defaultColor: color(''),
  colorPlate: color(''),
  colorMajorTicks: color(''),
  colorMinorTicks: color(''),
  colorNeedle: color(''),
  colorNeedleEnd: color(''),
  highlights: list(z.object({ from: z.coerce.number(), to: z.coerce.number(), color: z.string() }), {
    editor: 'color-ranges',
  }),
  highlightsWidth: number(15),
  showBorder: flag(defaults.border),
  numbersFont: font({ size: 18 }),
  titleFont: font({ size: 24 }),
  unitsFont: font({ size: 22 }),
  valueFont: font({ size: 36 }),
  animation: flag(true),
})

export const radialGaugeSettings = (defaults: AnalogueDefaults) =>
  z.object({
    ...common(defaults),
    startAngle: number(defaults.startAngle ?? 45),
    ticksAngle: number(defaults.ticksAngle ?? 270),
    needleCircleSize: number(10),
  })
export type RadialGaugeSettings = z.output<ReturnType<typeof radialGaugeSettings>>

export const linearGaugeSettings = (defaults: AnalogueDefaults) =>
  z.object({
    ...common(defaults),
    barStrokeWidth: number(2.5),
    colorBarStroke: color(''),
    colorBar: color(''),
    colorBarEnd: color(''),
    colorBarProgress: color(''),
    colorBarProgressEnd: color(''),
  })
export type LinearGaugeSettings = z.output<ReturnType<typeof linearGaugeSettings>>

export const compassSettings = z.object({
  majorTicks: z
    .array(z.string())
    .catch(['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'])
    .default(['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW']),
  minorTicks: number(22),
  showStrokeTicks: flag(false),
  needleCircleSize: number(10),
  showBorder: flag(true),
  borderOuterWidth: number(10),
  colorPlate: color(''),
  colorMajorTicks: color(''),
  colorMinorTicks: color(''),
  colorNeedle: color('#f08080'),
  colorNeedleCircle: color(''),
  colorBorder: color(''),
  majorTickFont: font({ size: 20 }),
  animation: flag(true),
  animationTarget: oneOf(['needle', 'plate'], 'needle'),
})
export type CompassSettings = z.output<typeof compassSettings>
