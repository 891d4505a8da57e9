'use client'
import { aggregations } from '@thingwire/contracts'
import { type GroupInterval, intervalOf, rangeOf } from '@thingwire/dashboards'
import { Field, Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useWindowWords } from './use-window-words.ts'
import { groupsAllowed } from './window-limits.ts'
import type { PickerProps } from './window-picker.tsx'

const mostPoints = 50_000
const allZones = () => ['UTC', ...Intl.supportedValuesOf('timeZone')]

/** How points are folded, and on which clock. */
export const WindowOptions = (p: PickerProps) => {
  const t = useTranslations('boardWindow')
  const { model, limits } = p
  const known = limits.aggregations ?? aggregations
  return (
    <div className="grid grid-cols-2 items-start gap-3 border-t pt-3 empty:hidden">
      {limits.hidesAggregation ? null : (
        <Field label={t('aggregation')}>
          <Select
            value={model.aggregation}
            onChange={(event) => {
              const aggregation = aggregations.find((one) => one === event.target.value)
              if (aggregation) p.onChange({ ...model, aggregation })
            }}
          >
            {aggregations
              .filter((one) => known.includes(one) || one === model.aggregation)
              .map((one) => (
                <option key={one} value={one}>
                  {t(`agg.${one}`)}
                </option>
              ))}
          </Select>
        </Field>
      )}
      {model.aggregation === 'NONE' ? <PointLimit {...p} /> : limits.hidesInterval ? null : <Interval {...p} />}
      {limits.hidesTimeZone ? null : <TimeZone {...p} />}
    </div>
  )
}

const PointLimit = ({ model, onChange }: PickerProps) => {
  const t = useTranslations('boardWindow')
  const [text, setText] = useState(String(model.limit))
  return (
    <Field label={t('limit')}>
      <Input
        type="number"
        min={1}
        max={mostPoints}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          const limit = Math.round(Number(text))
          if (limit >= 1 && limit <= mostPoints) onChange({ ...model, limit })
          else setText(String(model.limit))
        }}
        className="tabular-nums"
      />
    </Field>
  )
}

const Interval = ({ model, limits, onChange }: PickerProps) => {
  const t = useTranslations('boardWindow')
  const words = useWindowWords()
  const [now] = useState(Date.now)
  const range = rangeOf(model, now, Intl.DateTimeFormat().resolvedOptions().timeZone)
  const automatic = intervalOf({ ...model, interval: null }, range).group
  const choices: GroupInterval[] = [...groupsAllowed(limits, model, range.endTs - range.startTs)]
  if (model.interval !== null && !choices.includes(model.interval)) choices.push(model.interval)
  return (
    <Field label={t('interval')}>
      <Select
        value={String(model.interval ?? '')}
        onChange={(event) =>
          onChange({ ...model, interval: choices.find((one) => String(one) === event.target.value) ?? null })
        }
      >
        <option value="">{t('automaticOf', { interval: words.interval(automatic) })}</option>
        {choices.map((one) => (
          <option key={one} value={one}>
            {words.interval(one)}
          </option>
        ))}
      </Select>
    </Field>
  )
}

const TimeZone = ({ model, onChange }: PickerProps) => {
  const t = useTranslations('boardWindow')
  const [zones] = useState(allZones)
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <div className="col-span-2">
      <Field label={t('timeZone')}>
        <Select
          value={model.timeZone ?? ''}
          onChange={(event) => onChange({ ...model, timeZone: event.target.value || null })}
        >
          <option value="">{t('browserZone', { zone: own })}</option>
          {[...new Set(model.timeZone ? [model.timeZone, ...zones] : zones)].map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  )
}
