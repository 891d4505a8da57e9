import { z } from 'zod'
import { color, flag, list, number, oneOf, optionalNumber, text } from '../../settings/schema.ts'
import { colorSettings, valueSource } from '../../style/color-settings.ts'
import { font } from '../../style/font.ts'

const gaugeTypes = ['arc', 'donut', 'horizontalBar', 'verticalBar'] as const
type GaugeType = (typeof gaugeTypes)[number]

/** Settings of the digital gauges; they differ in the form they have where a file does not say. */
export const digitalGaugeSettings = (form: GaugeType) =>
  z.object({
    gaugeType: oneOf(gaugeTypes, form),
    minValue: number(0),
    maxValue: number(100),
    donutStartAngle: number(90),
    neonGlowBrightness: number(0),
    dashThickness: number(0),
    roundedLineCap: flag(false),
    title: text(''),
    showTitle: flag(false),
    unitTitle: text(''),
    showUnitTitle: flag(false),
    showTimestamp: flag(false),
    timestampFormat: text('yyyy-MM-dd HH:mm:ss'),
    showValue: flag(true),
    showMinMax: flag(true),
    gaugeWidthScale: number(0.75),
    defaultColor: color(''),
    gaugeColor: color(''),
    barColor: colorSettings(''),
    showTicks: flag(false),
    ticksValue: list(valueSource()),
    tickWidth: number(4),
    colorTicks: color('#666'),
    /** Where neither the key nor the widget has any. */
    decimals: optionalNumber(),
    units: z.string().catch('').default(''),
    animation: flag(true),
    titleFont: font({ size: 12 }),
    labelFont: font({ size: 8 }),
    valueFont: font({ size: 32 }),
    minMaxFont: font({ size: 12 }),
  })
export type DigitalGaugeSettings = z.output<ReturnType<typeof digitalGaugeSettings>>

type Loose = Readonly<Record<string, unknown>>
const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null

/** `{valueSource, value | entityAlias + attribute}` of older files. */
const sourceOf = (older: unknown): Loose => {
  if (!isLoose(older)) return { type: 'constant', value: null }
  if (older.valueSource === undefined) return older
  return older.valueSource === 'predefinedValue'
    ? { type: 'constant', value: older.value }
    : { type: 'entity', entityAlias: older.entityAlias, entityKey: older.attribute, entityKeyType: 'attribute' }
}

const members = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const olderColor = (settings: Loose): Loose => {
  const color = typeof settings.defaultColor === 'string' ? settings.defaultColor : ''
  if (settings.useFixedLevelColor === true) {
    const rangeAdvanced = members(settings.fixedLevelColors)
      .filter(isLoose)
      .map((level) => ({ from: sourceOf(level.from), to: sourceOf(level.to), color: level.color }))
    return { type: 'range', color, rangeList: { advancedMode: true, rangeAdvanced } }
  }
  const levels = members(settings.levelColors).flatMap((level) =>
    typeof level === 'string' ? [level] : isLoose(level) && typeof level.color === 'string' ? [level.color] : [],
  )
  return levels.length > 0 ? { type: 'gradient', color, gradient: { gradient: levels } } : { type: 'constant', color }
}

/** Levels of older files become the colour settings of today; so do the sources of ticks. */
export const upgradeDigitalGauge = (settings: Loose): Record<string, unknown> => ({
  ...settings,
  ...(isLoose(settings.barColor) ? {} : { barColor: olderColor(settings) }),
  ...(Array.isArray(settings.ticksValue) ? { ticksValue: settings.ticksValue.map(sourceOf) } : {}),
})
