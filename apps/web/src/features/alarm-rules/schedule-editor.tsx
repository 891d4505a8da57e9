'use client'
import type { AlarmSchedule } from '@thingwire/contracts'
import { Checkbox, cn, Field, Input, Select } from '@thingwire/ui'
import { useFormatter, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { parseTimeOfDay, timeOfDay } from './rule-model.ts'

type Specific = Extract<AlarmSchedule, { type: 'SPECIFIC_TIME' }>
type Custom = Extract<AlarmSchedule, { type: 'CUSTOM' }>
const days = [1, 2, 3, 4, 5, 6, 7] as const
const workStart = 9 * 3_600_000
const workEnd = 18 * 3_600_000

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

const fresh = (type: AlarmSchedule['type']): AlarmSchedule | null => {
  switch (type) {
    case 'ANY_TIME':
      return null
    case 'SPECIFIC_TIME':
      return { type, timezone: ownZone(), daysOfWeek: [1, 2, 3, 4, 5], startsOn: workStart, endsOn: workEnd }
    case 'CUSTOM': {
      const items = days.map((dayOfWeek) => ({
        enabled: dayOfWeek <= 5,
        dayOfWeek,
        startsOn: workStart,
        endsOn: workEnd,
      }))
      return { type, timezone: ownZone(), items }
    }
  }
}

/** When a condition counts. */
export const ScheduleEditor = (p: {
  schedule: AlarmSchedule | null | undefined
  onChange: (schedule: AlarmSchedule | null) => void
  /** Another way to say it, offered behind the others. */
  more?: { label: string; choose: () => void } | undefined
}) => {
  const t = useTranslations('alarmRules')
  const { schedule, more } = p
  const type = schedule?.type ?? 'ANY_TIME'
  return (
    <div className="grid gap-3">
      <Field label={t('schedule')}>
        <Select
          value={type}
          onChange={(event) => {
            if (event.target.value === 'MORE') more?.choose()
            else
              p.onChange(
                fresh((['SPECIFIC_TIME', 'CUSTOM'] as const).find((one) => one === event.target.value) ?? 'ANY_TIME'),
              )
          }}
        >
          {(['ANY_TIME', 'SPECIFIC_TIME', 'CUSTOM'] as const).map((value) => (
            <option key={value} value={value}>
              {t(`schedules.${value}`)}
            </option>
          ))}
          {more ? <option value="MORE">{more.label}</option> : null}
        </Select>
      </Field>
      {schedule?.type === 'SPECIFIC_TIME' ? <SpecificTime schedule={schedule} onChange={p.onChange} /> : null}
      {schedule?.type === 'CUSTOM' ? <CustomTime schedule={schedule} onChange={p.onChange} /> : null}
    </div>
  )
}

/** Names of the days; the first of the list is a Monday. */
const useDayNames = () => {
  const format = useFormatter()
  return (day: number, weekday: 'short' | 'long') =>
    format.dateTime(new Date(Date.UTC(2024, 0, day)), { weekday, timeZone: 'UTC' })
}

const ZoneField = ({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) => {
  const t = useTranslations('alarmRules')
  const zones = useMemo(() => [...new Set([zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])], [zone])
  return (
    <Field label={t('timezone')}>
      <Select value={zone} onChange={(event) => onChange(event.target.value)}>
        {zones.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </Select>
    </Field>
  )
}

const Times = (p: {
  startsOn: number
  endsOn: number
  label: string
  onChange: (change: Partial<Specific>) => void
}) => {
  const t = useTranslations('alarmRules')
  const field = (name: 'startsOn' | 'endsOn') => (
    <Input
      type="time"
      aria-label={`${p.label}: ${t(name)}`}
      className="w-34 tabular-nums"
      value={timeOfDay(p[name])}
      onChange={(event) => {
        const ms = parseTimeOfDay(event.target.value)
        if (ms !== null) p.onChange({ [name]: ms })
      }}
    />
  )
  return (
    <span className="flex items-center gap-2 text-xs text-ink-3">
      {field('startsOn')}–{field('endsOn')}
    </span>
  )
}

const SpecificTime = ({ schedule, onChange }: { schedule: Specific; onChange: (schedule: Specific) => void }) => {
  const t = useTranslations('alarmRules')
  const dayName = useDayNames()
  const chosen = schedule.daysOfWeek ?? []
  return (
    <>
      <ZoneField zone={schedule.timezone} onChange={(timezone) => onChange({ ...schedule, timezone })} />
      <fieldset>
        <legend className="mb-1.5 text-xs font-medium text-ink-2">{t('days')}</legend>
        <div className="flex flex-wrap gap-1">
          {days.map((day) => {
            const isOn = chosen.includes(day)
            return (
              <button
                key={day}
                type="button"
                aria-pressed={isOn}
                title={dayName(day, 'long')}
                onClick={() =>
                  onChange({
                    ...schedule,
                    daysOfWeek: isOn ? chosen.filter((one) => one !== day) : [...chosen, day].toSorted((a, b) => a - b),
                  })
                }
                className={cn(
                  'h-8 min-w-11 rounded-md border px-2 text-xs font-medium',
                  isOn
                    ? 'border-accent bg-accent-soft text-accent-text'
                    : 'border-line-strong text-ink-2 hover:bg-hover',
                )}
              >
                {dayName(day, 'short')}
              </button>
            )
          })}
        </div>
      </fieldset>
      <Times
        label={t('schedule')}
        startsOn={schedule.startsOn}
        endsOn={schedule.endsOn}
        onChange={(change) => onChange({ ...schedule, ...change })}
      />
      <p className="text-xs text-ink-3">{t('timesHint')}</p>
    </>
  )
}

const CustomTime = ({ schedule, onChange }: { schedule: Custom; onChange: (schedule: Custom) => void }) => {
  const t = useTranslations('alarmRules')
  const dayName = useDayNames()
  const items = schedule.items ?? []
  return (
    <>
      <ZoneField zone={schedule.timezone} onChange={(timezone) => onChange({ ...schedule, timezone })} />
      <ul className="grid gap-1.5">
        {items.map((item, index) => {
          const set = (change: Partial<(typeof items)[number]>) =>
            onChange({ ...schedule, items: items.map((one, place) => (place === index ? { ...one, ...change } : one)) })
          const name = dayName(item.dayOfWeek, 'long')
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a day may stand there twice, and the order does not change
            <li key={index} className="flex min-h-8 items-center gap-3 text-sm">
              <Checkbox label={name} checked={item.enabled} onChange={(enabled) => set({ enabled })} />
              <span className={cn('w-24', !item.enabled && 'text-ink-3')}>{name}</span>
              {item.enabled ? (
                <Times
                  label={name}
                  startsOn={item.startsOn}
                  endsOn={item.endsOn}
                  onChange={({ startsOn, endsOn }) =>
                    set({
                      ...(startsOn === undefined ? {} : { startsOn }),
                      ...(endsOn === undefined ? {} : { endsOn }),
                    })
                  }
                />
              ) : null}
            </li>
          )
        })}
      </ul>
      <p className="text-xs text-ink-3">{t('timesHint')}</p>
    </>
  )
}
