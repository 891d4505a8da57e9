import type { WidgetCard } from '@thingwire/dashboards'
import { cssColor, inksOn, type Scheme, surfaceOn, textColor } from '@thingwire/widgets/views'
import type { CSSProperties } from 'react'
import { chosenGround, themeOn } from './ground.ts'
import { safeSize, safeStyle } from './safe-style.ts'

export type CardLook = {
  /** Of the theme whose colours are readable on the card's own ground. */
  theme: Scheme
  card: CSSProperties
  title: CSSProperties
  body: CSSProperties
  icon: { color: string | undefined; size: number }
  /** The widget stands on the board without a card: a ground that lets it through, and no shadow. */
  isBare: boolean
  hasShadow: boolean
}

/** Files write nearly nothing where nothing was to be had. */
const mostUnseen = 0.05
const isUnseen = (color: string): boolean => {
  const alpha = /, ([\d.]+)\)$/.exec(cssColor(color))?.[1]
  return alpha !== undefined && cssColor(color).startsWith('rgba') && Number(alpha) <= mostUnseen
}

const usualIconPx = 18
const mostIconPx = 64

/** Sizes every file has because the editor writes them. */
const stockPadding = new Set(['8px', '0px', '0', '12px'])

const fontOf = (font: Readonly<Record<string, unknown>> | null): CSSProperties => {
  if (!font) return {}
  const size = Number(font.size)
  return safeStyle({
    // The stock size of titles is that of our own.
    ...(size >= 8 && size <= 96 && size !== 16 && size !== 14 ? { fontSize: `${size}px` } : {}),
    fontWeight: font.weight,
    fontStyle: font.style,
  })
}

/** How the card around a widget looks, by its file, in that theme of the page. */
export const cardLook = (card: WidgetCard, page: Scheme): CardLook => {
  const ground = chosenGround(card.backgroundColor)
  const theme = themeOn(ground, page)
  const isTransparent = card.backgroundColor !== null && isUnseen(card.backgroundColor)
  const radius = safeSize(card.borderRadius)
  const padding = safeSize(card.padding)
  const margin = safeSize(card.margin)
  const ownInk = card.color === null ? null : textColor(card.color, theme)
  const iconPx = Number.parseFloat(card.iconSize ?? '')
  return {
    theme,
    isBare: isTransparent,
    hasShadow: card.dropShadow,
    card: {
      ...(ground === null ? {} : { backgroundColor: cssColor(ground), ...inksOn(surfaceOn(ground, page)) }),
      ...(ownInk === null ? {} : { color: ownInk }),
      ...(radius === null || radius === '4px' ? {} : { borderRadius: radius }),
      ...(margin === null || margin === '0px' ? {} : { margin }),
      ...safeStyle(card.widgetStyle),
    },
    title: {
      ...fontOf(card.titleFont),
      ...(card.titleColor === null ? {} : { color: textColor(card.titleColor, theme) }),
      ...safeStyle(card.titleStyle),
    },
    body: padding === null || stockPadding.has(padding) ? {} : { padding },
    icon: {
      color: card.iconColor === null ? undefined : textColor(card.iconColor, theme),
      size: iconPx > 0 ? Math.min(mostIconPx, iconPx) : usualIconPx,
    },
  }
}
