'use client'
import { numericOperations, stringOperations } from '@thingwire/contracts'
import { Button, IconButton, Segmented, Select } from '@thingwire/ui'
import { Braces, Plus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { AlarmPredicate } from '@thingwire/contracts'
import { SwitchRow } from '@/components/switch-row.tsx'
import {
  type GroupPredicate,
  newPredicate,
  type RuleValue,
  type SimplePredicate,
  type ValueType,
  withAlternative,
  withMember,
  withoutMember,
} from './rule-model.ts'
import { ValueEditor } from './value-editor.tsx'

type Props<P extends AlarmPredicate> = {
  predicate: P
  type: ValueType
  onChange: (predicate: AlarmPredicate) => void
  /** Levels of groups around it. */
  depth?: number
}
/** Deeper ones are kept and shown; nobody can follow them, so none are made. */
const deepest = 3

/** What a value is compared with: one comparison, or a group of them joined by AND or OR. */
export const PredicateEditor = ({ predicate, ...p }: Props<AlarmPredicate>) =>
  predicate.type === 'COMPLEX' ? (
    <GroupEditor predicate={predicate} {...p} />
  ) : (
    <SimpleEditor predicate={predicate} {...p} />
  )

const operationsOf = {
  NUMERIC: numericOperations,
  STRING: stringOperations,
  BOOLEAN: ['EQUAL', 'NOT_EQUAL'],
} as const

/** Which value fits is checked by the types of the predicate itself; the editor of a type gives no other. */
const withValue = (predicate: SimplePredicate, value: RuleValue): SimplePredicate => {
  const { defaultValue } = value
  switch (predicate.type) {
    case 'NUMERIC':
      return { ...predicate, value: { ...value, defaultValue: typeof defaultValue === 'number' ? defaultValue : null } }
    case 'STRING':
      return { ...predicate, value: { ...value, defaultValue: typeof defaultValue === 'string' ? defaultValue : null } }
    case 'BOOLEAN':
      return {
        ...predicate,
        value: { ...value, defaultValue: typeof defaultValue === 'boolean' ? defaultValue : null },
      }
  }
}

const withOperation = (predicate: SimplePredicate, chosen: string): SimplePredicate => {
  switch (predicate.type) {
    case 'NUMERIC':
      return { ...predicate, operation: numericOperations.find((one) => one === chosen) ?? predicate.operation }
    case 'STRING':
      return { ...predicate, operation: stringOperations.find((one) => one === chosen) ?? predicate.operation }
    case 'BOOLEAN':
      return { ...predicate, operation: chosen === 'NOT_EQUAL' ? 'NOT_EQUAL' : 'EQUAL' }
  }
}

const SimpleEditor = ({ predicate, type, onChange }: Props<SimplePredicate>) => {
  const t = useTranslations('alarmRules')
  return (
    <div className="grid min-w-0 flex-1 gap-2">
      <div className="flex flex-wrap items-start gap-2">
        <Select
          aria-label={t('operation')}
          className="w-40"
          value={predicate.operation}
          onChange={(event) => onChange(withOperation(predicate, event.target.value))}
        >
          {operationsOf[predicate.type].map((operation) => (
            <option key={operation} value={operation}>
              {t(`operations.${operation}`)}
            </option>
          ))}
        </Select>
        <ValueEditor
          type={type}
          label={t('value')}
          value={predicate.value}
          onChange={(value) => onChange(withValue(predicate, value))}
        />
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

const GroupEditor = ({ predicate, type, onChange, depth = 0 }: Props<GroupPredicate>) => {
  const t = useTranslations('alarmRules')
  const added = newPredicate(type)
  return (
    <fieldset className="grid min-w-0 flex-1 gap-3 border-l-2 border-line-strong pl-3">
      <legend className="sr-only">{t('group')}</legend>
      <Segmented
        label={t('joined')}
        value={predicate.operation}
        onChange={(operation) => onChange({ ...predicate, operation })}
        options={(['OR', 'AND'] as const).map((value) => ({ value, label: t(`joins.${value}`) }))}
        className="justify-self-start"
      />
      {predicate.predicates.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: predicates have no names, and their fields hold no state
        <div key={index} className="flex items-start gap-2">
          <PredicateEditor
            predicate={one}
            type={type}
            depth={depth + 1}
            onChange={(changed) => onChange(withMember(predicate, index, changed))}
          />
          <IconButton
            label={t('removeComparison')}
            size="icon-sm"
            className="mt-0.5"
            onClick={() => onChange(withoutMember(predicate, index))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" variant="ghost" onClick={() => onChange(withAlternative(predicate, added))}>
          <Plus />
          {t('addComparison')}
        </Button>
        {depth + 1 < deepest ? (
          <Button
            size="sm"
            variant="ghost"
            onClick={() =>
              onChange(
                withAlternative(predicate, {
                  type: 'COMPLEX',
                  operation: predicate.operation === 'AND' ? 'OR' : 'AND',
                  predicates: [added, newPredicate(type)],
                }),
              )
            }
          >
            <Braces />
            {t('addGroup')}
          </Button>
        ) : null}
      </div>
    </fieldset>
  )
}
