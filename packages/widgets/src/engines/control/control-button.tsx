'use client'
import { cn } from '@thingwire/ui'
import { LoaderCircle } from 'lucide-react'
import { type CSSProperties, useState } from 'react'
import { fitText } from '../../style/fit.ts'
import type { Scheme } from '../../style/ground-colors.ts'
import { WidgetIcon } from '../../style/icons.tsx'
import type { ButtonAppearance } from './button-appearance.ts'
import { buttonLook, lookStyle } from './button-look.ts'

const padding = 24
const mostFontPx = 18
const usualFontPx = 14
const leastTouchPx = 44

/** A button in the form and colours of a file. What blocks it does not take the focus away. */
export const ControlButton = (p: {
  appearance: ButtonAppearance
  theme: Scheme
  /** Of the space it may fill. */
  size: { width: number; height: number }
  /** Said where the button shows no words. */
  name: string
  isActivated: boolean
  isBlocked: boolean
  isBusy: boolean
  /** For buttons that stay pressed. */
  isPressed?: boolean
  fills?: { width: boolean; height: boolean }
  onPress: (button: HTMLElement) => void
}) => {
  const { appearance, theme } = p
  const [pointer, setPointer] = useState<'none' | 'over' | 'down'>('none')
  const { hovered, pressed } = appearance.customStyle
  const state = p.isBlocked
    ? 'disabled'
    : pointer === 'down' && pressed
      ? 'pressed'
      : pointer === 'over' && hovered
        ? 'hovered'
        : p.isActivated
          ? 'activated'
          : 'enabled'
  const look = buttonLook(appearance, state, theme)
  const label = appearance.showLabel ? appearance.label : ''
  const iconPx = appearance.showIcon ? Math.min(appearance.iconSize, p.size.height * 0.5, 48) : 0
  const room = p.size.width - 2 * padding - (iconPx > 0 ? iconPx + 8 : 0)
  const most = Math.min(mostFontPx, Math.max(11, p.size.height * 0.6))
  const fontPx = appearance.autoScale ? fitText(label, room, most, 11) : Math.min(usualFontPx, most)
  const style: CSSProperties = {
    ...lookStyle(look, appearance.type),
    fontSize: fontPx,
    minHeight: Math.min(leastTouchPx, p.size.height),
    borderRadius: appearance.type === 'underlined' ? 0 : (radiusOf(appearance.borderRadius) ?? 8),
    ...(p.fills?.width === false ? {} : { width: '100%' }),
    ...(p.fills?.height === false ? {} : { height: '100%' }),
  }
  return (
    <button
      type="button"
      aria-label={label ? undefined : p.name}
      aria-pressed={p.isPressed}
      aria-disabled={p.isBlocked}
      aria-busy={p.isBusy}
      onPointerEnter={() => setPointer('over')}
      onPointerLeave={() => setPointer('none')}
      onPointerDown={() => setPointer('down')}
      onPointerUp={() => setPointer('over')}
      onClick={({ currentTarget }) => {
        if (!p.isBlocked) p.onPress(currentTarget)
      }}
      className={cn(
        'flex max-w-full min-w-0 items-center justify-center gap-2 px-4 font-medium transition-[filter,background-color] duration-100 select-none',
        p.isBlocked ? 'cursor-default' : 'hover:brightness-95 active:brightness-90 dark:hover:brightness-110',
        p.isActivated && !p.isBlocked && !appearance.customStyle.activated && 'ring-2 ring-accent ring-inset',
      )}
      style={style}
    >
      {p.isBusy ? (
        <LoaderCircle aria-hidden className="shrink-0 animate-spin" size={Math.max(16, iconPx)} />
      ) : appearance.showIcon ? (
        <WidgetIcon name={appearance.icon} size={iconPx} />
      ) : null}
      {label ? <span className="min-w-0 truncate">{label}</span> : null}
    </button>
  )
}

/** Only lengths: a file's text must not bring other CSS along. */
const radiusOf = (text: string): string | null =>
  /^\d{1,3}(\.\d+)?(px|%|em|rem)?$/.test(text.trim()) ? text.trim() : null
