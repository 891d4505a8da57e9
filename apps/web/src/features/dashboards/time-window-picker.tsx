'use client'
import { type Aggregation, aggregations } from '@thingwire/contracts'
import { Button, Field, Input, Popover, Segmented, Select } from '@thingwire/ui'
import { Clock } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import type { TimeWindow } from '@/live/series-plan.ts'
import { formatWindow, parseWindow, windowPresets } from './time-window.ts'

type Props = {
  window: TimeWindow
  agg: Aggregation
  onChange: (change: { window?: TimeWindow; agg?: Aggregation }) => void
}

export const useWindowLabel = () => {
  const t = useTranslations('window')
  const format = useFormatter()
  return (window: TimeWindow) => {
    if (window.kind === 'fixed') {
      return format.dateTimeRange(window.startTs, window.endTs, { dateStyle: 'short', timeStyle: 'short' })
    }
    return t('last', { duration: formatWindow(window) })
  }
}

export const TimeWindowPicker = (p: Props) => {
  const t = useTranslations('window')
  const label = useWindowLabel()
  const [open, setOpen] = useState(false)
  const current = formatWindow(p.window)
  return (
    <Popover
      label={t('title')}
      open={open}
      onOpenChange={setOpen}
      className="w-80"
      trigger={
        <Button aria-label={`${t('title')}: ${label(p.window)}`}>
          <Clock />
          <span className="max-w-52 truncate">{label(p.window)}</span>
        </Button>
      }
    >
      <div className="grid gap-4">
        <div>
          <p className="mb-1.5 text-xs font-medium text-ink-3">{t('live')}</p>
          <div className="grid grid-cols-3 gap-1">
            {windowPresets.map((preset) => (
              <Button
                key={preset}
                size="sm"
                variant={preset === current ? 'primary' : 'ghost'}
                aria-pressed={preset === current}
                onClick={() => {
                  const window = parseWindow(preset)
                  if (window) p.onChange({ window })
                  setOpen(false)
                }}
              >
                {t('preset', { duration: preset })}
              </Button>
            ))}
          </div>
        </div>
        <FixedRange
          window={p.window}
          onChange={(window) => {
            p.onChange({ window })
            setOpen(false)
          }}
        />
        <Field label={t('aggregation')}>
          <Select
            value={p.agg}
            onChange={(event) => p.onChange({ agg: aggregations.find((a) => a === event.target.value) ?? 'AVG' })}
          >
            {aggregations.map((agg) => (
              <option key={agg} value={agg}>
                {t(`agg.${agg}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </Popover>
  )
}

/** `datetime-local` speaks local time without a zone. */
const toLocalInput = (ts: number) => {
  const date = new Date(ts - new Date(ts).getTimezoneOffset() * 60_000)
  return date.toISOString().slice(0, 16)
}

export const FixedRange = ({ window, onChange }: { window: TimeWindow; onChange: (window: TimeWindow) => void }) => {
  const t = useTranslations('window')
  const [now] = useState(Date.now)
  const [from, setFrom] = useState(toLocalInput(window.kind === 'fixed' ? window.startTs : now - window.durationMs))
  const [to, setTo] = useState(toLocalInput(window.kind === 'fixed' ? window.endTs : now))
  const [startTs, endTs] = [new Date(from).getTime(), new Date(to).getTime()]
  const isValid = endTs > startTs
  return (
    <div className="grid gap-2 border-t pt-3">
      <p className="text-xs font-medium text-ink-3">{t('fixed')}</p>
      <div className="grid gap-2">
        <Field label={t('from')}>
          <Input
            type="datetime-local"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
            className="tabular-nums"
          />
        </Field>
        <Field label={t('to')}>
          <Input
            type="datetime-local"
            value={to}
            onChange={(event) => setTo(event.target.value)}
            className="tabular-nums"
          />
        </Field>
      </div>
      <Button size="sm" disabled={!isValid} onClick={() => onChange({ kind: 'fixed', startTs, endTs })}>
        {t('apply')}
      </Button>
    </div>
  )
}

/** The commonest choices in one row, for narrow places such as a card's head. */
export const WindowSegments = ({ value, onChange }: { value: string; onChange: (value: string) => void }) => {
  const t = useTranslations('window')
  return (
    <Segmented
      label={t('title')}
      value={value}
      onChange={onChange}
      options={['5m', '1h', '1d', '7d'].map((preset) => ({ value: preset, label: preset }))}
    />
  )
}
