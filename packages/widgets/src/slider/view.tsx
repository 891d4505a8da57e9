'use client'
import { cn } from '@thingwire/ui'
import type { CSSProperties, PointerEvent } from 'react'
import { ControlView } from '../engines/control/control-view.tsx'
import { atShare } from '../engines/control/range.ts'
import { type RangeControl, useRange } from '../engines/control/use-range.ts'
import type { Operation } from '../engines/control/operation.ts'
import { formatValue } from '../format.ts'
import { fitText } from '../style/fit.ts'
import { fontPx, fontStyle } from '../style/font.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import { textColor } from '../style/ground-colors.ts'
import { WidgetIcon } from '../style/icons.tsx'
import type { WidgetViewProps } from '../widget.ts'
import { markPlaces, marksOf, sliderColors, sliderRange, thumbPlace } from './look.ts'
import type { SliderSettings } from './manifest.ts'

type Props = WidgetViewProps<SliderSettings>

export const Slider = (p: Props) => {
  const ground = useGround(p.settings.background, p.theme)
  return (
    <GroundBox ground={ground} padding="0" className="size-full">
      <ControlView {...p} className="px-5 pt-3 pb-6">
        {(operation) => <Ready {...p} operation={operation} surface={ground.surface} />}
      </ControlView>
    </GroundBox>
  )
}

type ReadyProps = Props & { operation: Operation; surface: ReturnType<typeof useGround>['surface'] }

const Ready = (p: ReadyProps) => {
  const { settings: s, surface, size } = p
  const range = sliderRange(s)
  const control = useRange(p.operation, range, 'change')
  const colors = sliderColors(s, surface, p.operation.isDisabled)
  const isExtended = s.layout === 'extended'
  const text = (value: number) => formatValue(value, { name: '', decimals: s.valueDecimals }, p.locale)
  const valueText = control.value === null ? '—' : `${text(control.value)}${s.valueUnits ? ` ${s.valueUnits}` : ''}`
  const hasValue = s.layout !== 'simplified' && s.showValue && size.height >= 84
  const room = Math.max(14, Math.min(44, size.height - 108))
  const valuePx = Math.min(fitText(valueText, size.width - 48, s.autoScale ? room : fontPx(s.valueFont)), room)
  const iconPx = (own: number) => Math.max(16, Math.min(own, 32))
  return (
    <div className="flex w-full flex-col gap-2">
      {hasValue ? (
        <p
          className="truncate text-center leading-none tabular-nums"
          style={{ ...fontStyle(s.valueFont, valuePx), color: textColor(s.valueColor, surface) }}
        >
          {valueText}
        </p>
      ) : null}
      <div className="flex items-start gap-3">
        {isExtended ? (
          <SideIcon name={s.leftIcon} px={iconPx(s.leftIconSize)} color={colors.icon(s.leftIconColor)} />
        ) : null}
        <div className="min-w-0 flex-1">
          <Track
            control={control}
            range={range}
            colors={colors}
            marks={marksOf(s)}
            isThick={isExtended}
            name={p.title}
            valueText={valueText}
          />
          {s.showTicks && size.height >= 72 ? (
            <div
              aria-hidden
              className="flex justify-between tabular-nums"
              style={{
                ...fontStyle(s.ticksFont, Math.min(14, fontPx(s.ticksFont))),
                color: textColor(s.ticksColor, surface),
              }}
            >
              <span>{text(range.min)}</span>
              <span>{text(range.max)}</span>
            </div>
          ) : null}
        </div>
        {isExtended ? (
          <SideIcon name={s.rightIcon} px={iconPx(s.rightIconSize)} color={colors.icon(s.rightIconColor)} />
        ) : null}
      </div>
    </div>
  )
}

const SideIcon = ({ name, px, color }: { name: string; px: number; color: string }) => (
  <span aria-hidden className="flex h-11 shrink-0 items-center" style={{ color }}>
    <WidgetIcon name={name} size={px} />
  </span>
)

const Track = (p: {
  control: RangeControl
  range: ReturnType<typeof sliderRange>
  colors: ReturnType<typeof sliderColors>
  marks: number
  isThick: boolean
  name: string
  valueText: string
}) => {
  const { control, range, colors } = p
  const place = thumbPlace(range, control.value)
  const follow = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    if (width > 0) control.move(atShare(range, Math.min(1, Math.max(0, (event.clientX - left) / width))))
  }
  const bar: CSSProperties = { height: p.isThick ? 14 : 6, top: p.isThick ? 15 : 19 }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={p.name}
      aria-valuemin={range.min}
      aria-valuemax={range.max}
      aria-valuenow={control.value ?? range.min}
      aria-valuetext={p.valueText}
      aria-disabled={!control.isFree}
      onKeyDown={control.onKeyDown}
      onKeyUp={control.onKeyUp}
      onBlur={control.letGo}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        follow(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event)
      }}
      onPointerUp={control.letGo}
      onPointerCancel={control.cancel}
      className={cn('relative h-11 touch-pan-y rounded-md', control.isFree ? 'cursor-pointer' : 'cursor-default')}
    >
      <span
        aria-hidden
        className="absolute inset-x-0 overflow-hidden rounded-full"
        style={{ ...bar, background: colors.track }}
      >
        <span className="absolute inset-y-0 left-0" style={{ width: `${place}%`, background: colors.main }} />
      </span>
      {markPlaces(p.marks).map((at) => (
        <span
          key={at}
          aria-hidden
          className="absolute h-1.5 w-px -translate-x-1/2"
          style={{ left: `${at}%`, top: p.isThick ? 33 : 31, background: colors.main, opacity: 0.5 }}
        />
      ))}
      <span
        aria-hidden
        className={cn(
          'absolute -translate-x-1/2 rounded-full border-2 border-surface shadow-card',
          control.value === null && 'opacity-0',
        )}
        style={{ left: `${place}%`, top: 12, width: 20, height: 20, background: colors.main }}
      />
    </div>
  )
}
