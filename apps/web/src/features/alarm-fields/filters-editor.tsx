'use client'
import { Button, IconButton, Segmented, Select } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import {
  type ArgumentFilter,
  newFilter,
  type SimpleExpression,
  valueTypeOf,
  withMember,
  without,
  withValueType,
} from './alarm-field-model.ts'
import { type At, below } from './issues.ts'
import { PredicateList } from './predicate-editor.tsx'

const valueTypes = ['NUMERIC', 'STRING', 'BOOLEAN', 'DATE_TIME'] as const

type Props = {
  expression: SimpleExpression
  onChange: (expression: SimpleExpression) => void
  /** Of the arguments. */
  names: readonly string[]
  at: At
}

/** Values that a condition looks at, and what must hold for each. */
export const FiltersEditor = ({ expression, onChange, names, at }: Props) => {
  const t = useTranslations('alarmRules')
  const own = useTranslations('alarmFields')
  const { filters, operation } = expression
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {filters.length > 1 ? (
        <Segmented
          label={own('filtersJoined')}
          value={operation}
          onChange={(next) => onChange({ ...expression, operation: next })}
          options={(['AND', 'OR'] as const).map((value) => ({ value, label: own(`joined.${value}`) }))}
          className="justify-self-start"
        />
      ) : null}
      {filters.map((filter, index) => (
        <FilterEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: filters have no names, and their fields hold no state
          key={index}
          filter={filter}
          names={names}
          at={below(at, 'filters', index)}
          onChange={(changed) => onChange({ ...expression, filters: withMember(filters, index, changed) })}
          onRemove={filters.length > 1 ? () => onChange({ ...expression, filters: without(filters, index) }) : null}
        />
      ))}
      <Button
        size="sm"
        variant="ghost"
        className="justify-self-start"
        onClick={() => onChange({ ...expression, filters: [...filters, newFilter(names[0] ?? '')] })}
      >
        <Plus />
        {t('addFilter')}
      </Button>
    </div>
  )
}

const FilterEditor = ({
  filter,
  names,
  at,
  onChange,
  onRemove,
}: Pick<Props, 'names' | 'at'> & {
  filter: ArgumentFilter
  onChange: (filter: ArgumentFilter) => void
  onRemove: (() => void) | null
}) => {
  const t = useTranslations('alarmRules')
  const type = valueTypeOf(filter)
  return (
    <div className="grid gap-2 border-l-2 border-line-strong pl-3">
      <div className="flex flex-wrap items-start gap-2">
        <ArgumentSelect
          names={names}
          name={filter.argument}
          error={at('argument')}
          onChange={(argument) => onChange({ ...filter, argument })}
        />
        <Select
          aria-label={t('valueType')}
          className="w-32"
          value={type}
          onChange={({ target }) =>
            onChange(withValueType(filter, valueTypes.find((one) => one === target.value) ?? type))
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
      <PredicateList
        type={type}
        names={names.filter((name) => name !== filter.argument)}
        at={below(at, 'predicates')}
        operation={filter.operation}
        onOperation={(operation) => onChange({ ...filter, operation })}
        predicates={filter.predicates}
        onMember={(index, member) => onChange({ ...filter, predicates: withMember(filter.predicates, index, member) })}
        onRemove={(index) => onChange({ ...filter, predicates: without(filter.predicates, index) })}
        onAdd={(added) => onChange({ ...filter, predicates: [...filter.predicates, added] })}
      />
    </div>
  )
}

const ArgumentSelect = (p: {
  names: readonly string[]
  name: string
  error: string | undefined
  onChange: (name: string) => void
}) => {
  const t = useTranslations('alarmFields')
  const isKnown = p.names.includes(p.name)
  return (
    <div className="grid min-w-40 flex-1 gap-1">
      <Select
        aria-label={t('argument')}
        aria-invalid={p.error === undefined ? undefined : true}
        value={p.name}
        onChange={({ target }) => p.onChange(target.value)}
      >
        {isKnown ? null : <option value={p.name}>{p.name || t('chooseArgument')}</option>}
        {p.names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
      {p.error ? (
        <p role="alert" className="text-xs text-danger-text">
          {p.error}
        </p>
      ) : null}
    </div>
  )
}
