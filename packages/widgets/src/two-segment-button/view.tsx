'use client'
import { readAction } from '@thingwire/dashboards'
import { cn } from '@thingwire/ui'
import { type CSSProperties, useMemo, useState } from 'react'
import { ControlView } from '../engines/control/control-view.tsx'
import { useWidgetHost } from '../host/host-context.tsx'
import { fitText } from '../style/fit.ts'
import { fontPx } from '../style/font.ts'
import { type Scheme, textColor } from '../style/ground-colors.ts'
import { WidgetIcon } from '../style/icons.tsx'
import { luminance, parseColor, toCss } from '../style/rgb.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { TwoSegmentButtonSettings } from './manifest.ts'

type Props = WidgetViewProps<TwoSegmentButtonSettings>
type Colors = TwoSegmentButtonSettings['appearance']['selectedStyle']
type Segment = TwoSegmentButtonSettings['appearance']['leftAppearance']

const iconGap = 8
const padding = 12

/** Greys of a file follow the theme; a colour that somebody chose is kept, with words that can be read on it. */
const styleOf = (colors: Colors, isSelected: boolean, theme: Scheme): CSSProperties => {
  const stock = isSelected ? '#305680' : '#e8e8e8'
  if (colors.backgroundColor.toLowerCase() === stock)
    return isSelected ? { background: 'var(--tw-accent)', color: 'var(--tw-accent-ink)' } : { color: 'var(--tw-ink-2)' }
  const ground = parseColor(colors.backgroundColor)
  if (!ground) return {}
  const surface = {
    scheme: luminance(ground) > 0.36 ? ('light' as const) : ('dark' as const),
    rgb: ground,
    isOwn: true,
  }
  return { background: toCss(ground), color: textColor(colors.mainColor, ground.a > 0.5 ? surface : theme) }
}

export const TwoSegmentButton = (p: Props) => {
  const { appearance, leftButtonClick, rightButtonClick } = p.settings
  const { actions, commands } = useWidgetHost()
  /** What was pressed last, until the value read says something else. */
  const [pressed, setPressed] = useState<{ isLeft: boolean; over: unknown } | null>(null)
  const [left, right] = useMemo(
    () => [readAction(leftButtonClick, 'left', 'left'), readAction(rightButtonClick, 'right', 'right')],
    [leftButtonClick, rightButtonClick],
  )
  return (
    <ControlView {...p}>
      {({ isOn, isDisabled, value }) => {
        const isLeft = pressed && pressed.over === value ? pressed.isLeft : isOn
        const press = (toLeft: boolean, anchor: HTMLElement) => {
          if (isDisabled) return
          setPressed({ isLeft: toLeft, over: value })
          const action = toLeft ? left : right
          if (action) actions.run(action, { entity: commands.target, anchor })
        }
        const half = { width: (p.size.width - 32) / 2, height: p.size.height - 32 }
        const segment = (look: Segment, toLeft: boolean) => (
          <SegmentButton
            look={look}
            isSelected={isLeft === toLeft}
            isBlocked={isDisabled}
            width={half.width}
            autoScale={appearance.autoScale}
            style={styleOf(
              isLeft === toLeft ? appearance.selectedStyle : appearance.unselectedStyle,
              isLeft === toLeft,
              p.theme,
            )}
            onPress={(anchor) => press(toLeft, anchor)}
          />
        )
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame and title
          <div
            role="group"
            aria-label={p.title || undefined}
            className={cn(
              'flex w-full overflow-hidden bg-sunken',
              appearance.layout === 'rounded' ? 'rounded-full' : 'rounded-lg',
              appearance.cardBorder > 0 && 'border border-line-strong',
            )}
            style={{ height: Math.min(p.size.height - 24, 72) }}
          >
            {segment(appearance.leftAppearance, true)}
            {segment(appearance.rightAppearance, false)}
          </div>
        )
      }}
    </ControlView>
  )
}

const SegmentButton = (p: {
  look: Segment
  isSelected: boolean
  isBlocked: boolean
  width: number
  autoScale: boolean
  style: CSSProperties
  onPress: (button: HTMLElement) => void
}) => {
  const { look } = p
  const iconPx = look.showIcon ? Math.min(look.iconSize, 24) : 0
  const label = look.showLabel ? look.label : ''
  const room = p.width - 2 * padding - (iconPx > 0 ? iconPx + iconGap : 0)
  const most = Math.min(18, fontPx(look.labelFont))
  return (
    <button
      type="button"
      aria-pressed={p.isSelected}
      aria-disabled={p.isBlocked}
      aria-label={label ? undefined : look.label}
      onClick={({ currentTarget }) => p.onPress(currentTarget)}
      className={cn(
        'flex min-w-0 flex-1 items-center justify-center gap-2 px-3 font-medium transition-[filter,background-color] duration-100 -outline-offset-2',
        p.isBlocked ? 'cursor-default opacity-60' : 'hover:brightness-95 dark:hover:brightness-110',
      )}
      style={{ ...p.style, fontSize: p.autoScale ? fitText(label, room, most, 11) : most }}
    >
      {look.showIcon ? <WidgetIcon name={look.icon} size={iconPx} /> : null}
      {label ? <span className="truncate">{label}</span> : null}
    </button>
  )
}
