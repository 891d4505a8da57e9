'use client'
import { Button, Checkbox, Field, IconButton, Input } from '@thingwire/ui'
import { Plus, Trash2, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ComponentType, useState } from 'react'
import { type ControlProps, useFormState, useProblem } from './form-context.ts'
import type { FieldOf } from './form-field.ts'
import { Part } from './objects.tsx'
import { pathOf } from './problems.ts'
import { initialOf, isValues, optionText } from './values.ts'

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const shown = (item: unknown): string => (typeof item === 'string' ? item : JSON.stringify(item))

export const TextsControl = (p: ControlProps<FieldOf<'texts'>>) =>
  p.field.options ? <TickedTexts {...p} options={p.field.options} /> : <TypedTexts {...p} />

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
          <div key={option} className="flex items-center gap-2 text-sm">
            <Checkbox
              label={optionText(option)}
              checked={chosen.some((one) => shown(one) === option)}
              onChange={(isTicked) => {
                touch(path)
                onChange(isTicked ? [...chosen, option] : chosen.filter((one) => shown(one) !== option))
              }}
            />
            <span aria-hidden>{optionText(option)}</span>
          </div>
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
  const take = () => {
    const text = typed.trim()
    setTyped('')
    if (text !== '' && !items.includes(text)) onChange([...items, text])
  }
  return (
    <Field label={label ?? field.title} hint={field.description} error={error}>
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
      <Input
        value={typed}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('addText')}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          take()
        }}
        onBlur={() => {
          take()
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
        <Button
          size="sm"
          variant="ghost"
          aria-label={t('addTo', { what: title })}
          onClick={() => setTyped({ rows: [...rows, ['', '']], of: value })}
        >
          <Plus />
          {t('add')}
        </Button>
      }
    >
      {rows.length > 0 ? (
        <ul className="grid gap-2">
          {rows.map((row, index) => (
            <MapRow
              // biome-ignore lint/suspicious/noArrayIndexKey: the name of a row changes while it is typed
              key={index}
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

const MapRow = (p: {
  of: string
  number: number
  row: Row
  onChange: (row: Row) => void
  onRemove: () => void
  onDone: () => void
}) => {
  const t = useTranslations('schemaForm')
  const words = { what: p.of, row: p.number }
  const [name, text] = p.row
  const cell = { autoComplete: 'off', spellCheck: false, className: 'min-w-0 flex-1', onBlur: p.onDone }
  return (
    <li className="flex items-center gap-1.5">
      <Input
        {...cell}
        aria-label={t('rowName', words)}
        placeholder={t('name')}
        value={name}
        onChange={({ target }) => p.onChange([target.value, text])}
      />
      <Input
        {...cell}
        aria-label={t('rowValue', words)}
        placeholder={t('value')}
        value={text}
        onChange={({ target }) => p.onChange([name, target.value])}
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
