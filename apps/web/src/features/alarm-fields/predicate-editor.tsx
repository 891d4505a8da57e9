'use client'
import { type ArgumentPredicate, numericOperations, stringOperations } from '@thingwire/contracts'
import { Button, IconButton, Segmented, Select } from '@thingwire/ui'
import { Braces, Plus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '@/components/switch-row.tsx'
import {
  newPredicate,
  type PlainPredicate,
  silence,
  type ValueType,
  withMember,
  withoutMember,
} from './alarm-field-model.ts'
import { asFlag, asNumber, asText, GivenField } from './given-field.tsx'
import { type At, below } from './issues.ts'
import { UnitSelect } from './unit-select.tsx'

type Common = { type: ValueType; names: readonly string[]; at: At }
type Props<P extends ArgumentPredicate> = Common & {
  predicate: P
  onChange: (predicate: ArgumentPredicate) => void
  onRemove: (() => void) | null
}
/** Deeper groups are kept and shown; nobody can follow them, so none are made. */
const deepest = 2

type ListProps = Common & {
  operation: 'AND' | 'OR'
  onOperation: (operation: 'AND' | 'OR') => void
  predicates: readonly ArgumentPredicate[]
  onMember: (index: number, predicate: ArgumentPredicate) => void
  onRemove: (index: number) => void
  onAdd: (predicate: ArgumentPredicate) => void
  /** The last one may go, too. */
  mayBeEmpty?: boolean
  /** Levels of groups around it. */
  depth?: number
}

/** Comparisons of one value, joined by AND or OR. */
export const PredicateList = ({ type, names, at, depth = 0, predicates, ...p }: ListProps) => {
  const t = useTranslations('alarmRules')
  const group = (): ArgumentPredicate => ({
    type: 'COMPLEX',
    operation: p.operation === 'AND' ? 'OR' : 'AND',
    predicates: [newPredicate(type), newPredicate(type)],
  })
  return (
    <div className="grid min-w-0 gap-2">
      {predicates.length > 1 ? (
        <Segmented
          label={t('joined')}
          value={p.operation}
          onChange={p.onOperation}
          options={(['AND', 'OR'] as const).map((value) => ({ value, label: t(`joins.${value}`) }))}
          className="justify-self-start"
        />
      ) : null}
      {predicates.map((predicate, index) => (
        <PredicateRow
          // biome-ignore lint/suspicious/noArrayIndexKey: predicates have no names, and their fields hold no state
          key={index}
          {...{ type, names, depth, predicate }}
          at={below(at, index)}
          onChange={(changed) => p.onMember(index, changed)}
          onRemove={predicates.length > 1 || p.mayBeEmpty ? () => p.onRemove(index) : null}
        />
      ))}
      <div className="flex flex-wrap gap-1">
        <Button size="sm" variant="ghost" onClick={() => p.onAdd(newPredicate(type))}>
          <Plus />
          {t('addComparison')}
        </Button>
        {depth < deepest ? (
          <Button size="sm" variant="ghost" onClick={() => p.onAdd(group())}>
            <Braces />
            {t('addGroup')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

const PredicateRow = ({ predicate, depth, ...p }: Props<ArgumentPredicate> & { depth: number }) => {
  const t = useTranslations('alarmRules')
  return (
    <div className="flex min-w-0 items-start gap-2">
      {predicate.type === 'COMPLEX' ? (
        <fieldset className="min-w-0 flex-1 border-l-2 border-line-strong pl-3">
          <legend className="sr-only">{t('group')}</legend>
          <PredicateList
            type={p.type}
            names={p.names}
            at={below(p.at, 'predicates')}
            depth={depth + 1}
            operation={predicate.operation}
            onOperation={(operation) => p.onChange({ ...predicate, operation })}
            predicates={predicate.predicates}
            onMember={(index, member) =>
              p.onChange({ ...predicate, predicates: withMember(predicate.predicates, index, member) })
            }
            onRemove={(index) => {
              const left = withoutMember(predicate, index)
              if (left) p.onChange(left)
              else p.onRemove?.()
            }}
            onAdd={(added) => p.onChange({ ...predicate, predicates: [...predicate.predicates, added] })}
            mayBeEmpty={p.onRemove !== null}
          />
        </fieldset>
      ) : (
        <PlainEditor {...p} predicate={predicate} />
      )}
      {p.onRemove ? (
        <IconButton label={t('removeComparison')} size="icon-sm" className="mt-0.5" onClick={p.onRemove}>
          <X />
        </IconButton>
      ) : null}
    </div>
  )
}

const operationsOf = {
  NUMERIC: numericOperations,
  DATE_TIME: numericOperations,
  STRING: stringOperations,
  BOOLEAN: ['EQUAL', 'NOT_EQUAL'],
} as const satisfies Record<ValueType, readonly string[]>
const noData = 'NO_DATA'

const withOperation = (predicate: PlainPredicate, type: ValueType, chosen: string): PlainPredicate => {
  if (chosen === noData) return predicate.type === noData ? predicate : silence()
  const from = predicate.type === noData ? newPredicate(type) : predicate
  switch (from.type) {
    case 'NUMERIC':
      return { ...from, operation: numericOperations.find((one) => one === chosen) ?? from.operation }
    case 'STRING':
      return { ...from, operation: stringOperations.find((one) => one === chosen) ?? from.operation }
    case 'BOOLEAN':
      return { ...from, operation: chosen === 'NOT_EQUAL' ? 'NOT_EQUAL' : 'EQUAL' }
    case 'NO_DATA':
      return from
  }
}

const PlainEditor = ({ predicate, type, onChange, ...p }: Props<PlainPredicate>) => {
  const t = useTranslations('alarmRules')
  const own = useTranslations('alarmFields')
  return (
    <div className="grid min-w-0 flex-1 gap-2">
      <div className="flex flex-wrap items-start gap-2">
        <Select
          aria-label={t('operation')}
          className="w-44"
          value={predicate.type === noData ? noData : predicate.operation}
          onChange={({ target }) => onChange(withOperation(predicate, type, target.value))}
        >
          {operationsOf[type].map((operation) => (
            <option key={operation} value={operation}>
              {t(`operations.${operation}`)}
            </option>
          ))}
          <option value={noData}>{own('noData')}</option>
        </Select>
        <ValuePart predicate={predicate} type={type} onChange={onChange} {...p} />
      </div>
      {predicate.type === 'STRING' ? (
        <SwitchRow
          label={t('ignoreCase')}
          checked={predicate.ignoreCase === true}
          onChange={(ignoreCase) => onChange({ ...predicate, ignoreCase })}
        />
      ) : null}
    </div>
  )
}

const ValuePart = ({ predicate, type, names, at, onChange }: Omit<Props<PlainPredicate>, 'onRemove'>) => {
  const t = useTranslations('alarmRules')
  const common = { type, names, label: t('value'), error: at('value') }
  switch (predicate.type) {
    case 'NUMERIC':
      return (
        <GivenField
          {...common}
          type={type === 'DATE_TIME' ? type : 'NUMERIC'}
          value={predicate.value}
          read={asNumber}
          onChange={(value) => onChange({ ...predicate, value })}
        />
      )
    case 'STRING':
      return (
        <GivenField
          {...common}
          type="STRING"
          value={predicate.value}
          read={asText}
          onChange={(value) => onChange({ ...predicate, value })}
        />
      )
    case 'BOOLEAN':
      return (
        <GivenField
          {...common}
          type="BOOLEAN"
          value={predicate.value}
          read={asFlag}
          onChange={(value) => onChange({ ...predicate, value })}
        />
      )
    case 'NO_DATA':
      return (
        <>
          <GivenField
            {...common}
            type="NUMERIC"
            label={t('duration')}
            error={at('duration')}
            value={predicate.duration}
            read={asNumber}
            onChange={(duration) => onChange({ ...predicate, duration })}
          />
          <UnitSelect unit={predicate.unit} onChange={(unit) => onChange({ ...predicate, unit })} />
        </>
      )
  }
}
