'use client'
import { cn } from '@thingwire/ui'
import type { PointerEvent } from 'react'
import { ControlView, statusRoom } from '../engines/control/control-view.tsx'
import type { Operation } from '../engines/control/operation.ts'
import { type ControlRange, rangeOf, shareOf, stepOfDecimals } from '../engines/control/range.ts'
import { useRange } from '../engines/control/use-range.ts'
import { formatValue } from '../format.ts'
import { fitText } from '../style/fit.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { KnobSettings } from './manifest.ts'
import { arcTo, isJump, pointAt, valueAt } from './turn.ts'

type Props = WidgetViewProps<KnobSettings>

export const Knob = (p: Props) => (
  <ControlView {...p} hasStatusRoom>
    {(operation) => <Ready {...p} operation={operation} />}
  </ControlView>
)

const usualDecimals = 0
const middle = 50
const radius = 42

const Ready = (p: Props & { operation: Operation }) => {
  const { settings: s, config, size } = p
  const decimals = config.decimals ?? usualDecimals
  const range = rangeOf(s.minValue, s.maxValue, stepOfDecimals(decimals))
  const control = useRange(p.operation, range, 'change')
  const share = control.value === null ? 0 : shareOf(range, control.value)
  const high = size.height - 12 - statusRoom(size.height) - (s.title ? 20 : 0)
  const side = Math.max(44, Math.min(size.width - 24, high))
  const text = (value: number) => formatValue(value, { name: '', decimals }, p.locale)
  const valueText = control.value === null ? '—' : `${text(control.value)}${config.units ? ` ${config.units}` : ''}`
  const turn = (event: PointerEvent<HTMLElement>, isStart: boolean) => {
    const box = event.currentTarget.getBoundingClientRect()
    const to = valueAt(range, event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2)
    if (isStart || !isJump(range, control.value, to)) control.move(to)
  }
  return (
    <div className="flex flex-col items-center gap-1">
      <div
        role="slider"
        tabIndex={0}
        style={{ width: side, height: side }}
        aria-label={s.title || p.title}
        aria-valuemin={range.min}
        aria-valuemax={range.max}
        aria-valuenow={control.value ?? range.min}
        aria-valuetext={valueText}
        aria-disabled={!control.isFree}
        onKeyDown={control.onKeyDown}
        onKeyUp={control.onKeyUp}
        onBlur={control.letGo}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          turn(event, true)
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) turn(event, false)
        }}
        onPointerUp={control.letGo}
        onPointerCancel={control.cancel}
        className={cn('touch-none rounded-full', control.isFree ? 'cursor-pointer' : 'cursor-default')}
      >
        <svg aria-hidden viewBox="0 0 100 100" className="size-full">
          <Dial range={range} share={share} isKnown={control.value !== null} isDim={p.operation.isDisabled} />
          <text
            x={middle}
            y={middle}
            textAnchor="middle"
            dominantBaseline="central"
            className="fill-ink font-medium tabular-nums select-none"
            style={{ fontSize: fitText(valueText, 46, 16, 6) }}
          >
            {valueText}
          </text>
          <text x={24} y={97} textAnchor="middle" className="fill-ink-3 tabular-nums" style={{ fontSize: 7 }}>
            {text(range.min)}
          </text>
          <text x={76} y={97} textAnchor="middle" className="fill-ink-3 tabular-nums" style={{ fontSize: 7 }}>
            {text(range.max)}
          </text>
        </svg>
      </div>
      {s.title ? <p className="max-w-full truncate text-xs text-ink-2">{s.title}</p> : null}
    </div>
  )
}

const Dial = (p: { range: ControlRange; share: number; isKnown: boolean; isDim: boolean }) => {
  const thumb = pointAt(p.share, middle, radius)
  const round = (n: number) => Math.round(n * 100) / 100
  const stroke = p.isDim ? 'stroke-ink-3' : 'stroke-accent'
  return (
    <g aria-hidden fill="none" strokeLinecap="round">
      <circle cx={middle} cy={middle} r={32} className="fill-sunken stroke-line" strokeWidth={1} />
      <path d={arcTo(1, middle, radius)} className="stroke-line-strong" strokeWidth={6} />
      {p.isKnown ? (
        <>
          {p.share > 0 ? <path d={arcTo(p.share, middle, radius)} className={stroke} strokeWidth={6} /> : null}
          <circle
            cx={round(thumb.x)}
            cy={round(thumb.y)}
            r={5.5}
            className={cn('fill-surface', stroke)}
            strokeWidth={2.5}
          />
        </>
      ) : null}
    </g>
  )
}
