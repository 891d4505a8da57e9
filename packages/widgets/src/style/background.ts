import type { CSSProperties } from 'react'
import { z } from 'zod'
import { color, flag, number, oneOf, part, shared, text } from '../settings/schema.ts'
import { isStockGround, type Scheme, type Surface, schemeOf, surfaceOn, themeSurface } from './ground-colors.ts'
import { cssColor, parseColor } from './rgb.ts'

/** Files of before the image gallery have the picture itself in `imageBase64`. */
const oneImage = (value: unknown) => {
  if (typeof value === 'string') return { type: 'color', color: value }
  if (typeof value !== 'object' || value === null) return value
  const { type, imageBase64, imageUrl } = value as Record<string, unknown>
  return {
    ...value,
    type: type === 'color' ? type : type === undefined ? 'color' : 'image',
    imageUrl: imageUrl ?? imageBase64,
  }
}

export const background = (fallback = '#fff') => shared(['background', fallback], () => backgroundPart(fallback))

const backgroundPart = (fallback: string) =>
  z
    .preprocess(
      oneImage,
      part(
        {
          type: oneOf(['color', 'image'], 'color'),
          imageUrl: text(''),
          color: color(fallback),
          overlay: part({
            enabled: flag(false),
            color: color('rgba(255,255,255,0.72)'),
            blur: number(3),
          }),
        },
        { editor: 'ground' },
      ),
    )
    .prefault({})
export type Background = z.output<ReturnType<typeof background>>

/** What a card stands on. Empty styles: on its tile. */
export type Ground = {
  /** On a ground of its own what is on it is drawn by that ground's theme. */
  surface: Surface
  box: CSSProperties
  overlay: CSSProperties | null
}

const mostBlur = 50

/** The stock veil is white, to carry black text; over a dark theme it is the theme's surface. */
const isStockVeil = (overlay: Background['overlay']) => overlay.color.replaceAll(' ', '') === 'rgba(255,255,255,0.72)'

const overlayOf = (overlay: Background['overlay']): CSSProperties | null => {
  if (!overlay.enabled) return null
  const blur = Math.min(mostBlur, Math.max(0, overlay.blur))
  return {
    background: isStockVeil(overlay)
      ? 'color-mix(in oklab, var(--tw-surface) 78%, transparent)'
      : cssColor(overlay.color),
    ...(blur > 0 ? { backdropFilter: `blur(${blur}px)` } : {}),
  }
}

/** @param image address of the picture, null while there is none to show */
export const groundOf = (settings: Background, theme: Scheme, image: string | null): Ground => {
  const overlay = overlayOf(settings.overlay)
  if (settings.type === 'image' && image) {
    // Without a veil the file chose its colours for this picture: they are those of the light theme.
    const veiled = isStockVeil(settings.overlay) ? theme : schemeOf(settings.overlay.color, 'light')
    const scheme = settings.overlay.enabled ? veiled : 'light'
    return {
      surface: { ...themeSurface[scheme], isOwn: true },
      box: {
        backgroundImage: `url(${JSON.stringify(image)})`,
        backgroundSize: 'cover',
        backgroundPosition: 'center',
      },
      overlay,
    }
  }
  if (settings.type === 'image' || isStockGround(settings.color)) {
    return { surface: themeSurface[theme], box: {}, overlay: null }
  }
  return { surface: surfaceOn(settings.color, theme), box: { background: cssColor(settings.color) }, overlay }
}

const cardSettings = z.object({ background: z.object({ type: z.literal('color').optional(), color: z.string() }) })

/**
 * Whether settings of a file ask for the usual card under a widget: an opaque white ground. Files of card widgets have it
 * there and let the tile around it through.
 */
export const asksCard = (settings: unknown): boolean => {
  const parsed = cardSettings.safeParse(settings)
  if (!parsed.success) return false
  const color = parseColor(parsed.data.background.color)
  return color !== null && color.a === 1 && isStockGround(parsed.data.background.color)
}
