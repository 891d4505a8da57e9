'use client'
import { Field, Input, Select, Textarea } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { SwitchRow } from '../switch-row.tsx'
import { FileControl } from './file-control.tsx'
import { type ControlProps, type Neighbours, useFormState, useProblem } from './form-context.ts'
import type { FieldOf, FormField } from './form-field.ts'
import { PatternMark } from './pattern-mark.tsx'
import { ShowButton } from './show-button.tsx'
import { SuggestInput } from './suggest-input.tsx'
import { useCompletion } from './use-completion.ts'
import { asText, optionText, unset } from './values.ts'

/** What stands in an empty control: what the server takes then. */
const useFallbackText = (field: FormField): string | undefined => {
  const t = useTranslations('schemaForm')
  return field.fallback === undefined || field.fallback === null || field.fallback === ''
    ? undefined
    : t('fallback', { value: asText(field.fallback) })
}

export const TextControl = (p: ControlProps<FieldOf<'text'>>) => {
  const { field } = p
  if (field.editor === 'choice' && typeof field.suggest !== 'string')
    return <ChosenText {...p} options={field.suggest} />
  if (field.editor === 'file') return <FileControl {...p} />
  return <TypedText {...p} />
}

/** A text of which it is known what it can be; the schema takes any, so what is stored may be another. */
const ChosenText = ({ options, ...p }: ControlProps<FieldOf<'text'>> & { options: readonly string[] }) => (
  <ChoiceControl {...p} field={{ ...p.field, kind: 'choice', options }} />
)

const TypedText = ({ field, path, value, onChange, label }: ControlProps<FieldOf<'text'>>) => {
  const { touch } = useFormState()
  const error = useProblem(path)
  const placeholder = useFallbackText(field)
  const complete = useCompletion(field)
  const [isShown, setShown] = useState(false)
  // A text of several lines would lose them in a control of one.
  const [isLong] = useState(field.editor === 'lines' || (typeof value === 'string' && value.includes('\n')))
  const change = (text: string) =>
    // Of an id nothing is no text: it is not set.
    onChange(text === '' && field.isId ? unset(field) : text)
  const control = {
    value: asText(value),
    autoComplete: 'off',
    spellCheck: false,
    placeholder,
    required: field.isRequired,
    onBlur: () => touch(path),
  }
  const isMasked = field.isSecret && !isShown
  return (
    <Field
      label={label ?? field.title}
      hint={field.description}
      error={error}
      aside={
        field.isSecret ? (
          <ShowButton of={field.title} isShown={isShown} onChange={setShown} />
        ) : field.isPattern ? (
          <PatternMark />
        ) : undefined
      }
    >
      {isLong ? (
        <Textarea
          {...control}
          onChange={({ target }) => change(target.value)}
          className={isMasked ? 'font-mono text-xs [-webkit-text-security:disc]' : 'font-mono text-xs'}
        />
      ) : complete && !field.isSecret ? (
        <SuggestInput {...control} complete={complete} onChange={change} />
      ) : (
        <Input
          {...control}
          onChange={({ target }) => change(target.value)}
          type={isMasked ? 'password' : 'text'}
          {...(field.isSecret && { autoComplete: 'new-password' })}
        />
      )}
    </Field>
  )
}

/** What a person typed stays in sight; the schema judges what is no number. */
export const NumberControl = ({ field, path, value, onChange, label, siblings }: ControlProps<FieldOf<'number'>>) => {
  const { touch } = useFormState()
  const error = useProblem(path)
  const bounds = useBoundsText(field)
  const placeholder = useFallbackText(field)
  const [typed, setTyped] = useState<string | null>(null)
  const read = (text: string): unknown => {
    if (text.trim() === '') return unset(field)
    return Number.isFinite(Number(text)) ? Number(text) : text
  }
  const isTyped = typed !== null && Object.is(read(typed) ?? null, value ?? null)
  const unit = siblings?.fields.find(({ key }) => key === field.unit)
  return (
    <Field label={label ?? field.title} hint={[field.description, bounds].filter(Boolean).join(' ')} error={error}>
      <div className="flex items-center gap-2">
        <Input
          inputMode={field.isWhole ? 'numeric' : 'decimal'}
          autoComplete="off"
          className={unit ? 'w-28 tabular-nums' : 'max-w-48 tabular-nums'}
          placeholder={placeholder}
          required={field.isRequired}
          value={isTyped ? typed : asText(value)}
          onBlur={() => touch(path)}
          onChange={(event) => {
            setTyped(event.target.value)
            onChange(read(event.target.value))
          }}
        />
        {field.suffix ? <span className="text-xs text-ink-3">{field.suffix}</span> : null}
        {unit?.kind === 'choice' && siblings ? <UnitSelect field={unit} siblings={siblings} /> : null}
      </div>
    </Field>
  )
}

