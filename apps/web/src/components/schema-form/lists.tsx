'use client'
import { Button, Checkbox, Field, IconButton } from '@thingwire/ui'
import { Plus, Trash2, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ComponentType, useState } from 'react'
import { type ControlProps, useFormState, useProblem } from './form-context.ts'
import type { FieldOf } from './form-field.ts'
import { Part } from './objects.tsx'
import { PatternMark } from './pattern-mark.tsx'
import { pathOf } from './problems.ts'
import { SuggestInput } from './suggest-input.tsx'
import { useCompletion } from './use-completion.ts'
import { initialOf, isValues, optionText } from './values.ts'

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const shown = (item: unknown): string => (typeof item === 'string' ? item : JSON.stringify(item))

/** More constants than these are easier to search than to tick. */
const mostTicked = 12

export const TextsControl = (p: ControlProps<FieldOf<'texts'>>) => {
  const { options } = p.field
  if (options === null) return <TypedTexts {...p} />
  if (options.length > mostTicked) return <TypedTexts {...p} field={{ ...p.field, suggest: options }} />
  return <TickedTexts {...p} options={options} />
}

/** Texts of which each is one of a few. */
const TickedTexts = ({
  field,
  path,
  value,
  onChange,
  label,
  options,
}: ControlProps<FieldOf<'texts'>> & { options: readonly string[] }) => {
  const { touch } = useFormState()
  const error = useProblem(path, true)
  const chosen = itemsOf(value)
  const unknown = chosen.map(shown).filter((one) => !options.includes(one))
  return (
    <Part title={label ?? field.title} hint={field.description} error={error}>
      <div className="grid gap-2 sm:grid-cols-2">
        {[...options, ...unknown].map((option) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the box is in it, as a button
          <label key={option} className="flex items-center gap-2 text-sm pointer-coarse:min-h-8">
            <Checkbox
              label={field.words[option] ?? optionText(option)}
              checked={chosen.some((one) => shown(one) === option)}
              onChange={(isTicked) => {
                touch(path)
                onChange(isTicked ? [...chosen, option] : chosen.filter((one) => shown(one) !== option))
              }}
            />
            <span aria-hidden>{field.words[option] ?? optionText(option)}</span>
          </label>
        ))}
      </div>
    </Part>
  )
}

