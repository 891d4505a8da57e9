'use client'
import type { ArgumentRule } from '@thingwire/contracts'
import { Field, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { ScheduleEditor } from '@/features/alarm-rules/schedule-editor.tsx'
import type { At } from './issues.ts'

type Schedule = ArgumentRule['condition']['schedule']

/** When a condition counts: a schedule of its own, or one that an argument holds as JSON. */
export const ScheduleField = (p: {
  schedule: Schedule
  names: readonly string[]
  at: At
  onChange: (schedule: Schedule) => void
}) => {
  const t = useTranslations('alarmFields')
  const rules = useTranslations('alarmRules')
  const { schedule, names, onChange } = p
  const from = schedule?.dynamicValueArgument || null
  const [first] = names
  const error = p.at()
  if (from === null)
    return (
      <div className="grid gap-1.5">
        <ScheduleEditor
          schedule={schedule?.staticValue}
          onChange={(staticValue) =>
            onChange(staticValue ? { ...schedule, staticValue, dynamicValueArgument: null } : null)
          }
          more={
            first === undefined
              ? undefined
              : { label: t('scheduleFromArgument'), choose: () => onChange({ dynamicValueArgument: first }) }
          }
        />
        {error ? (
          <p role="alert" className="text-xs text-danger-text">
            {error}
          </p>
        ) : null}
      </div>
    )
  return (
    <Field label={rules('schedule')} hint={t('scheduleHint')} error={error}>
      <Select
        value={from}
        onChange={({ target }) =>
          onChange(target.value === '' ? null : { ...schedule, staticValue: null, dynamicValueArgument: target.value })
        }
      >
        <option value="">{rules('schedules.ANY_TIME')}</option>
        <optgroup label={t('scheduleFromArgument')}>
          {[...new Set([from, ...names])].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </optgroup>
      </Select>
    </Field>
  )
}
