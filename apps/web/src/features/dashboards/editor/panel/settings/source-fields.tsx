'use client'
import { Field, Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import dynamic from 'next/dynamic'
import { useId, useState } from 'react'
import { jsonOf, type Json } from '../../side/json.ts'
import { useConfiguration } from '../../store/use-editor.ts'
import { NumberField } from '../parts/number-field.tsx'
import { useFirstSource } from '../use-edited-widget.ts'

// It asks the board for its data; few who look at a form write the name of a key.
const KeyNames = dynamic(async () => (await import('./key-names.tsx')).KeyNames)

const types = ['constant', 'latestKey', 'entity'] as const
const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** A number, or the newest value of a key: of the widget's own entity, or of another. */
export const SourceFields = (p: { label: string; value: Json; onChange: (value: Json) => void }) => {
  const t = useTranslations('dashboardPanel')
  const { value } = p
  const type = types.find((one) => one === value.type) ?? 'constant'
  const set = (members: Json) => p.onChange({ ...value, type, ...members })
  const own = useFirstSource()
  const aliases = Object.entries(jsonOf(useConfiguration().entityAliases))
  const named = { entityAliasId: aliases.find(([, alias]) => jsonOf(alias).alias === value.entityAlias)?.[0] ?? null }
  return (
    <fieldset aria-label={p.label} className="grid min-w-0 grid-cols-2 items-end gap-2">
      <Field label={p.label}>
        <Select value={type} onChange={({ target }) => set({ type: target.value })}>
          {types.map((one) => (
            <option key={one} value={one}>
              {t(`numberFrom.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {type === 'constant' ? (
        <NumberField
          label={t('numberValue')}
          value={typeof value.value === 'number' ? value.value : null}
          onChange={(number) => set({ value: number })}
        />
      ) : type === 'latestKey' ? (
        <KeyOf value={value} names={{ type: 'latestKeyType', key: 'latestKey' }} set={set} of={own} />
      ) : (
        <>
          <AliasName value={textOf(value.entityAlias)} onChange={(entityAlias) => set({ entityAlias })} />
          <KeyOf value={value} names={{ type: 'entityKeyType', key: 'entityKey' }} set={set} of={named} isWide />
        </>
      )}
    </fieldset>
  )
}

const AliasName = ({ value, onChange }: { value: string; onChange: (name: string) => void }) => {
  const t = useTranslations('dashboardPanel')
  const names = Object.values(jsonOf(useConfiguration().entityAliases)).map((alias) => textOf(jsonOf(alias).alias))
  const isLost = value !== '' && !names.includes(value)
  return (
    <Field label={t('alias')} error={isLost ? t('aliasLost') : undefined}>
      <Select value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="" disabled>
          {t('chooseAlias')}
        </option>
        {[...new Set([...names, ...(isLost ? [value] : [])])].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  )
}

const KeyOf = (p: {
  value: Json
  names: { type: string; key: string }
  set: (members: Json) => void
  /** The source whose entities have the key. */
  of: Json
  isWide?: boolean
}) => {
  const t = useTranslations('dashboardPanel')
  const kind = p.value[p.names.type] === 'timeseries' ? 'timeseries' : 'attribute'
  const listId = useId()
  // Asked for by who is going to write one.
  const [isFocused, setFocused] = useState(false)
  return (
    <div className={p.isWide ? 'col-span-2 grid grid-cols-2 gap-2' : 'grid grid-cols-[5.5rem_minmax(0,1fr)] gap-1.5'}>
      <Select aria-label={t('keyKind')} value={kind} onChange={({ target }) => p.set({ [p.names.type]: target.value })}>
        <option value="attribute">{t('keyType.attribute')}</option>
        <option value="timeseries">{t('keyType.timeseries')}</option>
      </Select>
      <Input
        aria-label={t('keyName')}
        placeholder={t('keyName')}
        value={textOf(p.value[p.names.key])}
        spellCheck={false}
        autoComplete="off"
        list={listId}
        onFocus={() => setFocused(true)}
        onChange={({ target }) => p.set({ [p.names.key]: target.value })}
      />
      {isFocused ? <KeyNames id={listId} of={p.of} kind={kind} /> : null}
    </div>
  )
}
