'use client'
import { Field } from '@thingwire/ui'
import { CodeArea } from './code-area.tsx'
import { type ControlProps, useFormState, useProblem } from './form-context.ts'
import type { FieldOf } from './form-field.ts'

/** The body of a function. */
export const ScriptControl = ({ field, path, value, onChange, label }: ControlProps<FieldOf<'text'>>) => {
  const { touch } = useFormState()
  const error = useProblem(path)
  return (
    <Field label={label ?? field.title} hint={field.description} error={error}>
      <CodeArea
        value={typeof value === 'string' ? value : ''}
        onBlur={() => touch(path)}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}
