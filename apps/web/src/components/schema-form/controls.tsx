'use client'
import { Field, IconButton, Input, Select, Textarea } from '@thingwire/ui'
import { Eye, EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SwitchRow } from '../switch-row.tsx'
import { type ControlProps, useFormState, useProblem } from './form-context.ts'
import type { FieldOf, FormField } from './form-field.ts'
import { optionText, unset } from './values.ts'

const asText = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)

/** What stands in an empty control: what the server takes then. */
const useFallbackText = (field: FormField): string | undefined => {
  const t = useTranslations('schemaForm')
  return field.fallback === undefined || field.fallback === null || field.fallback === ''
    ? undefined
    : t('fallback', { value: asText(field.fallback) })
}

export const TextControl = ({ field, path, value, onChange, label }: ControlProps<FieldOf<'text'>>) => {
  const { touch } = useFormState()
  const error = useProblem(path)
  const placeholder = useFallbackText(field)
  const [isShown, setShown] = useState(false)
  // A text of several lines would lose them in a control of one.
  const [isLong] = useState(field.editor === 'lines' || (typeof value === 'string' && value.includes('\n')))
  const control = {
    value: asText(value),
    autoComplete: 'off',
    spellCheck: false,
    placeholder,
    required: field.isRequired,
    onBlur: () => touch(path),
    onChange: (event: { target: { value: string } }) => {
      const text = event.target.value
      // Of an id nothing is no text: it is not set.
      onChange(text === '' && field.isId ? unset(field) : text)
    },
  }
  const isMasked = field.isSecret && !isShown
  return (
    <Field
      label={label ?? field.title}
      hint={field.description}
      error={error}
      aside={field.isSecret ? <ShowButton of={field.title} isShown={isShown} onChange={setShown} /> : undefined}
    >
      {isLong ? (
        <Textarea
          {...control}
          className={isMasked ? 'font-mono text-xs [-webkit-text-security:disc]' : 'font-mono text-xs'}
        />
      ) : (
        <Input
          {...control}
          type={isMasked ? 'password' : 'text'}
          {...(field.isSecret && { autoComplete: 'new-password' })}
        />
      )}
    </Field>
  )
}

const ShowButton = (p: { of: string; isShown: boolean; onChange: (isShown: boolean) => void }) => {
  const t = useTranslations('schemaForm')
  return (
    <IconButton
      label={t(p.isShown ? 'hide' : 'show', { what: p.of })}
      size="icon-sm"
      onClick={() => p.onChange(!p.isShown)}
    >
      {p.isShown ? <EyeOff /> : <Eye />}
    </IconButton>
  )
}

/** What a person typed stays in sight; the schema judges what is no number. */
export const NumberControl = ({ field, path, value, onChange, label }: ControlProps<FieldOf<'number'>>) => {
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
  return (
    <Field label={label ?? field.title} hint={[field.description, bounds].filter(Boolean).join(' ')} error={error}>
      <Input
        inputMode={field.isWhole ? 'numeric' : 'decimal'}
        autoComplete="off"
        className="max-w-48 tabular-nums"
        placeholder={placeholder}
        required={field.isRequired}
        value={isTyped ? typed : asText(value)}
        onBlur={() => touch(path)}
        onChange={(event) => {
          setTyped(event.target.value)
          onChange(read(event.target.value))
        }}
      />
    </Field>
  )
}

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
}) => {
  const t = useTranslations('schemaForm')
  const { field, options } = p
  const current = asText(p.value)
  const isOpen = !field.isRequired || field.isNullable
  const fallback = typeof field.fallback === 'string' ? optionText(field.fallback) : null
  return (
    <Select
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
            {optionText(option)}
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
