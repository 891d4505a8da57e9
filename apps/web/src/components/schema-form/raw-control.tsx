'use client'
import { Field } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { CodeArea } from './code-area.tsx'
import { type ControlProps, useFormState, useProblem } from './form-context.ts'
import type { FieldOf } from './form-field.ts'
import { readJson, writeJson } from './json-text.ts'
import { unset } from './values.ts'

/** Whatever has no control of its own, as JSON. A text that is none stays the value, so that the schema refuses it. */
export const RawControl = ({ field, path, value, onChange, label }: ControlProps<FieldOf<'raw'>>) => {
  const t = useTranslations('schemaForm')
  const { touch } = useFormState()
  const problem = useProblem(path, true)
  const [typed, setTyped] = useState<{ text: string; value: unknown } | null>(null)
  const isTyped = typed !== null && writeJson(typed.value) === writeJson(value)
  const text = isTyped ? typed.text : value === null || value === undefined ? '' : writeJson(value)
  const read = text.trim() === '' ? { value: unset(field) } : readJson(text)
  const change = (next: string) => {
    const parsed = next.trim() === '' ? { value: unset(field) } : readJson(next)
    const meant = 'value' in parsed ? parsed.value : next
    setTyped({ text: next, value: meant })
    onChange(meant)
  }
  const error = read.error === undefined ? problem : t('noJson', { reason: read.error })
  return (
    <Field label={label ?? field.title} hint={field.description} error={error}>
      <CodeArea value={text} onBlur={() => touch(path)} onChange={(event) => change(event.target.value)} />
    </Field>
  )
}
