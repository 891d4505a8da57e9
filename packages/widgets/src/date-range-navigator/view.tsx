'use client'
import { dayOf, moveRange, rangeOfDays, rangeUpTo, type TimeStep, timeSteps } from '@thingwire/dashboards'
import { Button, IconButton, Input, Select } from '@thingwire/ui'
import { ChevronLeft, ChevronRight, Radio } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import type { z } from 'zod'
import { useWidgetHost } from '../host/host-context.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { TimeRange, WidgetViewProps } from '../widget.ts'
import type { dateRangeNavigatorSettingsSchema } from './manifest.ts'
import { navigatorWords } from './words.ts'

type Settings = z.infer<typeof dateRangeNavigatorSettingsSchema>

export const DateRangeNavigator = (p: WidgetViewProps<Settings>) => {
  const words = useWords('date-range-navigator', navigatorWords)
  const { time } = useWidgetHost()
  const [step, setStep] = useState<TimeStep>(p.settings.stepSize)
  const { settings, window: range, timeZone } = p
  const isLive = time.model.mode === 'realtime'
  const show = ({ startTs, endTs }: TimeRange) =>
    time.choose({ ...time.model, mode: 'history', span: { kind: 'fixed', startTs, endTs } })
  const move = (count: number) => show(moveRange(range, step, count, timeZone))
  const backToLive = () =>
    time.choose({
      ...time.model,
      mode: 'realtime',
      span: { kind: 'last', durationMs: Math.max(60_000, range.endTs - range.startTs) },
    })

  return (
    <div className="flex size-full flex-col overflow-y-auto p-3">
      {/* In the middle while there is room, and from the top where there is none. */}
      <div className="m-auto grid w-full gap-2">
        <div className="flex items-center gap-1">
          <IconButton label={words('back', { step: words(step) })} onClick={() => move(-1)}>
            <ChevronLeft />
          </IconButton>
          <p aria-live="polite" className="min-w-0 flex-1 text-center text-sm font-medium tabular-nums">
            {rangeText(range, timeZone, p.locale)}
          </p>
          <IconButton label={words('forward', { step: words(step) })} onClick={() => move(1)}>
            <ChevronRight />
          </IconButton>
          <Button
            size="sm"
            variant={isLive ? 'secondary' : 'ghost'}
            aria-pressed={isLive}
            title={words('backToLive')}
            onClick={backToLive}
          >
            <Radio aria-hidden className={isLive ? 'text-ok-text' : ''} />
            {words('live')}
          </Button>
        </div>
        <div className="flex flex-wrap items-end gap-2">
          {settings.hidePicker ? null : (
            <Days
              // A step elsewhere is what the fields show next.
              key={`${dayOf(range.startTs, timeZone)} ${dayOf(range.endTs - 1, timeZone)}`}
              range={range}
              timeZone={timeZone}
              hideLabels={settings.hideLabels}
              onRange={show}
            />
          )}
          {settings.hideInterval ? null : (
            <Labelled text={words('length')} hidden={settings.hideLabels}>
              {(id) => (
                <Steps
                  id={id}
                  value={lengthOf(range, timeZone)}
                  onChange={(length) => show(rangeUpTo(Math.max(range.startTs, range.endTs - 1), length, timeZone))}
                />
              )}
            </Labelled>
          )}
          {settings.hideStepSize ? null : (
            <Labelled text={words('step')} hidden={settings.hideLabels}>
              {(id) => <Steps id={id} value={step} onChange={setStep} />}
            </Labelled>
          )}
        </div>
      </div>
    </div>
  )
}

const Days = (p: { range: TimeRange; timeZone: string; hideLabels: boolean; onRange: (range: TimeRange) => void }) => {
  const words = useWords('date-range-navigator', navigatorWords)
  const [from, setFrom] = useState(dayOf(p.range.startTs, p.timeZone))
  const [through, setThrough] = useState(dayOf(Math.max(p.range.startTs, p.range.endTs - 1), p.timeZone))
  const [isBad, setBad] = useState(false)
  // Typing passes through days that nobody means; what stands there when the field is left, or Enter is pressed, counts.
  const apply = () => {
    const range = rangeOfDays(from, through, p.timeZone)
    setBad(range === null)
    const isSame = range?.startTs === p.range.startTs && range.endTs === p.range.endTs
    if (range && !isSame) p.onRange(range)
  }
  const input = (value: string, set: (value: string) => void) => (id: string) => (
    <Input
      id={id}
      type="date"
      value={value}
      aria-invalid={isBad}
      className="w-auto tabular-nums"
      onChange={(event) => set(event.target.value)}
      onBlur={apply}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
    />
  )
  return (
    <>
      <Labelled text={words('from')} hidden={p.hideLabels}>
        {input(from, setFrom)}
      </Labelled>
      <Labelled text={words('through')} hidden={p.hideLabels}>
        {input(through, setThrough)}
      </Labelled>
      {isBad ? (
        <p role="alert" className="w-full text-xs text-danger-text">
          {words('badRange')}
        </p>
      ) : null}
    </>
  )
}

const Steps = (p: { id: string; value: TimeStep | null; onChange: (step: TimeStep) => void }) => {
  const words = useWords('date-range-navigator', navigatorWords)
  return (
    <Select
      id={p.id}
      value={p.value ?? ''}
      onChange={(event) => {
        const chosen = timeSteps.find((step) => step === event.target.value)
        if (chosen) p.onChange(chosen)
      }}
    >
      {p.value === null ? <option value="">{words('custom')}</option> : null}
      {timeSteps.map((step) => (
        <option key={step} value={step}>
          {words(step)}
        </option>
      ))}
    </Select>
  )
}

const Labelled = (p: { text: string; hidden: boolean; children: (id: string) => ReactNode }) => {
  const id = useId()
  return (
    <div className="grid gap-0.5">
      <label htmlFor={id} className={p.hidden ? 'sr-only' : 'text-xs text-ink-3'}>
        {p.text}
      </label>
      {p.children(id)}
    </div>
  )
}

/** Which length the range has, told by the calendar. */
const lengthOf = ({ startTs, endTs }: TimeRange, timeZone: string): TimeStep | null =>
  timeSteps.find((step) => moveRange({ startTs, endTs: startTs }, step, 1, timeZone).startTs === endTs) ?? null

/** Days only where the range is of whole days. */
const rangeText = ({ startTs, endTs }: TimeRange, timeZone: string, locale: string): string => {
  const isWhole = rangeOfDays(dayOf(startTs, timeZone), dayOf(endTs - 1, timeZone), timeZone)
  const isDays = isWhole?.startTs === startTs && isWhole.endTs === endTs
  const format = new Intl.DateTimeFormat(locale, {
    timeZone,
    dateStyle: 'medium',
    ...(isDays ? {} : { timeStyle: 'short' as const }),
  })
  return format.formatRange(startTs, isDays ? endTs - 1 : endTs)
}
