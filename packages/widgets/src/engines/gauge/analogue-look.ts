import { isNeutral, markColor, type Surface, schemeOf, textColor, themeSurface } from '../../style/ground-colors.ts'
import { parseColor } from '../../style/rgb.ts'

/** What a dial stands on: its plate where somebody chose a colour for it; white, grey and black plates are the theme's. */
export const plateOf = (color: string, theme: 'light' | 'dark'): { surface: Surface; fill: string | null } => {
  const parsed = parseColor(color)
  if (!parsed || parsed.a < 0.5 || isNeutral(parsed)) return { surface: themeSurface[theme], fill: null }
  return { surface: { scheme: schemeOf(color, theme), rgb: parsed, isOwn: true }, fill: color }
}

/** Greys of files become the theme's ink of that rank; colours stay, as far as they can be read. */
export const dialInk = (color: string, rank: 'ink' | 'ink-2' | 'ink-3', surface: Surface): string => {
  const parsed = parseColor(color)
  if (surface.isOwn) return textColor(color, surface)
  return !parsed || isNeutral(parsed) ? `var(--tw-${rank})` : textColor(color, surface)
}

/** The colour of what points: the file's, else the key's. */
export const pointerColor = (colors: readonly (string | undefined)[], surface: Surface): string =>
  markColor(colors.find((color) => color && parseColor(color)) ?? '', surface)

type Band = { from: number; to: number; color: string }

/** Coloured parts of a scale as shares of it, cut at its ends, in order. */
export const bandsOf = (
  highlights: readonly Band[],
  { min, max }: { min: number; max: number },
  surface: Surface,
): { from: number; to: number; color: string }[] => {
  const share = (value: number) => Math.min(1, Math.max(0, (value - min) / (max - min)))
  return highlights.flatMap((band) => {
    const from = share(Math.min(band.from, band.to))
    const to = share(Math.max(band.from, band.to))
    return to > from ? [{ from, to, color: bandColor(band.color, surface) }] : []
  })
}

/** Bands that fade by transparency keep it: only solid ones are moved to be seen. */
const bandColor = (color: string, surface: Surface): string => {
  const parsed = parseColor(color)
  return parsed && parsed.a < 1 ? color : markColor(color, surface)
}
