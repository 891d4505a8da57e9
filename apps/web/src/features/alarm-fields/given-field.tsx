'use client'
import { Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import type { Given, ValueType } from './alarm-field-model.ts'

/** A value that stands here, or an argument that has it: first where it comes from, then the value itself. */
export const GivenField = <T extends string | number | boolean>(p: {
  type: ValueType
  /** What it is, for screen readers. */
  label: string
  value: Given<T>
  onChange: (value: Given<T>) => void
  /** A value of the type, of what was put in; null: it is none. */
  read: (value: string | number | boolean | null) => T | null
  names: readonly string[]
  error: string | undefined
}) => {
  const t = useTranslations('alarmFields')
  const { value } = p
  const from = value.dynamicValueArgument ?? ''
  const known = from === '' || p.names.includes(from) ? p.names : [...p.names, from]
  return (
    <div className="grid min-w-0 flex-1 basis-56 gap-1">
      <div className="flex flex-wrap gap-2">
        {p.names.length > 0 || from !== '' ? (
          <Select
            aria-label={t('valueFrom', { label: p.label })}
            aria-invalid={from !== '' && p.error !== undefined ? true : undefined}
            className={from === '' ? 'w-28' : 'min-w-40 flex-1'}
            value={from}
            onChange={({ target }) =>
              p.onChange(
                target.value === ''
                  ? { ...value, staticValue: value.staticValue ?? null, dynamicValueArgument: null }
                  : { ...value, staticValue: null, dynamicValueArgument: target.value },
              )
            }
          >
            <option value="">{t('fixed')}</option>
            <optgroup label={t('arguments')}>
              {known.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </optgroup>
          </Select>
        ) : null}
        {from === '' ? (
          <FixedInput
            type={p.type}
            label={p.label}
            value={value.staticValue ?? null}
            isInvalid={p.error !== undefined}
            onChange={(next) => p.onChange({ ...value, staticValue: p.read(next), dynamicValueArgument: null })}
          />
        ) : null}
      </div>
      {p.error ? (
        <p role="alert" className="text-xs text-danger-text">
          {p.error}
        </p>
      ) : null}
    </div>
  )
}

export const asNumber = (value: string | number | boolean | null): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null
export const asText = (value: string | number | boolean | null): string | null =>
  typeof value === 'string' ? value : null
export const asFlag = (value: string | number | boolean | null): boolean | null =>
  typeof value === 'boolean' ? value : null

const toLocalInput = (ts: number) => new Date(ts - new Date(ts).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

const FixedInput = (p: {
  type: ValueType
  label: string
  value: string | number | boolean | null
  isInvalid: boolean
  onChange: (value: string | number | boolean | null) => void
}) => {
  const t = useTranslations('alarmRules')
  const common = {
    'aria-label': p.label,
    'aria-invalid': p.isInvalid || undefined,
    className: 'min-w-24 flex-1 basis-24 tabular-nums',
  }
  switch (p.type) {
    case 'BOOLEAN':
      return (
        <Select
          {...common}
          value={String(p.value ?? '')}
          onChange={({ target }) => p.onChange(target.value === 'true')}
        >
          {typeof p.value === 'boolean' ? null : <option value="">—</option>}
          <option value="true">{t('true')}</option>
          <option value="false">{t('false')}</option>
        </Select>
      )
    case 'NUMERIC':
      return (
        <Input
          {...common}
          type="number"
          step="any"
          value={typeof p.value === 'number' ? p.value : ''}
          onChange={({ target }) => p.onChange(target.value === '' ? null : target.valueAsNumber)}
        />
      )
    case 'DATE_TIME':
      return (
        <Input
          {...common}
          type="datetime-local"
          value={typeof p.value === 'number' ? toLocalInput(p.value) : ''}
          onChange={({ target }) => p.onChange(target.value === '' ? null : new Date(target.value).getTime())}
        />
      )
    case 'STRING':
      return (
        <Input
          {...common}
          autoComplete="off"
          value={typeof p.value === 'string' ? p.value : ''}
          onChange={({ target }) => p.onChange(target.value)}
        />
      )
  }
}
