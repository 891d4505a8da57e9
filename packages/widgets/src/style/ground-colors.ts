import { legible, luminance, over, parseColor, type Rgb, toCss } from './rgb.ts'

/** What something is drawn on, as far as it matters for reading it. */
export type Scheme = 'light' | 'dark'

/** What is drawn on, precisely enough to reckon contrast; `isOwn`: a file chose it, the theme's tokens do not know it. */
export type Surface = { scheme: Scheme; rgb: Rgb; isOwn: boolean }

/** `--tw-surface` of both themes. */
export const themeSurface: Readonly<Record<Scheme, Surface>> = {
  light: { scheme: 'light', rgb: { r: 255, g: 255, b: 255, a: 1 }, isOwn: false },
  dark: { scheme: 'dark', rgb: { r: 20, g: 21, b: 24, a: 1 }, isOwn: false },
}

const inkTokens: readonly [least: number, token: string][] = [
  [0.7, 'var(--tw-ink)'],
  [0.45, 'var(--tw-ink-2)'],
  [0, 'var(--tw-ink-3)'],
]

/** A theme by its name is its surface. */
const surfaceOf = (on: Surface | Scheme): Surface => (typeof on === 'string' ? themeSurface[on] : on)

/** Black of any strength is what files have where nobody chose a colour: it means "the colour of text". */
const stockInk = (color: Rgb): string | null =>
  color.r + color.g + color.b > 0 ? null : (inkTokens.find(([least]) => color.a >= least)?.[1] ?? null)

/** Contrast of text, and of large text. */
export const textContrast = 4.5
export const largeTextContrast = 3

/**
 * A colour of a file as it is used for text: kept if somebody chose it and it can be read, moved until it can be read, and the
 * theme's own where the file only has the default.
 */
export const textColor = (color: string, on: Surface | Scheme, least = textContrast): string => {
  const surface = surfaceOf(on)
  const parsed = parseColor(color)
  if (parsed?.a === 0) return 'transparent'
  const stock = parsed ? stockInk(parsed) : 'var(--tw-ink)'
  if (!surface.isOwn) return stock ?? toCss(legible(parsed ?? black, surface.rgb, least))
  // The same strength, in black or white, whichever the ground asks for.
  const ink = stock ? { ...(surface.scheme === 'dark' ? white : black), a: parsed?.a ?? 1 } : (parsed ?? black)
  return toCss(legible(over(ink, surface.rgb), surface.rgb, least))
}

const black: Rgb = { r: 0, g: 0, b: 0, a: 1 }
const white: Rgb = { r: 255, g: 255, b: 255, a: 1 }

/** Below this a mark cannot be told from what it stands on. */
const markContrast = 1.25

/** A colour of a file as it is used for data: kept, unless it would not be seen at all. */
export const markColor = (color: string, on: Surface | Scheme): string => {
  const parsed = parseColor(color)
  if (!parsed) return 'var(--tw-accent)'
  return stockInk(parsed) ?? toCss(legible(parsed, surfaceOf(on).rgb, markContrast))
}

const quiet = 0.3

/** A colour of a file for what lies under data (the empty part of a bar): greys follow the theme. */
export const trackColor = (color: string, on: Surface | Scheme): string => {
  const { scheme } = surfaceOf(on)
  const parsed = parseColor(color)
  if (!parsed || isNeutral(parsed)) return 'var(--tw-line)'
  return scheme === 'dark' && parsed.a === 1 && luminance(parsed) > quiet
    ? toCss({ ...parsed, a: 0.25 })
    : toCss(parsed)
}

const neutralSpread = 24

export const isNeutral = ({ r, g, b }: Rgb): boolean => Math.max(r, g, b) - Math.min(r, g, b) <= neutralSpread

/** White, nothing, and what nobody can see: the card itself is the ground. */
export const isStockGround = (color: string): boolean => {
  const parsed = parseColor(color)
  return !parsed || parsed.a === 0 || (parsed.r === 255 && parsed.g === 255 && parsed.b === 255)
}

/** On a ground of about this luminance black and white are read equally well. */
const evenGround = 0.2

export const schemeOf = (color: string, behind: Scheme): Scheme => {
  const parsed = parseColor(color)
  if (!parsed || parsed.a < 0.5) return behind
  return luminance(parsed) > evenGround ? 'light' : 'dark'
}

/** A ground that a file chose, over the theme's. */
export const surfaceOn = (color: string, theme: Scheme): Surface => {
  const chosen = parseColor(color)
  const behind = themeSurface[theme]
  return { scheme: schemeOf(color, theme), rgb: chosen ? over(chosen, behind.rgb) : behind.rgb, isOwn: true }
}

/** The quieter inks of the theme as they have to be on a ground that a file chose: CSS variables for a style. */
export const inksOn = (surface: Surface): Readonly<Record<string, string>> =>
  surface.isOwn
    ? {
        '--tw-ink-2': textColor('rgba(0, 0, 0, 0.8)', surface),
        '--tw-ink-3': textColor('rgba(0, 0, 0, 0.65)', surface),
      }
    : {}
