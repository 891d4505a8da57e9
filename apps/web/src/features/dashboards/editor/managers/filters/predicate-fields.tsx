'use client'
import { Button, Field, IconButton, Input, Segmented, Select } from '@thingwire/ui'
import { Group, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '@/components/switch-row.tsx'
import { isJson, type Json, jsonOf } from '../../side/json.ts'
import { NumberInput } from '../number-input.tsx'
import {
  bareOf,
  deepestGroup,
  innerOf,
  newGroup,
  newPredicate,
  operationsOf,
  type ValueType,
  withPredicate,
} from './predicates.ts'

type ListProps = {
  entries: readonly Json[]
  valueType: ValueType
  depth: number
  mayBeSet: boolean
  onChange: (entries: readonly Json[]) => void
}

/** Comparisons, and groups of them. */
export const PredicateList = ({ entries, valueType, depth, mayBeSet, onChange }: ListProps) => {
  const t = useTranslations('dashboardManagers')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {entries.map((entry, index) => {
        const props = {
          entry,
          valueType,
          depth,
          mayBeSet,
          onChange: (next: Json) => onChange(entries.map((one, at) => (at === index ? next : one))),
          onRemove: () => onChange(entries.filter((_, at) => at !== index)),
        }
        const Fields = bareOf(entry).type === 'COMPLEX' ? GroupFields : PredicateFields
        // biome-ignore lint/suspicious/noArrayIndexKey: stored comparisons have no ids
        return <Fields key={index} {...props} />
      })}
      <div className="flex gap-2">
        <Button size="sm" onClick={() => onChange([...entries, newPredicate(valueType)])}>
          <Plus />
          {t('addPredicate')}
        </Button>
        {depth < deepestGroup ? (
          <Button size="sm" variant="ghost" onClick={() => onChange([...entries, newGroup(valueType)])}>
            <Group />
            {t('addGroup')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

type Props = {
  entry: Json
  valueType: ValueType
  depth: number
  mayBeSet: boolean
  onChange: (entry: Json) => void
  onRemove: () => void
}

const GroupFields = ({ entry, valueType, depth, mayBeSet, onChange, onRemove }: Props) => {
  const t = useTranslations('dashboardManagers')
  const predicate = bareOf(entry)
  return (
    <fieldset className="grid grid-cols-[minmax(0,1fr)] gap-3 border-l-2 pl-3">
      <legend className="sr-only">{t('group')}</legend>
      <div className="flex items-center justify-between gap-2">
        <Segmented
          label={t('group')}
          value={predicate.operation === 'AND' ? 'AND' : 'OR'}
          onChange={(operation) => onChange(withPredicate(entry, { operation }))}
          options={[
            { value: 'AND', label: t('all_of') },
            { value: 'OR', label: t('any_of') },
          ]}
        />
        <IconButton label={t('removeGroup')} onClick={onRemove}>
          <Trash2 />
        </IconButton>
      </div>
      <PredicateList
        entries={innerOf(predicate)}
        valueType={valueType}
        depth={depth + 1}
        mayBeSet={mayBeSet}
        onChange={(predicates) => onChange(withPredicate(entry, { predicates }))}
      />
    </fieldset>
  )
}

const sources = ['CURRENT_TENANT', 'CURRENT_CUSTOMER', 'CURRENT_USER', 'CURRENT_DEVICE'] as const

const operationWords = {
  EQUAL: 'EQUAL',
  NOT_EQUAL: 'NOT_EQUAL',
  GREATER: 'GREATER',
  LESS: 'LESS',
  GREATER_OR_EQUAL: 'GREATER_OR_EQUAL',
  LESS_OR_EQUAL: 'LESS_OR_EQUAL',
  STARTS_WITH: 'STARTS_WITH',
  ENDS_WITH: 'ENDS_WITH',
  CONTAINS: 'CONTAINS',
  NOT_CONTAINS: 'NOT_CONTAINS',
  IN: 'IN',
  NOT_IN: 'NOT_IN',
} as const

const PredicateFields = ({ entry, valueType, mayBeSet, onChange, onRemove }: Props) => {
  const t = useTranslations('dashboardManagers')
  const board = useTranslations('board')
  const predicate = bareOf(entry)
  const value = jsonOf(predicate.value)
  const dynamic = isJson(value.dynamicValue) ? value.dynamicValue : null
  const source = sources.find((one) => one === dynamic?.sourceType) ?? null
  const setValue = (members: Json) => onChange(withPredicate(entry, { value: { ...value, ...members } }))
  const isList = predicate.operation === 'IN' || predicate.operation === 'NOT_IN'
  const constant = (
    <ConstantField
      label={source ? t('otherwise') : t(isList ? 'values' : 'value')}
      valueType={valueType}
      value={value.defaultValue}
      onChange={(defaultValue) => setValue({ defaultValue })}
    />
  )
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 border-l-2 border-transparent">
      <div className="grid items-start gap-3 max-sm:grid-cols-[minmax(0,1fr)_2rem] max-sm:[&>:not(:first-child):not(:last-child)]:col-span-2 sm:grid-cols-[9rem_minmax(0,1fr)_11rem_2rem]">
        <Field label={t('operation')}>
          <Select
            value={String(predicate.operation)}
            onChange={({ target }) => onChange(withPredicate(entry, { operation: target.value }))}
          >
            {operationsOf(valueType).map((one) => (
              <option key={one} value={one}>
                {one in operationWords
                  ? board(`operations.${operationWords[one as keyof typeof operationWords]}`)
                  : one}
              </option>
            ))}
          </Select>
        </Field>
        {constant}
        <Field label={t('source')}>
          <Select
            value={source ?? ''}
            onChange={({ target }) => {
              const chosen = sources.find((one) => one === target.value)
              setValue({
                dynamicValue: chosen ? { sourceAttribute: '', inherit: false, ...dynamic, sourceType: chosen } : null,
              })
            }}
          >
            <option value="">{t('sources.none')}</option>
            {sources.map((one) => (
              <option key={one} value={one}>
                {t(`sources.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <IconButton
          label={t('removePredicate')}
          onClick={onRemove}
          className="mt-5.5 max-sm:col-start-2 max-sm:row-start-1"
        >
          <Trash2 />
        </IconButton>
      </div>
      {source ? (
        <div className="grid items-end gap-3 sm:grid-cols-2">
          <Field label={t('sourceAttribute')}>
            <Input
              value={String(dynamic?.sourceAttribute ?? '')}
              maxLength={255}
              onChange={({ target }) => setValue({ dynamicValue: { ...dynamic, sourceAttribute: target.value } })}
            />
          </Field>
          <SwitchRow
            label={t('inherit')}
            checked={dynamic?.inherit === true}
            onChange={(inherit) => setValue({ dynamicValue: { ...dynamic, inherit } })}
          />
        </div>
      ) : null}
      {valueType === 'STRING' ? (
        <SwitchRow
          label={t('ignoreCase')}
          checked={predicate.ignoreCase === true}
          onChange={(ignoreCase) => onChange(withPredicate(entry, { ignoreCase }))}
        />
      ) : null}
      {mayBeSet ? <UserInput entry={entry} onChange={onChange} /> : null}
    </div>
  )
}

/** The value that stands in the filter itself. */
const ConstantField = (p: {
  label: string
  valueType: ValueType
  value: unknown
  onChange: (value: string | number | boolean) => void
}) => {
  const t = useTranslations('dashboardManagers')
  const { valueType, value } = p
  if (valueType === 'BOOLEAN')
    return (
      <Field label={p.label}>
        <Select
          value={value === false ? 'false' : 'true'}
          onChange={({ target }) => p.onChange(target.value === 'true')}
        >
          <option value="true">{t('yes')}</option>
          <option value="false">{t('no')}</option>
        </Select>
      </Field>
    )
  if (valueType === 'STRING')
    return (
      <Field label={p.label}>
        <Input
          value={typeof value === 'string' ? value : ''}
          maxLength={10_000}
          onChange={({ target }) => p.onChange(target.value)}
        />
      </Field>
    )
  const number = typeof value === 'number' && Number.isFinite(value) ? value : 0
  if (valueType === 'DATE_TIME')
    return (
      <Field label={p.label}>
        <Input
          type="datetime-local"
          value={localTime(number)}
          onChange={({ target }) => {
            const ts = Date.parse(target.value)
            if (Number.isFinite(ts)) p.onChange(ts)
          }}
        />
      </Field>
    )
  return (
    <Field label={p.label}>
      <NumberInput value={number} onChange={(typed) => typed !== null && p.onChange(typed)} />
    </Field>
  )
}

/** Wall clock of the browser, as inputs of times have it. */
const localTime = (ts: number): string => {
  const date = new Date(ts)
  if (ts === 0 || Number.isNaN(date.getTime())) return ''
  return new Date(ts - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** Whether the value stands in the toolbar of the dashboard, and how it is called there. */
const UserInput = ({ entry, onChange }: { entry: Json; onChange: (entry: Json) => void }) => {
  const t = useTranslations('dashboardManagers')
  const info = jsonOf(entry.userInfo)
  const isEditable = info.editable === true
  const set = (members: Json) =>
    onChange({ ...withPredicate(entry, {}), userInfo: { autogeneratedLabel: true, order: 0, ...info, ...members } })
  const label = info.autogeneratedLabel === true ? '' : String(info.label ?? '')
  const unit = typeof info.unit === 'string' ? info.unit : ''
  return (
    <div className="grid gap-3">
      <SwitchRow label={t('userInput')} checked={isEditable} onChange={(editable) => set({ editable })} />
      {isEditable ? (
        <div className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_6rem_6rem]">
          <Field label={t('label')} hint={t('labelHint')}>
            <Input
              value={label}
              maxLength={255}
              onChange={({ target }) => set({ label: target.value, autogeneratedLabel: target.value === '' })}
            />
          </Field>
          <Field label={t('unit')}>
            <Input value={unit} maxLength={50} onChange={({ target }) => set({ unit: target.value || null })} />
          </Field>
          <Field label={t('order')}>
            <NumberInput
              isWhole
              value={typeof info.order === 'number' ? info.order : 0}
              onChange={(order) => set({ order: order ?? 0 })}
            />
          </Field>
        </div>
      ) : null}
    </div>
  )
}
