'use client'
import { Field, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import type { FieldEditor } from '../../../../components/schema-form/form-context.ts'
import { SuggestInput } from '../../../../components/schema-form/suggest-input.tsx'
import { useCompletion } from '../../../../components/schema-form/use-completion.ts'
import { optionText, unset } from '../../../../components/schema-form/values.ts'

const severities = ['CRITICAL', 'MAJOR', 'MINOR', 'WARNING', 'INDETERMINATE']

/** One of the severities, or, when it is dynamic, a template that gives one. */
export const SeverityField: FieldEditor = ({ field, value, onChange, error, onDone, siblings }) => {
  const t = useTranslations('chainPanels.severity')
  const complete = useCompletion({ suggest: severities, isPattern: true })
  const text = typeof value === 'string' ? value : ''
  if (siblings?.values.dynamicSeverity === true)
    return (
      <Field label={field.title} hint={t('template')} error={error}>
        <SuggestInput value={text} onBlur={onDone} onChange={onChange} complete={complete ?? (() => null)} />
      </Field>
    )
  return (
    <Field label={field.title} error={error}>
      <Select value={text} onBlur={onDone} onChange={({ target }) => onChange(target.value || unset(field))}>
        {[...new Set([text, ...severities])].map((severity) => (
          <option key={severity} value={severity}>
            {severity === '' ? t('none') : optionText(severity)}
          </option>
        ))}
      </Select>
    </Field>
  )
}
