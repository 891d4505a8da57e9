'use client'
import { cn } from '@thingwire/ui'
import { useCallback, useId } from 'react'
import { inPattern } from '../../../../components/schema-form/completion.ts'
import { type FieldEditor, useFormState } from '../../../../components/schema-form/form-context.ts'
import { PatternMark } from '../../../../components/schema-form/pattern-mark.tsx'
import { unset } from '../../../../components/schema-form/values.ts'
import { CodeEditor } from '../../scripts/code-editor.tsx'
import type { Suggest } from '../../scripts/code-types.ts'
import { useEditor } from '../../store/use-editor.ts'

/** A text of several lines in which keys of the message are filled in: they are offered, and stand out. */
export const TemplateField: FieldEditor = ({ field, value, onChange, error, onDone, label }) => {
  const noteId = useId()
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const { useSuggestions } = useFormState()
  const metadata = useSuggestions('metadata-keys')
  const data = useSuggestions('data-keys')
  const suggest = useCallback<Suggest>(
    (text, at) => {
      const found = inPattern({ metadata, data }, text, at)
      return (
        found && {
          from: found.from,
          validFor: /^\$[{[]?[^}\]\s]*$/,
          options: found.options.map((option) => ({ label: option, kind: 'property' as const })),
        }
      )
    },
    [metadata, data],
  )
  const note = error ?? field.description
  const title = label ?? field.title
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <div aria-hidden className="flex items-center justify-between gap-2 text-xs font-medium text-ink-2">
        {title}
        {field.isPattern ? <PatternMark /> : null}
      </div>
      <CodeEditor
        label={title}
        language="template"
        value={typeof value === 'string' ? value : ''}
        suggest={field.isPattern ? suggest : undefined}
        isInvalid={error !== undefined}
        describedBy={note ? noteId : undefined}
        onBlur={onDone}
        onChange={isReadOnly ? undefined : (text) => onChange(text === '' && field.isNullable ? unset(field) : text)}
      />
      {note ? (
        <p
          id={noteId}
          role={error ? 'alert' : undefined}
          className={cn('text-xs', error ? 'text-danger-text' : 'text-ink-3')}
        >
          {note}
        </p>
      ) : null}
    </div>
  )
}
