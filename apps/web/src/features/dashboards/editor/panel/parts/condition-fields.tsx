'use client'
import { type ConditionOperation, conditionOperations } from '@thingwire/dashboards'
import { Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import type { Json } from '../../side/json.ts'
import { ComboBox } from './combo-box.tsx'
import { NumberField } from './number-field.tsx'

const numeric: readonly ConditionOperation[] = ['greater', 'greaterOrEqual', 'less', 'lessOrEqual', 'between']
const alone: readonly ConditionOperation[] = ['isEmpty', 'isNotEmpty', 'isTrue', 'isFalse']

const textOf = (value: unknown) => (value === null || value === undefined ? '' : String(value))

/** A question about a value, or about a column of its row. */
export const ConditionFields = (p: {
  condition: Json
  /** To choose from; empty: the value itself is all that can be asked. */
  columns: readonly string[]
  onChange: (condition: Json) => void
}) => {
  const t = useTranslations('dashboardPanel')
  const { condition } = p
  const operation = conditionOperations.find((one) => one === condition.operation) ?? 'equal'
  const set = (members: Json) => p.onChange({ ...condition, ...members })
  const numberOf = (value: unknown) => (typeof value === 'number' ? value : null)
  return (
    <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-2">
      {p.columns.length > 0 ? (
        <ComboBox
          label={t('column')}
          placeholder={t('theValue')}
          value={textOf(condition.column)}
          options={p.columns.map((name) => ({ id: name, text: name }))}
          onType={(column) => set({ column })}
          onPick={({ text }) => set({ column: text })}
        />
      ) : null}
      <div className="flex gap-2">
        <Select
          aria-label={t('operation')}
          className="min-w-0 flex-1"
          value={operation}
          onChange={({ target }) => set({ operation: target.value })}
        >
          {conditionOperations.map((one) => (
            <option key={one} value={one}>
              {t(`condition.${one}`)}
            </option>
          ))}
        </Select>
        {alone.includes(operation) ? null : numeric.includes(operation) ? (
          <div className="flex min-w-0 flex-1 items-center gap-1.5">
            <NumberField
              isBare
              label={t('comparedWith')}
              value={numberOf(condition.value)}
              onChange={(value) => set({ value })}
            />
            {operation === 'between' ? (
              <NumberField isBare label={t('andUpTo')} value={numberOf(condition.to)} onChange={(to) => set({ to })} />
            ) : null}
          </div>
        ) : (
          <Input
            aria-label={t('comparedWith')}
            className="min-w-0 flex-1"
            value={textOf(condition.value)}
            onChange={({ target }) => set({ value: target.value })}
          />
        )}
      </div>
    </div>
  )
}
