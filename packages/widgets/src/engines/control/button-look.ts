import type { CSSProperties } from 'react'
import { markColor, type Scheme, textColor, textContrast, themeSurface } from '../../style/ground-colors.ts'
import { luminance, parseColor, toCss } from '../../style/rgb.ts'
import { type ButtonAppearance, stockColors } from './button-appearance.ts'

type ButtonState = keyof ButtonAppearance['customStyle']

/** Colours as CSS. */
export type ButtonLook = { ink: string; ground: string; border: string }

const isSame = (one: string, other: string) => {
  const [a, b] = [parseColor(one), parseColor(other)]
  return a !== null && b !== null && a.r === b.r && a.g === b.g && a.b === b.b && a.a === b.a
}

/** Above this black is read better than white. */
const light = 0.36

const inkOn = (color: string): string => {
  const parsed = parseColor(color)
  return parsed && parsed.a > 0.5 && luminance(parsed) > light ? '#16181d' : '#ffffff'
}

/**
 * How a button looks in a state. Colours that nobody chose are the theme's; those that somebody chose are kept as far as
 * they can be read.
 */
export const buttonLook = (appearance: ButtonAppearance, state: ButtonState, theme: Scheme): ButtonLook => {
  if (state === 'disabled' && !appearance.customStyle.disabled)
    return {
      ink: 'var(--tw-ink-3)',
      ground: appearance.type === 'filled' ? 'var(--tw-sunken)' : 'transparent',
      border: 'var(--tw-line)',
    }
  const own = appearance.customStyle[state]
  const main = own?.overrideMainColor ? own.mainColor : appearance.mainColor
  const ground = own?.overrideBackgroundColor ? own.backgroundColor : appearance.backgroundColor
  const isStockMain = isSame(main, stockColors.main)
  const isStockGround = isSame(ground, stockColors.ground) || parseColor(ground) === null
  if (appearance.type === 'filled') {
    const fill = isStockMain ? 'var(--tw-accent)' : markColor(main, theme)
    // The ground of a filled button is what its words are drawn in.
    const ink =
      isStockMain && isStockGround ? 'var(--tw-accent-ink)' : isStockGround ? inkOn(main) : toReadable(ground, main)
    return { ink, ground: fill, border: fill }
  }
  const surface = isStockGround
    ? themeSurface[theme]
    : { scheme: theme, rgb: parseColor(ground) ?? themeSurface[theme].rgb, isOwn: true }
  const ink = isStockMain && isStockGround ? 'var(--tw-accent-text)' : textColor(main, surface, textContrast)
  return {
    ink,
    ground: isStockGround ? 'transparent' : toCss(surface.rgb),
    border: appearance.type === 'basic' ? 'transparent' : isStockMain ? 'var(--tw-accent)' : markColor(main, surface),
  }
}

const toReadable = (ink: string, ground: string): string => {
  const parsed = parseColor(ground)
  return parsed
    ? textColor(ink, { scheme: luminance(parsed) > light ? 'light' : 'dark', rgb: parsed, isOwn: true })
    : ink
}

export const lookStyle = (look: ButtonLook, type: ButtonAppearance['type']): CSSProperties => ({
  color: look.ink,
  background: look.ground,
  ...(type === 'underlined' ? { borderBottom: `2px solid ${look.border}` } : { border: `1px solid ${look.border}` }),
})
