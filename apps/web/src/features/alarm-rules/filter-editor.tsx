'use client'
import type { AlarmKeyFilter } from '@thingwire/contracts'
import { Button, IconButton, Input, Select } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { newPredicate, valueTypeOf, withAlternative, withValueType } from './rule-model.ts'
import { PredicateEditor } from './predicate-editor.tsx'

const keyTypes = ['TIME_SERIES', 'ATTRIBUTE', 'ENTITY_FIELD', 'CONSTANT'] as const
const valueTypes = ['NUMERIC', 'STRING', 'BOOLEAN', 'DATE_TIME'] as const
/** What the platform looks at of a device itself. */
const entityFields = ['name', 'type', 'label', 'createdTime'] as const

type Props = { filter: AlarmKeyFilter; onChange: (filter: AlarmKeyFilter) => void }

/** One value of a device and what must hold for it. */
export const FilterEditor = ({ filter, onChange, onRemove }: Props & { onRemove: (() => void) | null }) => {
  const t = useTranslations('alarmRules')
  const type = valueTypeOf(filter)
  return (
    <div className="grid gap-2 rounded-md border bg-surface p-3">
      <div className="flex flex-wrap items-start gap-2">
        <Select
          aria-label={t('keyType')}
          className="w-40"
          value={filter.key.type}
          onChange={(event) =>
            onChange({
              ...filter,
              key: {
                ...filter.key,
                type: keyTypes.find((known) => known === event.target.value) ?? 'TIME_SERIES',
                key: event.target.value === 'ENTITY_FIELD' ? 'name' : filter.key.key,
              },
            })
          }
        >
          {keyTypes.map((value) => (
            <option key={value} value={value}>
              {t(`keyTypes.${value}`)}
            </option>
          ))}
        </Select>
        <KeyField filter={filter} onChange={onChange} />
        <Select
          aria-label={t('valueType')}
          className="w-32"
          value={type}
          onChange={(event) =>
            onChange(withValueType(filter, valueTypes.find((known) => known === event.target.value) ?? 'NUMERIC'))
          }
        >
          {valueTypes.map((value) => (
            <option key={value} value={value}>
              {t(`valueTypes.${value}`)}
            </option>
          ))}
        </Select>
        {onRemove ? (
          <IconButton label={t('removeFilter')} size="icon-sm" className="mt-0.5" onClick={onRemove}>
            <Trash2 />
          </IconButton>
        ) : null}
      </div>
      <PredicateEditor
        predicate={filter.predicate}
        type={type}
        onChange={(predicate) => onChange({ ...filter, predicate })}
      />
      {filter.predicate.type === 'COMPLEX' ? null : (
        <Button
          size="sm"
          variant="ghost"
          className="justify-self-start"
          onClick={() => onChange({ ...filter, predicate: withAlternative(filter.predicate, newPredicate(type)) })}
        >
          <Plus />
          {t('addComparison')}
        </Button>
      )}
    </div>
  )
}

const KeyField = ({ filter, onChange }: Props) => {
  const t = useTranslations('alarmRules')
  const className = 'min-w-32 flex-1 basis-32'
  const setKey = (key: string) => onChange({ ...filter, key: { ...filter.key, key } })
  switch (filter.key.type) {
    case 'ENTITY_FIELD':
      return (
        <Select
          aria-label={t('key')}
          className={className}
          value={filter.key.key}
          onChange={(event) => setKey(event.target.value)}
        >
          {[...new Set([...entityFields, filter.key.key])].map((field) => (
            <option key={field} value={field}>
              {field}
            </option>
          ))}
        </Select>
      )
    case 'CONSTANT':
      return <ConstantField filter={filter} onChange={onChange} className={className} />
    default:
      return (
        <Input
          aria-label={t('key')}
          placeholder={t('keyPlaceholder')}
          autoComplete="off"
          spellCheck={false}
          className={`${className} font-mono text-xs`}
          value={filter.key.key}
          onChange={(event) => setKey(event.target.value)}
        />
      )
  }
}

const ConstantField = ({ filter, onChange, className }: Props & { className: string }) => {
  const t = useTranslations('alarmRules')
  const type = valueTypeOf(filter)
  const { value } = filter
  if (type === 'BOOLEAN')
    return (
      <Select
        aria-label={t('constant')}
        className={className}
        value={value === undefined || value === null ? '' : String(value)}
        onChange={(event) => onChange({ ...filter, value: event.target.value === 'true' })}
      >
        {typeof value === 'boolean' ? null : <option value="">—</option>}
        <option value="true">{t('true')}</option>
        <option value="false">{t('false')}</option>
      </Select>
    )
  const isNumber = type !== 'STRING'
  return (
    <Input
      aria-label={t('constant')}
      type={isNumber ? 'number' : 'text'}
      step="any"
      autoComplete="off"
      className={className}
      value={typeof value === 'number' || typeof value === 'string' ? value : ''}
      onChange={(event) => {
        const text = event.target.value
        onChange({ ...filter, value: isNumber ? (text === '' ? null : event.target.valueAsNumber) : text })
      }}
    />
  )
}