const UnitSelect = ({ field, siblings }: { field: FieldOf<'choice'>; siblings: Neighbours }) => (
  <Options
    label={field.title}
    field={field}
    options={field.options}
    value={siblings.values[field.key]}
    onDone={() => undefined}
    onChange={(chosen) => siblings.set({ [field.key]: chosen ?? unset(field) })}
  />
)

const largestInt = 2_147_483_647

const useBoundsText = ({ least, most }: FieldOf<'number'>): string | undefined => {
  const t = useTranslations('schemaForm')
  const top = most === largestInt ? null : most
  if (least !== null && top !== null) return t('between', { least, most: top })
  if (top !== null) return t('atMost', { most: top })
  return least !== null && least !== 0 ? t('atLeast', { least }) : undefined
}

export const FlagControl = ({ field, path, value, onChange, label }: ControlProps<FieldOf<'flag'>>) => {
  const { touch } = useFormState()
  const error = useProblem(path)
  return (
    <div className="grid gap-1">
      <SwitchRow
        label={label ?? field.title}
        hint={field.description}
        checked={(value ?? field.fallback) === true}
        onChange={(checked) => {
          touch(path)
          onChange(checked)
        }}
      />
      {error ? (
        <p role="alert" className="text-xs text-danger-text">
          {error}
        </p>
      ) : null}
    </div>
  )
}

export const ChoiceControl = ({ field, path, value, onChange, label }: ControlProps<FieldOf<'choice'>>) => {
  const { touch } = useFormState()
  const error = useProblem(path)
  return (
    <Field label={label ?? field.title} hint={field.description} error={error}>
      <Options
        field={field}
        options={field.options}
        value={value}
        onDone={() => touch(path)}
        onChange={(chosen) => onChange(chosen ?? unset(field))}
      />
    </Field>
  )
}

/** A choice that may be left open, and that shows what is stored even when it is none of the options. */
export const Options = (p: {
  field: FormField
  options: readonly string[]
  value: unknown
  onChange: (chosen: string | null) => void
  onDone: () => void
  /** Its name where no label stands above it. */
  label?: string
}) => {
  const t = useTranslations('schemaForm')
  const { field, options } = p
  const ownId = useId()
  const textOf = (option: string) => field.words[option] ?? optionText(option)
  const current = asText(p.value)
  const isOpen = !field.isRequired || field.isNullable
  const fallback = typeof field.fallback === 'string' ? textOf(field.fallback) : null
  return (
    <Select
      {...(p.label === undefined ? {} : { 'aria-label': p.label, id: ownId, 'aria-invalid': undefined })}
      value={current}
      required={field.isRequired}
      onBlur={p.onDone}
      onChange={({ target }) => p.onChange(target.value === '' && !options.includes('') ? null : target.value)}
    >
      {isOpen || options.includes('') || current === '' ? (
        <option value="">{fallback === null ? t('open') : t('fallback', { value: fallback })}</option>
      ) : null}
      {options.includes(current) || current === '' ? null : <option value={current}>{current}</option>}
      {options.map((option) =>
        option === '' ? null : (
          <option key={option} value={option}>
            {textOf(option)}
          </option>
        ),
      )}
    </Select>
  )
}

/** A constant of the schema: there is nothing to choose, but something to know. */
export const FixedControl = ({ field, label }: ControlProps<FieldOf<'fixed'>>) => (
  <Field label={label ?? field.title} hint={field.description}>
    <Input readOnly value={asText(field.value)} className="text-ink-2" />
  </Field>
)
