'use client'
import type { FilterInput } from '@thingwire/dashboards'
import { Button, cn, Field, Input, Popover, Select } from '@thingwire/ui'
import { ListFilter } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import type { FilterValues } from '../../data/resolve.ts'
import { useBoard } from '../board-context.ts'
import type { BoardUrl } from '../use-board-url.ts'
import { inputText, parseInput } from './filter-values.ts'

/** The values of filters that viewers may set, in one form. */
export const FilterForm = ({ url }: { url: BoardUrl }) => {
  const t = useTranslations('board')
  const { document } = useBoard()
  const [isOpen, setOpen] = useState(false)
  const groups = [...document.filters.values()].filter((filter) => filter.inputs.length > 0)
  if (groups.length === 0) return null
  const changed = Object.keys(url.filterValues).length
  return (
    <Popover
      label={t('filters')}
      open={isOpen}
      onOpenChange={setOpen}
      className="max-h-(--radix-popover-content-available-height) w-80 overflow-y-auto"
      trigger={
        <Button
          aria-label={t('filters')}
          className={cn(changed > 0 && 'border-accent bg-accent-soft text-accent-text hover:bg-accent-soft')}
        >
          <ListFilter />
          {t('filters')}
          {changed > 0 ? <span className="tabular-nums">{changed}</span> : null}
        </Button>
      }
    >
      <Inputs
        inputs={groups.flatMap((filter) => filter.inputs.map((input) => ({ ...input, filter: filter.filter })))}
        values={url.filterValues}
        onApply={(values) => {
          url.setFilterValues(values)
          setOpen(false)
        }}
      />
    </Popover>
  )
}

type NamedInput = FilterInput & { filter: string }

const Inputs = (p: {
  inputs: readonly NamedInput[]
  values: FilterValues
  onApply: (values: FilterValues) => void
}) => {
  const t = useTranslations('board')
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(p.inputs.map((input) => [input.id, inputText(input, p.values[input.id] ?? input.defaultValue)])),
  )
  const apply = (event: FormEvent) => {
    event.preventDefault()
    const changed = p.inputs.flatMap((input) => {
      const value = parseInput(input, texts[input.id] ?? '')
      return value === null || value === input.defaultValue ? [] : [[input.id, value] as const]
    })
    p.onApply(Object.fromEntries(changed))
  }
  return (
    <form onSubmit={apply} className="grid gap-3">
      {p.inputs.map((input) => (
        <Field key={input.id} label={<InputLabel input={input} />} hint={input.filter}>
          <InputField
            input={input}
            text={texts[input.id] ?? ''}
            onChange={(text) => setTexts({ ...texts, [input.id]: text })}
          />
        </Field>
      ))}
      <div className="flex justify-end gap-2">
        <Button size="sm" variant="ghost" onClick={() => p.onApply({})}>
          {t('resetFilters')}
        </Button>
        <Button size="sm" variant="primary" type="submit">
          {t('applyFilters')}
        </Button>
      </div>
    </form>
  )
}

const operations = [
  'EQUAL',
  'NOT_EQUAL',
  'GREATER',
  'LESS',
  'GREATER_OR_EQUAL',
  'LESS_OR_EQUAL',
  'STARTS_WITH',
  'ENDS_WITH',
  'CONTAINS',
  'NOT_CONTAINS',
  'IN',
  'NOT_IN',
] as const

const InputLabel = ({ input }: { input: FilterInput }) => {
  const t = useTranslations('board')
  const known = operations.find((one) => one === input.operation)
  const operation = known ? t(`operations.${known}`) : input.operation
  return `${input.label ?? `${input.key} ${operation}`}${input.unit ? ` (${input.unit})` : ''}`
}

const InputField = (p: { input: FilterInput; text: string; onChange: (text: string) => void }) => {
  const t = useTranslations('board')
  if (p.input.valueType === 'BOOLEAN') {
    return (
      <Select value={p.text} onChange={(event) => p.onChange(event.target.value)}>
        <option value="true">{t('yes')}</option>
        <option value="false">{t('no')}</option>
      </Select>
    )
  }
  const types = { STRING: 'text', NUMERIC: 'number', DATE_TIME: 'datetime-local' } as const
  return (
    <Input
      type={types[p.input.valueType]}
      step="any"
      value={p.text}
      onChange={(event) => p.onChange(event.target.value)}
    />
  )
}
