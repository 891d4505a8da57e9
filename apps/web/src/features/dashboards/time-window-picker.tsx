'use client'
import { Button, Field, Input, Segmented } from '@thingwire/ui'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import type { TimeWindow } from '@/live/time-window.ts'
import { formatWindow } from './time-window.ts'

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
