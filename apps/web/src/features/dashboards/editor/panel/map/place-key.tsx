'use client'
import type { KeySummaries } from '@thingwire/contracts'
import { Field, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { jsonOf, type Json } from '../../side/json.ts'
import { type KeyOption, type KeyType, keyOptions, narrowedKeys } from '../data/key-options.ts'
import { CodeField } from '../parts/code-field.tsx'
import { ComboBox } from '../parts/combo-box.tsx'

const nothing: readonly never[] = []
const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const idOf = ({ type, name, scope }: KeyOption) => `${type} ${scope ?? ''} ${name}`

/** The key that holds where something is: found among those of the source, or typed. */
export const PlaceKey = (p: {
  label: string
  value: Json
  found: KeySummaries | null
  types: readonly KeyType[]
  /** The source is made up, and so is this. */
  isMadeUp: boolean
  onChange: (key: Json) => void
}) => {
  const t = useTranslations('dashboardPanel')
  const words = useTranslations('mapLayers')
  const name = textOf(p.value.name)
  const { found } = narrowedKeys(keyOptions(p.found, false), name, nothing, p.types)
  const isWhole = found.some((one) => one.name === name)
  const options = isWhole ? narrowedKeys(keyOptions(p.found, false), '', nothing, p.types).found : found
  const [usual = 'attribute'] = p.types
  const take = (next: string, type: string) => p.onChange({ ...jsonOf(p.value), name: next, label: next, type })
  if (p.isMadeUp)
    return (
      <CodeField
        label={p.label}
        args="time, prevValue"
        value={p.value.funcBody}
        onChange={(funcBody) =>
          p.onChange({ ...p.value, name: 'f(x)', label: textOf(p.value.label) || p.label, type: 'function', funcBody })
        }
      />
    )
  const type = p.types.find((one) => one === p.value.type) ?? usual
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <Field label={p.label} error={name === '' ? words('chooseKey') : undefined}>
          <ComboBox
            isLabelled
            isWide
            label={p.label}
            placeholder={t('findKey')}
            value={name}
            options={options.map((option) => ({
              id: idOf(option),
              text: option.name,
              group: option.scope ? t(`scope.${option.scope}`) : t(`keyType.${option.type}`),
            }))}
            onType={(typed) => take(typed, type)}
            onPick={({ id }) => {
              const option = options.find((one) => idOf(one) === id)
              if (option) take(option.name, option.type)
            }}
          />
        </Field>
      </div>
      {p.types.length > 1 ? (
        <Select
          aria-label={words('kindOfKey', { key: p.label })}
          className="mt-6 w-28 shrink-0"
          value={type}
          onChange={({ target }) => take(name, target.value)}
        >
          {p.types.map((one) => (
            <option key={one} value={one}>
              {t(`keyType.${one}`)}
            </option>
          ))}
        </Select>
      ) : null}
    </div>
  )
}
