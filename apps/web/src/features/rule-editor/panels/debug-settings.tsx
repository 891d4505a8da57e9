'use client'
import { useQuery } from '@tanstack/react-query'
import { Field, Select } from '@thingwire/ui'
import { useFormatter, useNow, useTranslations } from 'next-intl'
import { getSystemParams } from '@/api/entities.ts'
import { SwitchRow } from '@/components/switch-row.tsx'
import type { DocNode } from '../model/document.ts'
import { PanelSection } from './panel-frame.tsx'

const minutesOffered = [1, 5, 15, 30, 60, 240, 1_440]
const minuteMs = 60_000

type Props = { debug: DocNode['debug']; onChange: (debug: DocNode['debug']) => void }

/** Which messages of the node are kept to be looked at. */
export const DebugSettings = ({ debug, onChange }: Props) => {
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
    <PanelSection title={t('debugging')}>
      <SwitchRow
        label={t('failures')}
        hint={t('failuresHint')}
        checked={debug.failuresEnabled}
        onChange={(failuresEnabled) => onChange({ ...debug, failuresEnabled })}
      />
      <Field label={t('all')} hint={t('allHint', { most })}>
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
    </PanelSection>
  )
}
