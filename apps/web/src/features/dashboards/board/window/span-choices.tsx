'use client'
import {
  fromWallClock,
  lastChoices,
  type QuickInterval,
  quickChoices,
  rangeOf,
  type TimeWindowModel,
  toWallClock,
  type WindowSpan,
} from '@thingwire/dashboards'
import { Button, Field, Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useWindowWords } from './use-window-words.ts'

type Choice<Allowed> = {
  /** What is chosen now; null when it is of the other mode. */
  current: WindowSpan | null
  allowed: readonly Allowed[] | null
  onChoose: (span: WindowSpan) => void
}

export const LastSpans = ({ current, allowed, onChoose }: Choice<number>) => {
  const t = useTranslations('boardWindow')
  const words = useWindowWords()
  const choices = allowed ?? lastChoices
  const chosen = current?.kind === 'last' ? current.durationMs : null
  const all = chosen !== null && !choices.includes(chosen) ? [...choices, chosen].toSorted((a, b) => a - b) : choices
  return (
    <fieldset>
      <legend className="mb-1.5 text-xs font-medium text-ink-3">{t('last')}</legend>
      <div className="grid grid-cols-3 gap-1">
        {all.map((durationMs) => (
          <Button
            key={durationMs}
            size="sm"
            variant={durationMs === chosen ? 'primary' : 'ghost'}
            aria-pressed={durationMs === chosen}
            onClick={() => onChoose({ kind: 'last', durationMs })}
          >
            {words.duration(durationMs)}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}

/** A period that is over does not move on, so it is no choice for what is live. */
const groupsOf = { realtime: ['current', 'soFar'], history: ['previous', 'current', 'soFar'] } as const

export const QuickSpans = (p: Choice<QuickInterval> & { mode: TimeWindowModel['mode'] }) => {
  const t = useTranslations('boardWindow')
  const chosen = p.current?.kind === 'quick' ? p.current.interval : ''
  const isAllowed = (one: QuickInterval) => p.allowed === null || p.allowed.includes(one)
  return (
    <Field label={t('quick')}>
      <Select
        value={chosen}
        onChange={(event) => {
          const interval = Object.values(quickChoices)
            .flat()
            .find((one) => one === event.target.value)
          if (interval) p.onChoose({ kind: 'quick', interval })
        }}
      >
        <option value="" disabled>
          {t('choose')}
        </option>
        {groupsOf[p.mode].map((group) => (
          <optgroup key={group} label={t(`groups.${group}`)}>
            {quickChoices[group].filter(isAllowed).map((interval) => (
              <option key={interval} value={interval}>
                {t(`quickOf.${interval}`)}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
    </Field>
  )
}

const viewerZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

export const FixedSpan = ({ model, onChoose }: { model: TimeWindowModel; onChoose: (span: WindowSpan) => void }) => {
  const t = useTranslations('boardWindow')
  const zone = model.timeZone ?? viewerZone()
  const [start] = useState(() => rangeOf(model, Date.now(), zone))
  // All time begins before anybody would look for something.
  const startTs = model.span.kind === 'all' ? start.endTs - 86_400_000 : start.startTs
  const [from, setFrom] = useState(toWallClock(startTs, zone))
  const [to, setTo] = useState(toWallClock(start.endTs, zone))
  const range = { startTs: fromWallClock(from, zone), endTs: fromWallClock(to, zone) }
  const isValid = range.startTs !== null && range.endTs !== null && range.endTs > range.startTs
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-xs font-medium text-ink-3">{t('fixed')}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        <Field label={t('from')}>
          <Input
            type="datetime-local"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
            className="tabular-nums"
          />
        </Field>
        <Field label={t('to')} error={isValid ? undefined : t('endBeforeStart')}>
          <Input
            type="datetime-local"
            value={to}
            onChange={(event) => setTo(event.target.value)}
            className="tabular-nums"
          />
        </Field>
      </div>
      <Button
        size="sm"
        className="justify-self-end"
        disabled={!isValid}
        onClick={() => {
          if (range.startTs !== null && range.endTs !== null)
            onChoose({ kind: 'fixed', startTs: range.startTs, endTs: range.endTs })
        }}
      >
        {t('apply')}
      </Button>
    </fieldset>
  )
}
