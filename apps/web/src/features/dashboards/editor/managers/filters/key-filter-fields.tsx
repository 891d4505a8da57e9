'use client'
import { useQuery } from '@tanstack/react-query'
import { entityKeyTypes } from '@thingwire/contracts'
import { Field, IconButton, Select } from '@thingwire/ui'
import { Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { findKeys } from '@/api/dashboards.ts'
import { wholeText } from '@/components/schema-form/completion.ts'
import { SuggestInput } from '@/components/schema-form/suggest-input.tsx'
import { type Json, jsonOf } from '../../side/json.ts'
import { PredicateList } from './predicate-fields.tsx'
import { entriesOf, valueTypeOf, valueTypes, withValueType } from './predicates.ts'

const keyTypes = entityKeyTypes.filter((type) => type !== 'ALARM_FIELD')
const entityFields = [
  'name',
  'label',
  'type',
  'createdTime',
  'ownerName',
  'ownerType',
  'email',
  'firstName',
  'lastName',
  'title',
  'city',
  'country',
  'additionalInfo',
]

/** Keys that devices and assets of the tenant have. */
const useKeys = (type: string): readonly string[] => {
  const { data } = useQuery({
    queryKey: ['filter-keys'],
    queryFn: ({ signal }) => findKeys(signal),
    staleTime: 60_000,
    retry: false,
  })
  if (type === 'ENTITY_FIELD') return entityFields
  return (type === 'TIME_SERIES' ? data?.timeseries : data?.attribute) ?? []
}

/** One key of a filter, and what its value is compared with. */
export const KeyFilterFields = (p: {
  number: number
  keyFilter: Json
  mayBeSet: boolean
  onChange: (keyFilter: Json) => void
  onRemove: () => void
}) => {
  const t = useTranslations('dashboardManagers')
  const { keyFilter, onChange } = p
  const key = jsonOf(keyFilter.key)
  const keyType = keyTypes.find((one) => one === key.type) ?? 'ATTRIBUTE'
  const name = typeof key.key === 'string' ? key.key : ''
  const valueType = valueTypeOf(keyFilter)
  const offered = useKeys(keyType)
  return (
    <section
      aria-label={t('condition', { number: p.number })}
      className="grid grid-cols-[minmax(0,1fr)] gap-3 rounded-md border p-3"
    >
      <div className="grid items-start gap-3 max-sm:grid-cols-[minmax(0,1fr)_2rem] max-sm:[&>:not(:first-child):not(:last-child)]:col-span-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_8rem_2rem]">
        <Field label={t('keyType')}>
          <Select
            value={keyType}
            onChange={({ target }) => onChange({ ...keyFilter, key: { ...key, type: target.value } })}
          >
            {keyTypes.map((one) => (
              <option key={one} value={one}>
                {t(`keyTypes.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('key')} error={name === '' ? t('keyMissing') : undefined}>
          <SuggestInput
            value={name}
            maxLength={255}
            complete={(text) => wholeText(offered, text)}
            onChange={(text) => onChange({ ...keyFilter, key: { type: keyType, key: text } })}
          />
        </Field>
        <Field label={t('valueType')}>
          <Select
            value={valueType}
            onChange={({ target }) => {
              const chosen = valueTypes.find((one) => one === target.value)
              if (chosen) onChange(withValueType(keyFilter, chosen))
            }}
          >
            {valueTypes.map((one) => (
              <option key={one} value={one}>
                {t(`valueTypes.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <IconButton
          label={t('removeCondition')}
          onClick={p.onRemove}
          className="mt-5.5 max-sm:col-start-2 max-sm:row-start-1"
        >
          <Trash2 />
        </IconButton>
      </div>
      <PredicateList
        entries={entriesOf(keyFilter)}
        valueType={valueType}
        depth={1}
        mayBeSet={p.mayBeSet}
        onChange={(predicates) => {
          const { predicate: _older, ...rest } = keyFilter
          onChange({ ...rest, predicates })
        }}
      />
    </section>
  )
}
