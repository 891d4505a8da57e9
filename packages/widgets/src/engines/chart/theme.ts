import { parseColor, toCss } from '../../style/rgb.ts'
import { textColor, trackColor } from '../../style/ground-colors.ts'

export type ChartTheme = {
  scheme: 'light' | 'dark'
  font: string
  /** Tokens by name, in notations that a canvas library reads. */
  tokens: Readonly<Record<TokenName, string>>
  series: readonly string[]
}

const tokenNames = [
  'ink',
  'ink-2',
  'ink-3',
  'line',
  'line-strong',
  'surface',
  'raised',
  'hover',
  'accent',
  'danger',
  'warn',
  'ok',
] as const
type TokenName = (typeof tokenNames)[number]

const seriesCount = 8

let context: CanvasRenderingContext2D | null = null
/** Colours of tokens are few, and reading pixels is slow. */
const known = new Map<string, string>()

/** Canvas libraries compute with colours and know only old notations: a pixel tells what any notation means. */
const toRgb = (color: string): string => {
  const former = known.get(color)
  if (former !== undefined) return former
  context ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (!context || !color) return '#888888'
  context.clearRect(0, 0, 1, 1)
  context.fillStyle = color
  context.fillRect(0, 0, 1, 1)
  const [r = 0, g = 0, b = 0, a = 255] = context.getImageData(0, 0, 1, 1).data
  const made = a === 255 ? `rgb(${r},${g},${b})` : `rgba(${r},${g},${b},${(a / 255).toFixed(3)})`
  known.set(color, made)
  return made
}

/** The design tokens as they stand on the element now. */
export const readTheme = (element: Element, scheme: 'light' | 'dark'): ChartTheme => {
  const style = getComputedStyle(element)
  const token = (name: string) => toRgb(style.getPropertyValue(`--tw-${name}`))
  return {
    scheme,
    font: style.fontFamily,
    tokens: Object.fromEntries(tokenNames.map((name) => [name, token(name)])) as Record<TokenName, string>,
    series: Array.from({ length: seriesCount }, (_, index) => token(`series-${index + 1}`)),
  }
}

const isTokenName = (name: string): name is TokenName => (tokenNames as readonly string[]).includes(name)

/** What a style says by `var(--tw-…)`, as a canvas needs it. */
const resolved = (color: string, theme: ChartTheme): string => {
  const name = /^var\(--tw-([a-z0-9-]+)\)$/.exec(color)?.[1] ?? ''
  return isTokenName(name) ? theme.tokens[name] : color
}

/** A file's colour for text on the chart; `token` stands for what nobody chose. */
export const inkOf = (color: string, theme: ChartTheme, token: TokenName = 'ink-3'): string => {
  const parsed = parseColor(color)
  const isStock = !parsed || parsed.r + parsed.g + parsed.b === 0
  return isStock ? theme.tokens[token] : resolved(textColor(color, theme.scheme), theme)
}

/** A file's colour for lines of axes and grids: greys are the theme's. */
export const lineOf = (color: string, theme: ChartTheme, token: TokenName = 'line'): string => {
  const made = trackColor(color, theme.scheme)
  return made.startsWith('var(') ? theme.tokens[token] : made
}

export const withAlpha = (color: string, alpha: number): string => {
  const parsed = parseColor(color)
  return parsed ? toCss({ ...parsed, a: parsed.a * alpha }) : color
}
