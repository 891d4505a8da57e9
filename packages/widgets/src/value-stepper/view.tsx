'use client'
import { cn } from '@thingwire/ui'
import { type CSSProperties, useState } from 'react'
import { ControlView } from '../engines/control/control-view.tsx'
import type { Operation } from '../engines/control/operation.ts'
import { rangeOf, snapTo } from '../engines/control/range.ts'
import { useRange } from '../engines/control/use-range.ts'
import { formatValue } from '../format.ts'
import { fitText } from '../style/fit.ts'
import { fontPx, fontStyle } from '../style/font.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import { isStockGround, markColor, type Surface, textColor } from '../style/ground-colors.ts'
import { WidgetIcon } from '../style/icons.tsx'
import { cssColor, parseColor } from '../style/rgb.ts'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { ValueStepperSettings } from './manifest.ts'
import { stepperWords } from './words.ts'

type Props = WidgetViewProps<ValueStepperSettings>

const narrowPx = 240

export const ValueStepper = (p: Props) => {
  const ground = useGround(p.settings.background, p.theme)
  return (
    <GroundBox ground={ground} padding="0" className="size-full">
      <ControlView {...p}>{(operation) => <Ready {...p} operation={operation} surface={ground.surface} />}</ControlView>
    </GroundBox>
  )
}

const Ready = (p: Props & { operation: Operation; surface: Surface }) => {
  const { settings, surface, size } = p
  const { appearance: look, buttonAppearance: buttons } = settings
  const words = useWords('value-stepper', stepperWords)
  const [way, setWay] = useState<'less' | 'more'>('more')
  const range = rangeOf(look.minValueRange, look.maxValueRange, look.valueStep)
  const control = useRange(p.operation, range, way)
  const { value } = control
  // Narrow: the number needs the room more than the buttons do.
  const isNarrow = size.width < narrowPx
  const side = Math.min(isNarrow ? 36 : 56, Math.max(32, size.height - 24))
  const text =
    value === null
      ? '—'
      : `${formatValue(value, { name: '', decimals: look.valueDecimals }, p.locale)}${look.valueUnits ? ` ${look.valueUnits}` : ''}`
  const step = (to: 'less' | 'more') => {
    setWay(to)
    // A number that nobody knows is not guessed at: the first step leads to the nearest end of the range to zero.
    const from = value ?? Math.min(range.max, Math.max(range.min, 0))
    control.move(value === null ? snapTo(range, from) : next(from, to))
    control.letGo()
  }
  /** Steps count from where the value is, which need not be a whole step itself. */
  const next = (from: number, to: 'less' | 'more') =>
    Number(Math.min(range.max, Math.max(range.min, from + (to === 'more' ? range.step : -range.step))).toFixed(10))
  const button = (to: 'less' | 'more', own: typeof buttons.leftButton) =>
    own.showButton ? (
      <StepButton
        name={words(to)}
        own={own}
        surface={surface}
        side={side}
        type={look.type}
        isBlocked={!control.isFree || (value !== null && next(value, to) === value)}
        onPress={() => step(to)}
      />
    ) : null
  const most = look.autoScale ? Math.max(fontPx(look.valueFont), side * 0.45) : fontPx(look.valueFont)
  const px = fitText(text, size.width - 2 * side - (isNarrow ? 52 : 72), most, isNarrow ? 10 : 12)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame and title
    <div
      role="group"
      aria-label={p.title || undefined}
      className={cn('flex w-full items-center justify-center', isNarrow ? 'gap-1.5' : 'gap-3')}
    >
      {button('less', buttons.leftButton)}
      <output
        aria-live="polite"
        className={cn(
          'flex min-w-0 flex-1 items-center justify-center truncate rounded-md tabular-nums',
          isNarrow ? 'px-0.5' : 'px-2',
        )}
        style={{ ...boxStyle(look, surface), height: side, maxWidth: 220 }}
      >
        <span style={{ ...fontStyle(look.valueFont, px), color: textColor(look.valueColor, surface) }}>{text}</span>
      </output>
      {button('more', buttons.rightButton)}
    </div>
  )
}

/** Greys and the blue of files where nobody chose a colour follow the theme. */
const boxStyle = (look: ValueStepperSettings['appearance'], surface: Surface): CSSProperties => {
  if (!look.showValueBox) return {}
  const ground = parseColor(look.valueBoxBackground)
  const isStock = !ground || (ground.r === 0 && ground.g === 0 && ground.b === 0)
  const border =
    look.borderColor.toLowerCase() === '#305680' ? 'var(--tw-line-strong)' : markColor(look.borderColor, surface)
  return {
    background: isStock ? 'var(--tw-sunken)' : cssColor(look.valueBoxBackground),
    ...(look.showBorder && look.borderWidth > 0
      ? { border: `${Math.min(4, Math.max(1, look.borderWidth))}px solid ${border}` }
      : {}),
  }
}

const StepButton = (p: {
  name: string
  own: ValueStepperSettings['buttonAppearance']['leftButton']
  surface: Surface
  side: number
  type: ValueStepperSettings['appearance']['type']
  isBlocked: boolean
  onPress: () => void
}) => {
  const { own, surface, isBlocked } = p
  const isFilled = p.type !== 'simplified'
  const isStock = own.mainColorOn.toLowerCase() === '#3f52dd' && !surface.isOwn
  const main = isStock ? 'var(--tw-accent-text)' : textColor(own.mainColorOn, surface)
  const style: CSSProperties = isBlocked
    ? { color: 'var(--tw-ink-3)' }
    : {
        color: main,
        ...(isStockGround(own.backgroundColorOn) ? {} : { background: cssColor(own.backgroundColorOn) }),
      }
  return (
    <button
      type="button"
      aria-label={p.name}
      title={p.name}
      aria-disabled={isBlocked}
      onClick={() => {
        if (!isBlocked) p.onPress()
      }}
      className={cn(
        'flex shrink-0 items-center justify-center rounded-lg transition-colors duration-100 select-none',
        isBlocked ? 'cursor-default opacity-60' : 'hover:bg-hover',
        isFilled && 'border border-line-strong bg-surface',
        p.type === 'default_volume' && 'shadow-card',
      )}
      style={{ ...style, width: p.side < 40 ? p.side : Math.max(44, p.side), height: p.side }}
    >
      <WidgetIcon name={own.icon} size={Math.min(own.iconSize, p.side * 0.6)} />
    </button>
  )
}
