/** What names of keys tell about their values: the unit, and where the scale ends. */
type Hint = { pattern: RegExp; units: string; min?: number; max?: number; widget?: string }

const percent = { units: '%', min: 0, max: 100 }

const hints: readonly Hint[] = [
  { pattern: /batter|charge|\bsoc\b/i, ...percent, widget: 'system.battery_level' },
  { pattern: /humidity|\brh\b/i, ...percent },
  { pattern: /(fill|tank|liquid|water).*level|level.*(tank|water)/i, ...percent, widget: 'system.liquid_level' },
  { pattern: /rssi|signal/i, units: 'dBm', min: -120, max: -30, widget: 'system.signal_strength' },
  { pattern: /percent|pct$|load$|usage$/i, ...percent },
  {
    pattern: /temp/i,
    units: '°C',
    min: -20,
    max: 60,
    widget: 'system.analogue_gauges.temperature_radial_gauge_canvas_gauges',
  },
  { pattern: /press/i, units: 'hPa' },
  { pattern: /volt/i, units: 'V' },
  { pattern: /current$|amp(s|ere)?$/i, units: 'A' },
  { pattern: /power/i, units: 'W' },
  { pattern: /energy|kwh/i, units: 'kWh' },
  {
    pattern: /speed|velocity/i,
    units: 'km/h',
    min: 0,
    max: 180,
    widget: 'system.analogue_gauges.speed_gauge_canvas_gauges',
  },
  { pattern: /co2/i, units: 'ppm', min: 400, max: 2_000 },
  { pattern: /lux|illumin/i, units: 'lx' },
  {
    pattern: /heading|bearing|(wind|compass).*dir|azimuth/i,
    units: '°',
    min: 0,
    max: 360,
    widget: 'system.analogue_gauges.analogue_compass',
  },
  { pattern: /frequency|\bhz\b/i, units: 'Hz' },
]

export type Scale = { units: string | null; min: number; max: number; widget: string | null }

const nice = (value: number): number => {
  if (value <= 0) return 0
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find((one) => one * power >= value) ?? 10
  return step * power
}

/** A scale for values of that name and range; a name that tells one that the values do not keep to, tells nothing. */
export const scaleFor = (
  name: string,
  range: { min: number | null; max: number | null; last: number | null },
): Scale => {
  const [min, max] = [range.min ?? range.last ?? 0, range.max ?? range.last ?? 0]
  const hint = hints.find(({ pattern }) => pattern.test(name))
  const fits = hint?.min !== undefined && hint.max !== undefined && min >= hint.min && max <= hint.max
  if (hint && fits) return { units: hint.units, min: hint.min ?? 0, max: hint.max ?? 100, widget: hint.widget ?? null }
  const isPercent = hint?.units === '%'
  return {
    units: isPercent ? null : (hint?.units ?? null),
    min: min < 0 ? -nice(-min) : 0,
    max: max <= 0 ? 0 : nice(max * 1.2),
    widget: null,
  }
}
