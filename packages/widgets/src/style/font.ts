import type { CSSProperties } from 'react'
import { z } from 'zod'
import { type About, color, oneOf, part, shared, text } from '../settings/schema.ts'

type FontDefaults = { size: number; weight?: string; lineHeight?: string; color?: string }

const weights = [
  'normal',
  'bold',
  'bolder',
  'lighter',
  '100',
  '200',
  '300',
  '400',
  '500',
  '600',
  '700',
  '800',
  '900',
] as const

/** A font of a file. `color` and `shadowColor` are members of older widgets only. */
export const font = (fallback: FontDefaults, about?: About) =>
  shared(['font', fallback, about], () => fontPart(fallback, about))

const fontPart = (fallback: FontDefaults, about?: About) =>
  part(
    {
      family: text('Roboto'),
      size: z.coerce.number().positive().max(500).catch(fallback.size).default(fallback.size),
      sizeUnit: oneOf(
        ['px', 'em', '%', 'rem', 'pt', 'pc', 'in', 'cm', 'mm', 'ex', 'ch', 'vw', 'vh', 'vmin', 'vmax'],
        'px',
      ),
      style: oneOf(['normal', 'italic', 'oblique'], 'normal'),
      weight: z
        .preprocess(
          (value) => (typeof value === 'number' ? String(value) : value),
          z
            .enum(weights)
            .catch((fallback.weight ?? '500') as (typeof weights)[number])
            .default((fallback.weight ?? '500') as (typeof weights)[number]),
        )
        .prefault(fallback.weight ?? '500'),
      lineHeight: text(fallback.lineHeight ?? ''),
      color: color(fallback.color ?? ''),
    },
    { editor: 'font', ...about },
  )
export type Font = z.output<ReturnType<typeof font>>

const pixels: Partial<Record<Font['sizeUnit'], number>> = {
  em: 16,
  rem: 16,
  '%': 0.16,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 37.8,
  mm: 3.78,
  ex: 8,
  ch: 8,
  // Of a usual window: a card must not change its layout with the browser's height.
  vw: 12,
  vh: 8,
  vmin: 8,
  vmax: 12,
}

export const fontPx = (settings: Pick<Font, 'size' | 'sizeUnit'>): number =>
  settings.size * (pixels[settings.sizeUnit] ?? 1)

/** Families that files have because ThingsBoard ships them: ours stands in, for one look over all widgets. */
const stockFamilies = new Set(['', 'roboto', 'arial', 'segment7standard', 'rajdhani', 'inherit'])

/** Below this nothing can be read. */
export const leastFontPx = 10

/** Size in px, already scaled. */
export const fontStyle = (settings: Font, px: number): CSSProperties => ({
  fontSize: Math.round(Math.max(leastFontPx, px) * 10) / 10,
  fontWeight: settings.weight === 'normal' ? 400 : settings.weight,
  ...(settings.style === 'normal' ? {} : { fontStyle: settings.style }),
  ...(stockFamilies.has(settings.family.toLowerCase()) ? {} : { fontFamily: settings.family }),
})