/** Texts as chips. What is typed counts when Enter is pressed or the control is left. */
const TypedTexts = ({ field, path, value, onChange, label }: ControlProps<FieldOf<'texts'>>) => {
  const t = useTranslations('schemaForm')
  const { touch } = useFormState()
  const error = useProblem(path, true)
  const [typed, setTyped] = useState('')
  const items = itemsOf(value)
  const complete = useCompletion(field)
  const take = (given: string) => {
    const text = given.trim()
    setTyped('')
    if (text !== '' && !items.includes(text)) onChange([...items, text])
  }
  return (
    <Field
      label={label ?? field.title}
      hint={field.description}
      error={error}
      aside={field.isPattern ? <PatternMark /> : undefined}
    >
      {items.length > 0 ? (
        <ul className="flex flex-wrap gap-1.5">
          {items.map((item, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: stored lists may hold a text twice
              key={`${index} ${shown(item)}`}
              className="flex min-w-0 items-center gap-0.5 rounded-md bg-sunken pl-2 font-mono text-xs ring-1 ring-line"
            >
              <span className="min-w-0 py-1 break-all">{shown(item)}</span>
              <IconButton
                label={t('removeNamed', { what: shown(item) })}
                size="icon-sm"
                className="size-6"
                onClick={() => onChange(items.filter((_, at) => at !== index))}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : null}
      <SuggestInput
        value={typed}
        placeholder={t('addText')}
        complete={(text, at) => {
          const found = complete?.(text, at) ?? null
          return found && { ...found, options: found.options.filter((option) => !items.includes(option)) }
        }}
        onChange={setTyped}
        onPick={take}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          take(typed)
        }}
        onBlur={() => {
          take(typed)
          touch(path)
        }}
      />
    </Field>
  )
}

type Row = readonly [name: string, text: string]

const rowsOf = (value: unknown): Row[] =>
  Object.entries(isValues(value) ? value : {}).map(([name, text]) => [name, shown(text)])
/** A row that was added and left empty is nothing, unless that is what is stored. */
const mapOf = (rows: readonly Row[], stored: unknown) => {
  const keepsEmpty = isValues(stored) && Object.hasOwn(stored, '')
  return Object.fromEntries(rows.filter(([name, text]) => keepsEmpty || name !== '' || text !== ''))
}
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Names and texts in rows. Rows that a map cannot hold, an empty or a double name, stay in sight while they are typed. */
export const MapControl = ({ field, path, value, onChange, label }: ControlProps<FieldOf<'map'>>) => {
  const t = useTranslations('schemaForm')
  const { touch } = useFormState()
  const problem = useProblem(path, true)
  const [typed, setTyped] = useState<{ rows: readonly Row[]; of: unknown } | null>(null)
  const rows = typed !== null && isSame(typed.of, value) ? typed.rows : rowsOf(value)
  const title = label ?? field.title
  const isDouble = new Set(rows.map(([name]) => name)).size < rows.length
  const [left = t('name'), right = t('value')] = field.columns
  const change = (next: readonly Row[]) => {
    const of = mapOf(next, value)
    setTyped({ rows: next, of })
    onChange(of)
  }
  return (
    <Part
      title={title}
      hint={field.description}
      error={isDouble ? t('twice') : problem}
      aside={
        <div className="flex items-center gap-1">
          {field.isPattern ? <PatternMark /> : null}
          <Button
            size="sm"
            variant="ghost"
            aria-label={t('addTo', { what: title })}
            onClick={() => setTyped({ rows: [...rows, ['', '']], of: value })}
          >
            <Plus />
            {t('add')}
          </Button>
        </div>
      }
    >
      {rows.length > 0 ? (
        <ul className="grid gap-2">
          {field.columns.length > 0 ? (
            <li aria-hidden className="-mb-1 flex gap-1.5 pr-8 text-2xs text-ink-3">
              <span className="flex-1">{left}</span>
              <span className="flex-1">{right}</span>
            </li>
          ) : null}
          {rows.map((row, index) => (
            <MapRow
              // biome-ignore lint/suspicious/noArrayIndexKey: the name of a row changes while it is typed
              key={index}
              field={field}
              of={title}
              number={index + 1}
              row={row}
              onChange={(next) => change(rows.map((one, at) => (at === index ? next : one)))}
              onRemove={() => change(rows.filter((_, at) => at !== index))}
              onDone={() => touch(path)}
            />
          ))}
        </ul>
      ) : null}
    </Part>
  )
}

const nothing = () => null

const MapRow = (p: {
  field: FieldOf<'map'>
  of: string
  number: number
  row: Row
  onChange: (row: Row) => void
  onRemove: () => void
  onDone: () => void
}) => {
  const t = useTranslations('schemaForm')
  const complete = useCompletion(p.field)
  const completeText = useCompletion({ suggest: [], isPattern: p.field.isPattern })
  const words = { what: p.of, row: p.number }
  const [left = t('name'), right = t('value')] = p.field.columns
  const [name, text] = p.row
  const cell = { spellCheck: false, className: 'flex-1', onBlur: p.onDone }
  return (
    <li className="flex items-center gap-1.5">
      <SuggestInput
        {...cell}
        aria-label={t('rowName', words)}
        placeholder={left}
        value={name}
        complete={complete ?? nothing}
        onChange={(next) => p.onChange([next, text])}
      />
      <SuggestInput
        {...cell}
        aria-label={t('rowValue', words)}
        placeholder={right}
        value={text}
        complete={completeText ?? nothing}
        onChange={(next) => p.onChange([name, next])}
      />
      <IconButton label={t('removeRow', words)} size="icon-sm" onClick={p.onRemove}>
        <Trash2 />
      </IconButton>
    </li>
  )
}

/** Objects, one below the other; their order counts. */
export const ListControl = ({
  field,
  path,
  value,
  onChange,
  label,
  Control,
}: ControlProps<FieldOf<'list'>> & { Control: ComponentType<ControlProps> }) => {
  const t = useTranslations('schemaForm')
  const error = useProblem(path)
  const items = itemsOf(value)
  const title = label ?? field.title
  return (
    <Part
      title={title}
      hint={field.description}
      error={error}
      aside={
        <Button
          size="sm"
          variant="ghost"
          aria-label={t('addTo', { what: title })}
          onClick={() => onChange([...items, initialOf(field.item)])}
        >
          <Plus />
          {t('add')}
        </Button>
      }
    >
      {items.length > 0 ? (
        <ol className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no names of their own
            <li key={index} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-1">
              <Control
                field={{ ...field.item, isRequired: true, isNullable: false }}
                label={t('item', { what: title, number: index + 1 })}
                path={pathOf(path, index)}
                value={item}
                onChange={(next) => onChange(items.map((one, at) => (at === index ? next : one)))}
              />
              <IconButton
                label={t('removeRow', { what: title, row: index + 1 })}
                size="icon-sm"
                onClick={() => onChange(items.filter((_, at) => at !== index))}
              >
                <Trash2 />
              </IconButton>
            </li>
          ))}
        </ol>
      ) : null}
    </Part>
  )
}
