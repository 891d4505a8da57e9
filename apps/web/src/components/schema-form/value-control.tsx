'use client'
import { Field, Input } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type ControlProps, useFormState, useProblem } from './form-context.ts'
import { unset } from './values.ts'
import { readValueText, writeValueText } from './value-text.ts'

/** A value of any type on one line: true, 42, on. */
export const ValueControl = ({ field, path, value, onChange, label }: ControlProps) => {
  const t = useTranslations('schemaForm')
  const { touch } = useFormState()
  const problem = useProblem(path, true)
  const [typed, setTyped] = useState<{ text: string; value: unknown } | null>(null)
  const isTyped = typed !== null && writeValueText(typed.value) === writeValueText(value)
  const text = isTyped ? typed.text : value === undefined ? '' : writeValueText(value)
  return (
    <Field label={label ?? field.title} hint={field.description} error={problem}>
      <Input
        value={text}
        autoComplete="off"
        spellCheck={false}
        placeholder={
          field.fallback === undefined || field.fallback === null
            ? undefined
            : t('fallback', { value: writeValueText(field.fallback) })
        }
        className="font-mono text-xs"
        onBlur={() => touch(path)}
        onChange={({ target }) => {
          const next = target.value.trim() === '' ? unset(field) : readValueText(target.value)
          setTyped({ text: target.value, value: next })
          onChange(next)
        }}
      />
    </Field>
  )
}
