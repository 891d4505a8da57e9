'use client'
import { Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '@/components/switch-row.tsx'
import type { RuleValue, ValueType } from './rule-model.ts'
import { isDynamic } from './rule-problems.ts'

const sources = ['CURRENT_DEVICE', 'CURRENT_CUSTOMER', 'CURRENT_TENANT'] as const

/** A value: fixed, or an attribute of the device or somebody around it with a fixed value for when there is none. */
export const ValueEditor = (p: {
  type: ValueType
  value: RuleValue
  onChange: (value: RuleValue) => void
  /** What it is, for screen readers. */
  label: string
}) => {
  const t = useTranslations('alarmRules')
  const { value } = p
  const source = value.dynamicValue?.sourceType
  const choose = (chosen: string) =>
    p.onChange({
      ...value,
      dynamicValue:
        chosen === ''
          ? null
          : {
              ...value.dynamicValue,
              sourceType: sources.find((known) => known === chosen) ?? source ?? 'CURRENT_DEVICE',
              sourceAttribute: value.dynamicValue?.sourceAttribute ?? '',
              inherit: value.dynamicValue?.inherit ?? false,
            },
    })
  return (
    <div className="grid min-w-0 flex-1 gap-2">
      <div className="flex flex-wrap gap-2">
        <Select
          aria-label={t('valueFrom', { label: p.label })}
          className="w-40"
          value={source ?? ''}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">{t('fixed')}</option>
          {sources.map((one) => (
            <option key={one} value={one}>
              {t(`sources.${one}`)}
            </option>
          ))}
          {source === 'CURRENT_USER' ? <option value="CURRENT_USER">{t('sources.CURRENT_USER')}</option> : null}
        </Select>
        {isDynamic(value) ? (
          <Input
            aria-label={t('attributeOf', { label: p.label })}
            placeholder={t('attribute')}
            autoComplete="off"
            spellCheck={false}
            className="min-w-32 flex-1 basis-32 font-mono text-xs"
            value={value.dynamicValue?.sourceAttribute ?? ''}
            onChange={(event) =>
              p.onChange({ ...value, dynamicValue: { ...value.dynamicValue, sourceAttribute: event.target.value } })
            }
          />
        ) : (
          <Fixed type={p.type} label={p.label} value={value} onChange={p.onChange} />
        )}
      </div>
      {isDynamic(value) ? (
        <div className="grid gap-2 rounded-md bg-sunken p-2.5">
          <div className="flex items-center gap-2 text-xs text-ink-2">
            <span className="shrink-0">{t('otherwise')}</span>
            <Fixed
              type={p.type}
              label={t('otherwiseOf', { label: p.label })}
              value={value}
              onChange={p.onChange}
              isOptional
            />
          </div>
          {source === 'CURRENT_DEVICE' ? (
            <SwitchRow
              label={t('inherit')}
              hint={t('inheritHint')}
              checked={value.dynamicValue?.inherit === true}
              onChange={(inherit) => p.onChange({ ...value, dynamicValue: { ...value.dynamicValue, inherit } })}
            />
          ) : null}
        </div>
      ) : null}
    </div>
  )
}

const toLocalInput = (ts: number) => new Date(ts - new Date(ts).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

const Fixed = (p: {
  type: ValueType
  label: string
  value: RuleValue
  onChange: (value: RuleValue) => void
  isOptional?: boolean
}) => {
  const t = useTranslations('alarmRules')
  const { defaultValue } = p.value
  const set = (next: RuleValue['defaultValue']) => p.onChange({ ...p.value, defaultValue: next })
  const className = 'min-w-24 flex-1 basis-24'
  switch (p.type) {
    case 'BOOLEAN':
      return (
        <Select
          aria-label={p.label}
          className={className}
          value={String(defaultValue ?? '')}
          onChange={(event) => set(event.target.value === '' ? null : event.target.value === 'true')}
        >
          {p.isOptional || typeof defaultValue !== 'boolean' ? <option value="">—</option> : null}
          <option value="true">{t('true')}</option>
          <option value="false">{t('false')}</option>
        </Select>
      )
    case 'NUMERIC':
      return (
        <Input
          aria-label={p.label}
          type="number"
          step="any"
          className={`${className} tabular-nums`}
          value={typeof defaultValue === 'number' ? defaultValue : ''}
          onChange={(event) => set(event.target.value === '' ? null : event.target.valueAsNumber)}
        />
      )
    case 'DATE_TIME':
      return (
        <Input
          aria-label={p.label}
          type="datetime-local"
          className={`${className} tabular-nums`}
          value={typeof defaultValue === 'number' ? toLocalInput(defaultValue) : ''}
          onChange={(event) => set(event.target.value === '' ? null : new Date(event.target.value).getTime())}
        />
      )
    case 'STRING':
      return (
        <Input
          aria-label={p.label}
          autoComplete="off"
          className={className}
          value={typeof defaultValue === 'string' ? defaultValue : ''}
          onChange={(event) => set(event.target.value)}
        />
      )
  }
}
