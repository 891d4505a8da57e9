'use client'
import { Field, Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '../../../../../../components/switch-row.tsx'
import { parseTyped } from '../../../../../../components/value-text.ts'
import { NumberField } from '../../parts/number-field.tsx'
import { SettledInput } from '../../parts/settled-input.tsx'
import { type KindFormProps, numberOf, textOf } from './kind-form.ts'

const valueText = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)

export const Rpc = ({ action, set }: KindFormProps) => {
  const t = useTranslations('dashboardPanel')
  return (
    <>
      <Field label={t('method')}>
        <Input
          value={textOf(action.method)}
          spellCheck={false}
          onChange={({ target }) => set({ method: target.value })}
        />
      </Field>
      <Field label={t('params')} hint={t('jsonHint')}>
        <SettledInput value={valueText(action.params)} onChange={(text) => set({ params: parseTyped(text) })} />
      </Field>
      <NumberField
        label={t('timeout')}
        value={(numberOf(action.requestTimeout) ?? 5_000) / 1_000}
        least={0.1}
        most={600}
        isNeeded
        onChange={(seconds) => set({ requestTimeout: Math.round((seconds ?? 5) * 1_000) })}
      />
      <SwitchRow
        label={t('oneWay')}
        checked={action.oneWay === true}
        onChange={(checked) => set({ oneWay: checked })}
      />
      <SwitchRow
        label={t('persistent')}
        checked={action.requestPersistent === true}
        onChange={(checked) => set({ requestPersistent: checked })}
      />
    </>
  )
}

export const SetAttribute = ({ action, set }: KindFormProps) => {
  const t = useTranslations('dashboardPanel')
  const scopes = ['SERVER_SCOPE', 'SHARED_SCOPE'] as const
  return (
    <>
      <Field label={t('attributeScope')}>
        <Select value={textOf(action.scope)} onChange={({ target }) => set({ scope: target.value })}>
          {scopes.map((scope) => (
            <option key={scope} value={scope}>
              {t(`scope.${scope}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('attributeKey')}>
        <Input value={textOf(action.key)} spellCheck={false} onChange={({ target }) => set({ key: target.value })} />
      </Field>
      <Field label={t('attributeValue')} hint={t('jsonHint')}>
        <SettledInput value={valueText(action.value)} onChange={(text) => set({ value: parseTyped(text) })} />
      </Field>
    </>
  )
}
