'use client'
import { cn, Input, Select, Textarea } from '@thingwire/ui'
import { parseColor } from '../../style/rgb.ts'
import { type Draft, stepDraft } from './field.ts'
import type { FormField } from './form-field.ts'
import type { formWords } from './words.ts'

type Say = (key: keyof typeof formWords & string, values?: Record<string, string | number>) => string

export type FieldInputProps = {
  field: FormField
  draft: Draft
  isDisabled: boolean
  words: Say
  /** While it is being changed. */
  onChange: (draft: Draft) => void
  /** When the change is at its end: the field is left, Enter is pressed, a choice is made. */
  onDone: (draft: Draft) => void
}

/** The control of one field; its label stands around it. */
export const FieldInput = (p: FieldInputProps) => {
  switch (p.field.spec.kind) {
    case 'select':
      return <ChoiceInput {...p} />
    case 'radio':
      return <RadioInput {...p} />
    case 'JSON':
      return <JsonInput {...p} />
    case 'color':
      return <ColorInput {...p} />
    default:
      return <TextInput {...p} />
  }
}

const types: Partial<Record<FormField['spec']['kind'], string>> = {
  dateTime: 'datetime-local',
  date: 'date',
  time: 'time',
}
const tall = 'h-11 sm:h-8'
const textOf = (draft: Draft) => (typeof draft === 'string' ? draft : '')

const TextInput = ({ field, draft, isDisabled, onChange, onDone }: FieldInputProps) => {
  const { kind } = field.spec
  const isNumber = kind === 'double' || kind === 'integer'
  return (
    <Input
      type={types[kind] ?? 'text'}
      inputMode={isNumber ? (kind === 'integer' ? 'numeric' : 'decimal') : undefined}
      step={types[kind] && kind !== 'date' ? 1 : undefined}
      value={textOf(draft)}
      disabled={isDisabled}
      readOnly={field.editable === 'readonly'}
      className={cn(tall, isNumber && 'tabular-nums')}
      onChange={({ target }) => onChange(target.value)}
      onBlur={({ target }) => onDone(target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.repeat) onDone(event.currentTarget.value)
        const by = { ArrowUp: 1, ArrowDown: -1 }[event.key]
        if (!isNumber || by === undefined || field.editable !== 'editable') return
        event.preventDefault()
        onChange(stepDraft(field.spec, textOf(draft), by * (field.step ?? 1)))
      }}
    />
  )
}

const JsonInput = ({ field, draft, isDisabled, onChange, onDone }: FieldInputProps) => (
  <Textarea
    value={textOf(draft)}
    disabled={isDisabled}
    readOnly={field.editable === 'readonly'}
    spellCheck={false}
    rows={4}
    className="font-mono text-xs"
    onChange={({ target }) => onChange(target.value)}
    onBlur={({ target }) => onDone(target.value)}
  />
)

const ChoiceInput = ({ field, draft, isDisabled, words, onDone }: FieldInputProps) => {
  const { options } = field.spec
  const index = options.findIndex(({ value }) => value === draft)
  return (
    <Select
      value={String(index)}
      disabled={isDisabled || field.editable === 'readonly'}
      onChange={({ target }) => onDone(options[Number(target.value)]?.value ?? null)}
    >
      {index < 0 ? <option value="-1">{draft === null ? words('nothingChosen') : String(draft)}</option> : null}
      {options.map(({ value, label }, at) => (
        <option key={value ?? ''} value={String(at)}>
          {label || (value ?? words('nothingChosen'))}
        </option>
      ))}
    </Select>
  )
}

const RadioInput = ({ field, draft, isDisabled, words, onDone }: FieldInputProps) => (
  <div role="radiogroup" aria-label={field.label} className="flex flex-wrap gap-x-4 gap-y-1">
    {field.spec.options.map(({ value, label }) => (
      <label key={value ?? ''} className="flex min-h-11 items-center gap-2 text-sm sm:min-h-7">
        <input
          type="radio"
          name={field.id}
          checked={draft === value}
          disabled={isDisabled || field.editable === 'readonly'}
          onChange={() => onDone(value)}
          className="size-4 accent-accent"
        />
        {label || (value ?? words('nothingChosen'))}
      </label>
    ))}
  </div>
)

const hexOf = (text: string): string => {
  const color = parseColor(text)
  const two = (channel: number) => Math.round(channel).toString(16).padStart(2, '0')
  return color ? `#${two(color.r)}${two(color.g)}${two(color.b)}` : '#000000'
}

const ColorInput = (p: FieldInputProps) => (
  <div className="flex items-center gap-2">
    <input
      type="color"
      aria-label={p.words('pickColor', { name: p.field.label })}
      value={hexOf(textOf(p.draft))}
      disabled={p.isDisabled || p.field.editable === 'readonly'}
      onChange={({ target }) => p.onChange(target.value)}
      onBlur={({ target }) => p.onDone(target.value)}
      className="h-11 w-11 shrink-0 rounded-md border border-line-strong bg-surface p-1 sm:h-8 sm:w-8"
    />
    <TextInput {...p} />
  </div>
)

/** A tick or a switch with its words beside it. */
export const FlagInput = ({ field, draft, isDisabled, onDone }: FieldInputProps) => {
  const isOn = draft === true
  const isBlocked = isDisabled || field.editable === 'readonly'
  const label = field.onOff ? (isOn ? field.onOff.on : field.onOff.off) : field.label
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: one of the two inputs stands in it
    <label className="flex min-h-11 items-center gap-2.5 text-sm sm:min-h-8">
      {field.spec.kind === 'booleanSwitch' ? (
        <span className="relative inline-flex h-5 w-9 shrink-0 items-center">
          <input
            type="checkbox"
            role="switch"
            aria-checked={isOn}
            checked={isOn}
            disabled={isBlocked}
            onChange={({ target }) => onDone(target.checked)}
            className="peer absolute inset-0 appearance-none rounded-full border border-line-strong bg-sunken transition-colors duration-100 checked:border-accent checked:bg-accent disabled:opacity-50"
          />
          <span
            aria-hidden
            className="pointer-events-none absolute left-0.5 size-4 rounded-full bg-ink-3 transition-transform duration-100 peer-checked:translate-x-4 peer-checked:bg-accent-ink motion-reduce:transition-none"
          />
        </span>
      ) : (
        <input
          type="checkbox"
          checked={isOn}
          disabled={isBlocked}
          onChange={({ target }) => onDone(target.checked)}
          className="size-4 shrink-0 accent-accent"
        />
      )}
      <span className={cn('min-w-0 break-words', isBlocked && 'text-ink-3')}>{label}</span>
    </label>
  )
}
