import { type ColorSettings, colorOf } from '../style/color-settings.ts'
import { mix, parseColor, toCss } from '../style/rgb.ts'
import type { ChartTheme } from '../engines/chart/theme.ts'

/** The least value must still be told from a cell without one. */
const palest = 0.12

const clamped = (share: number): number => (Number.isNaN(share) ? 0.5 : Math.max(0, Math.min(1, share)))

/** Shades of the accent, or what the file says. */
export const heatColors = (p: {
  settings: ColorSettings
  theme: ChartTheme
  min: number
  max: number
}): ((value: number) => string) => {
  if (p.settings.type === 'range' || p.settings.type === 'gradient') return (value) => colorOf(p.settings, value)
  const ground = parseColor(p.theme.tokens.surface)
  const strong = parseColor(p.settings.color || p.theme.tokens.accent)
  if (!ground || !strong) return () => p.theme.tokens.accent
  const span = p.max - p.min
  return (value) => {
    const share = span > 0 ? clamped((value - p.min) / span) : 0.5
    return toCss(mix(ground, strong, palest + share * (1 - palest)))
  }
}
