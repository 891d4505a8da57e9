'use client'
import { useQuery } from '@tanstack/react-query'
import type { DebugSettings as Debug } from '@thingwire/contracts'
import { Field, Select } from '@thingwire/ui'
import { useFormatter, useNow, useTranslations } from 'next-intl'
import { getSystemParams } from '@/api/entities.ts'
import { SwitchRow } from '@/components/switch-row.tsx'
import { PanelSection } from './panel-frame.tsx'

const minutesOffered = [1, 5, 15, 30, 60, 240, 1_440]
const minuteMs = 60_000

type Props = { debug: Debug; onChange: (debug: Debug) => void }

/** Which messages of the node are kept to be looked at. */
export const DebugSettings = (p: Props) => {
  const t = useTranslations('chainPanels.settings')
  return (
    <PanelSection title={t('debugging')}>
      <DebugFields
        {...p}
        words={{
          failures: t('failures'),
          failuresHint: t('failuresHint'),
          all: t('all'),
          allHint: (most) => t('allHint', { most }),
        }}
      />
    </PanelSection>
  )
}

/** What is kept of something that can be debugged: failures, and everything for some time. `words` say what that is. */
export const DebugFields = ({
  debug,
  onChange,
  words,
}: Props & {
  /** `most`: minutes. */
  words: { failures: string; failuresHint: string; all: string; allHint: (most: number) => string }
}) => {
  const t = useTranslations('chainPanels.settings')
  const format = useFormatter()
  const now = useNow({ updateInterval: minuteMs / 4 }).getTime()
  const params = useQuery({ queryKey: ['system-params'], queryFn: ({ signal }) => getSystemParams(signal) })
  const most = params.data?.maxDebugModeDurationMinutes ?? 0
  const until = debug.allEnabledUntil
  const isUnderWay = until > now
  const choose = (chosen: string) => {
    if (chosen === 'kept') return
    onChange({
      ...debug,
      allEnabled: false,
      allEnabledUntil: chosen === 'off' ? 0 : Date.now() + Number(chosen) * minuteMs,
    })
  }
  return (
    <>
      <SwitchRow
        label={words.failures}
        hint={words.failuresHint}
        checked={debug.failuresEnabled}
        onChange={(failuresEnabled) => onChange({ ...debug, failuresEnabled })}
      />
      <Field label={words.all} {...(most > 0 && { hint: words.allHint(most) })}>
        <Select value={isUnderWay ? 'kept' : 'off'} onChange={({ target }) => choose(target.value)}>
          <option value="off">{t('allOff')}</option>
          {isUnderWay ? (
            <option value="kept">
              {t('allUntil', { time: format.dateTime(until, { hour: '2-digit', minute: '2-digit' }) })}
            </option>
          ) : null}
          {[...new Set([...minutesOffered.filter((minutes) => minutes < most), most])].map((minutes) =>
            minutes > 0 ? (
              <option key={minutes} value={String(minutes)}>
                {t('allFor', { minutes })}
              </option>
            ) : null,
          )}
        </Select>
      </Field>
    </>
  )
}
