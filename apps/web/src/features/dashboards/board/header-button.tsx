'use client'
import type { ActionButton, WidgetAction } from '@thingwire/dashboards'
import { cn, Tooltip } from '@thingwire/ui'
import { cssColor, type Scheme, surfaceOn, textColor, WidgetIcon } from '@thingwire/widgets/views'
import type { CSSProperties, MouseEvent } from 'react'
import { safeStyle } from './card/safe-style.ts'

const looks: Readonly<Record<ActionButton['type'], string>> = {
  icon: 'size-7 rounded-md text-ink-2 hover:bg-hover hover:text-ink',
  basic: 'h-7 rounded-md px-2 text-ink-2 hover:bg-hover hover:text-ink',
  stroked: 'h-7 rounded-md border border-line-strong px-2.5 text-ink hover:bg-hover',
  raised: 'h-7 rounded-md bg-raised px-2.5 text-ink shadow-card ring-1 ring-line hover:brightness-95',
  flat: 'h-7 rounded-md bg-accent px-2.5 text-accent-ink hover:brightness-95',
  miniFab: 'size-7 rounded-full bg-accent text-accent-ink shadow-card hover:brightness-95',
}
const filled: readonly ActionButton['type'][] = ['raised', 'flat', 'miniFab']
/** Filled with the accent where a file names no colour. */
const accented: readonly ActionButton['type'][] = ['flat', 'miniFab']
const bare: readonly ActionButton['type'][] = ['icon', 'miniFab']

/** Colours of a file, as far as they can be read on what is behind them. */
const colorsOf = ({ color, button }: WidgetAction, theme: Scheme): CSSProperties => {
  const fill = filled.includes(button.type) ? button.fill : null
  const ground = fill === null ? theme : surfaceOn(fill, theme)
  return {
    ...(fill === null ? {} : { background: cssColor(fill), color: textColor('rgba(0, 0, 0, 0.87)', ground) }),
    // A colour is meant for its fill, not for the accent.
    ...(color === null || (fill === null && accented.includes(button.type)) ? {} : { color: textColor(color, ground) }),
    ...(button.border === null || button.type !== 'stroked' ? {} : { borderColor: cssColor(button.border) }),
  }
}

/** A button that a file puts into the header of a widget, in one of six looks. */
export const HeaderButton = (p: {
  action: WidgetAction
  /** Of what it stands on. */
  theme: Scheme
  onClick: (event: MouseEvent<HTMLButtonElement>) => void
}) => {
  const { action } = p
  const { type, style } = action.button
  const isBare = bare.includes(type)
  const icon = action.icon ?? (isBare || action.name === '' ? 'more_horiz' : null)
  const button = (
    <button
      type="button"
      aria-label={action.name}
      onClick={p.onClick}
      style={{ ...colorsOf(action, p.theme), ...safeStyle(style) }}
      className={cn(
        'inline-flex max-w-44 shrink-0 items-center justify-center gap-1 text-xs font-medium transition-colors duration-100 select-none',
        looks[type],
      )}
    >
      {icon === null ? null : <WidgetIcon name={icon} size={16} />}
      {isBare ? null : <span className="truncate">{action.name}</span>}
    </button>
  )
  return isBare ? <Tooltip content={action.name}>{button}</Tooltip> : button
}
