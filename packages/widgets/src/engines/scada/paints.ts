import { cssColor, parseColor } from '../../style/rgb.ts'

/** Shares of the ground in grey, in percent: what is lit is nearer to the ground in the light and farther from it in the dark. */
const metal = (light: number, dark: number): string => {
  const grey = (share: number) => `color-mix(in oklab, var(--tw-surface) ${share}%, var(--tw-ink-3))`
  return `light-dark(${grey(light)}, ${grey(dark)})`
}

/**
 * Colours of the drawings. All come from the console's tokens, so a drawing changes with the theme and with the ground it
 * stands on; `paint:body` in a drawing is the first of these.
 */
const paints = {
  /** Metal that looks at the viewer, its lit side, its far side, its darkest parts, and the edge of it. */
  body: metal(78, 60),
  light: metal(93, 40),
  shade: metal(60, 76),
  deep: metal(40, 84),
  line: metal(28, 22),
  /** Inside of pipes and vessels. */
  hollow: 'color-mix(in oklab, var(--tw-surface) 70%, var(--tw-sunken))',
  surface: 'var(--tw-surface)',
  liquid: 'color-mix(in oklab, var(--tw-info) 72%, var(--tw-surface))',
  liquidDeep: 'color-mix(in oklab, var(--tw-info) 92%, var(--tw-ink))',
  flow: 'color-mix(in oklab, var(--tw-info) 35%, white)',
  wire: 'var(--tw-ink-2)',
  glow: 'color-mix(in oklab, var(--tw-warn) 80%, white)',
  cell: 'color-mix(in oklab, var(--tw-accent) 62%, var(--tw-surface))',
  ok: 'var(--tw-ok)',
  warn: 'var(--tw-warn)',
  danger: 'var(--tw-danger)',
  off: 'color-mix(in oklab, var(--tw-surface) 45%, var(--tw-ink-3))',
  accent: 'var(--tw-accent)',
  ink: 'var(--tw-ink)',
  ink2: 'var(--tw-ink-2)',
  ink3: 'var(--tw-ink-3)',
  none: 'none',
} as const

/** Those that a person may give a part; the others are for metal and shadows. */
export const choosablePaints = [
  'ok',
  'warn',
  'danger',
  'accent',
  'liquid',
  'flow',
  'glow',
  'cell',
  'off',
  'body',
  'wire',
  'ink',
] as const satisfies readonly (keyof typeof paints)[]

/** Colours that files have because ThingsBoard's symbols have them; the drawing's own paint stands in. */
const stock = new Set(
  [
    ...['#FFFFFF', '#666666', '#696969', '#1C943E', '#198038', '#FAA405', '#D12730', '#E5E5E5', '#EBEBEB', '#DEDEDE'],
    ...['#1EC1F480', '#C8DFF7', '#1A1A1A', '#999999', '#F3F3F3', '#000000', '#00000061', '#0000001F', '#0000008A'],
    ...['#000000C2', '#002878', '#747474', '#000000DE'],
  ].map((one) => JSON.stringify(parseColor(one))),
)

const isPaint = (name: string): name is keyof typeof paints => Object.hasOwn(paints, name)

/** `color_settings` of files are objects with a colour in them. */
const textOfColor = (value: unknown): string | null => {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return null
  const { color } = value as { color?: unknown }
  return typeof color === 'string' ? color : null
}

/**
 * CSS of a paint: a name of ours, `$property`, or a colour.
 * @param properties as stored; a colour of the stock is the default of the property
 */
export const paintCss = (
  paint: string,
  properties: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): string => {
  const name = paint.replace(/^paint:/, '')
  if (isPaint(name)) return paints[name]
  if (!name.startsWith('$')) return cssColor(name)
  const property = name.slice(1)
  const stored = textOfColor(properties[property])
  const parsed = stored === null ? null : parseColor(stored)
  if (parsed && !stock.has(JSON.stringify(parsed))) return cssColor(stored ?? '')
  const fallback = textOfColor(defaults[property])
  return fallback !== null && !fallback.startsWith('$') ? paintCss(fallback, {}, {}) : paints.off
}
