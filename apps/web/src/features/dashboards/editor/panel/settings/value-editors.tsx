'use client'
import { comparisons } from '@thingwire/dashboards'
import { Field, IconButton, Input, Select } from '@thingwire/ui'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { FieldEditor } from '../../../../../components/schema-form/form-context.ts'
import { unset } from '../../../../../components/schema-form/values.ts'
import { UnitFields } from '../values/unit-fields.tsx'
import { useAxes } from '../use-edited-widget.ts'

export const UnitsEditor: FieldEditor = ({ value, onChange }) => {
  const t = useTranslations('dashboardPanel')
  return (
    <UnitFields
      value={value}
      placeholder={t('ofWidget')}
      onChange={(units) => onChange(units === null ? undefined : units)}
    />
  )
}

/** On which of the widget's value axes something stands. */
export const AxisIdEditor: FieldEditor = ({ field, value, label, onChange }) => {
  const t = useTranslations('dashboardPanel')
  const axes = useAxes()
  const chosen = typeof value === 'string' && value !== '' ? value : 'default'
  const isLost = axes.every(({ id }) => id !== chosen)
  return (
    <Field label={label ?? field.title} error={isLost ? t('axisLost') : undefined}>
      <Select value={chosen} onChange={({ target }) => onChange(target.value === 'default' ? undefined : target.value)}>
        {isLost ? <option value={chosen}>{chosen}</option> : null}
        {axes.map((axis, index) => (
          <option key={axis.id} value={axis.id}>
            {[t('axis', { number: index + 1 }), axis.label].filter((text) => text !== '').join(' · ')}
          </option>
        ))}
      </Select>
    </Field>
  )
}

const timeOf = (value: unknown): number => {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value !== '' ? Date.parse(value) : Number.NaN
}

/** What a field of date and time can hold. */
const firstYear = Date.parse('0001-01-02T00:00:00Z')
const yearTenThousand = Date.UTC(10_000, 0, 1)

/** As a field of date and time has it, on the viewer's clock. */
const localText = (ms: number): string =>
  new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

/** A moment; stored as epoch milliseconds. */
export const MomentEditor: FieldEditor = ({ field, value, label, error, onChange }) => {
  const t = useTranslations('dashboardPanel')
  const ms = timeOf(value)
  const isSet = ms >= firstYear && ms < yearTenThousand
  const isOdd = !isSet && value !== undefined && value !== null && value !== ''
  const title = label ?? field.title
  return (
    <Field
      label={title}
      hint={field.description}
      error={error ?? (isOdd ? t('noMoment', { value: String(value).slice(0, 40) }) : undefined)}
    >
      <div className="flex items-center gap-1.5">
        <Input
          type="datetime-local"
          aria-label={title}
          required={field.isRequired}
          value={isSet ? localText(ms) : ''}
          onChange={({ target }) => {
            const made = new Date(target.value).getTime()
            if (Number.isFinite(made)) onChange(made)
          }}
          className="min-w-0"
        />
        {!field.isRequired && (isSet || isOdd) ? (
          <IconButton size="icon-sm" label={t('clear', { what: title })} onClick={() => onChange(unset(field))}>
            <X />
          </IconButton>
        ) : null}
      </div>
    </Field>
  )
}

const units = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const
type Unit = keyof typeof units
const unitNames = Object.keys(units) as Unit[]

/** The largest unit in which it is a whole number. */
const unitOf = (ms: number): Unit => unitNames.findLast((unit) => ms !== 0 && ms % units[unit] === 0) ?? 'ms'

/** A stretch of time; stored in milliseconds. */
export const DurationEditor: FieldEditor = ({ field, value, label, error, onChange }) => {
  const t = useTranslations('dashboardPanel')
  const stored = value ?? field.fallback
  const ms = typeof stored === 'number' && Number.isFinite(stored) ? stored : 0
  const [unit, setUnit] = useState<Unit>(() => unitOf(ms))
  const [typed, setTyped] = useState<{ text: string; of: number } | null>(null)
  const text = typed !== null && typed.of === ms ? typed.text : String(Number((ms / units[unit]).toPrecision(12)))
  const read = (given: string): number | undefined => {
    const number = Number(given.replace(',', '.'))
    return given.trim() !== '' && Number.isFinite(number) && number > 0 ? Math.round(number * units[unit]) : undefined
  }
  const title = label ?? field.title
  return (
    <Field
      label={title}
      hint={field.description}
      error={error ?? (read(text) === undefined ? t('noDuration') : undefined)}
    >
      <div className="flex gap-1.5">
        <Input
          aria-label={title}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          className="w-24 tabular-nums"
          onChange={({ target }) => {
            const next = read(target.value)
            setTyped({ text: target.value, of: next ?? ms })
            if (next !== undefined) onChange(next)
          }}
        />
        <Select
          aria-label={t('durationUnit', { what: title })}
          value={unit}
          className="w-32"
          onChange={({ target }) => {
            const next = unitNames.find((one) => one === target.value)
            if (!next) return
            // The number stays, and means the new unit.
            onChange(Math.round((ms / units[unit]) * units[next]))
            setTyped(null)
            setUnit(next)
          }}
        >
          {unitNames.map((one) => (
            <option key={one} value={one}>
              {t(`durationUnits.${one}`)}
            </option>
          ))}
        </Select>
      </div>
    </Field>
  )
}

/** With what earlier time a chart is compared. */
export const ComparisonEditor: FieldEditor = ({ field, value, label, onChange }) => {
  const t = useTranslations('dashboardPanel')
  const chosen = comparisons.find((one) => one === value) ?? 'previousInterval'
  return (
    <Field label={label ?? field.title}>
      <Select value={chosen} onChange={({ target }) => onChange(target.value)}>
        {comparisons.map((one) => (
          <option key={one} value={one}>
            {t(`comparison.${one}`)}
          </option>
        ))}
      </Select>
    </Field>
  )
}
