/** Channels 0–255, alpha 0–1. */
export type Rgb = { r: number; g: number; b: number; a: number }

const names: Readonly<Record<string, string>> = {
  black: '#000000',
  white: '#ffffff',
  red: '#ff0000',
  green: '#008000',
  lime: '#00ff00',
  blue: '#0000ff',
  yellow: '#ffff00',
  orange: '#ffa500',
  purple: '#800080',
  gray: '#808080',
  grey: '#808080',
  silver: '#c0c0c0',
  navy: '#000080',
  teal: '#008080',
  aqua: '#00ffff',
  cyan: '#00ffff',
  magenta: '#ff00ff',
  fuchsia: '#ff00ff',
  maroon: '#800000',
  olive: '#808000',
  brown: '#a52a2a',
  pink: '#ffc0cb',
  gold: '#ffd700',
  transparent: '#00000000',
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value))
const amount = (text: string, whole: number) => (text.endsWith('%') ? (Number.parseFloat(text) / 100) * whole : +text)

const fromHex = (hex: string): Rgb | null => {
  const long = hex.length <= 4 ? hex.replaceAll(/./g, '$&$&') : hex
  if (!/^([0-9a-f]{6}|[0-9a-f]{8})$/i.test(long)) return null
  const channel = (at: number) => Number.parseInt(long.slice(at, at + 2), 16)
  return { r: channel(0), g: channel(2), b: channel(4), a: long.length === 8 ? channel(6) / 255 : 1 }
}

const fromHsl = (h: number, s: number, l: number, a: number): Rgb => {
  const part = (n: number) => {
    const k = (n + h / 30) % 12
    return 255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1)))
  }
  return { r: part(0), g: part(8), b: part(4), a }
}

/** Reads the notations that dashboard files use; null for everything else, among it CSS variables. */
export const parseColor = (color: string): Rgb | null => {
  const text = color.trim().toLowerCase()
  const named = names[text]
  if (text.startsWith('#') || named) return fromHex((named ?? text).slice(1))
  const call = /^(rgb|hsl)a?\(([^)]*)\)$/.exec(text)
  if (!call) return null
  const parts = (call[2] ?? '').split(/[\s,/]+/).filter(Boolean)
  if (parts.length < 3) return null
  const [first = '', second = '', third = '', alpha = '1'] = parts
  const a = clamp(amount(alpha, 1), 1)
  const made =
    call[1] === 'hsl'
      ? fromHsl(
          ((Number.parseFloat(first) % 360) + 360) % 360,
          clamp(amount(second, 1), 1),
          clamp(amount(third, 1), 1),
          a,
        )
      : { r: clamp(amount(first, 255), 255), g: clamp(amount(second, 255), 255), b: clamp(amount(third, 255), 255), a }
  return Object.values(made).every(Number.isFinite) ? made : null
}

export const toCss = ({ r, g, b, a }: Rgb): string => {
  const channels = [r, g, b].map((channel) => Math.round(channel)).join(', ')
  return a >= 1 ? `rgb(${channels})` : `rgba(${channels}, ${Number(a.toFixed(3))})`
}

/** A colour of a file as a style may have it: nothing but colours gets through, no addresses and no variables. */
export const cssColor = (color: string): string => {
  const parsed = parseColor(color)
  return parsed ? toCss(parsed) : 'transparent'
}

/** `share` of `to`, the rest of `from`. */
export const mix = (from: Rgb, to: Rgb, share: number): Rgb => {
  const between = (a: number, b: number) => a + (b - a) * share
  return {
    r: between(from.r, to.r),
    g: between(from.g, to.g),
    b: between(from.b, to.b),
    a: between(from.a, to.a),
  }
}

/** What is seen of a colour that lets `ground` through. */
export const over = (color: Rgb, ground: Rgb): Rgb => ({
  ...mix({ ...ground, a: 1 }, { ...color, a: 1 }, color.a),
  a: 1,
})

export const luminance = ({ r, g, b }: Rgb): number => {
  const linear = (channel: number) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

/** Of WCAG, 1 to 21. */
export const contrast = (one: Rgb, other: Rgb): number => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const black: Rgb = { r: 0, g: 0, b: 0, a: 1 }
const white: Rgb = { r: 255, g: 255, b: 255, a: 1 }
const steps = 20

/** The colour, moved towards black or white only as far as it takes to be read on the ground. */
export const legible = (color: Rgb, ground: Rgb, least: number): Rgb => {
  if (contrast(over(color, ground), ground) >= least) return color
  const goal = contrast(white, ground) > contrast(black, ground) ? white : black
  const seen = over(color, ground)
  for (let step = 1; step < steps; step += 1) {
    const moved = mix(seen, goal, step / steps)
    if (contrast(moved, ground) >= least) return moved
  }
  return goal
}
