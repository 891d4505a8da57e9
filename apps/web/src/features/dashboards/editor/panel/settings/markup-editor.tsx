'use client'
import { useMemo } from 'react'
import type { FieldEditor } from '../../../../../components/schema-form/form-context.ts'
import { CodeEditor } from '../../../../rule-editor/scripts/code-editor.tsx'
import { markWords } from '../parts/code-words.ts'
import { useKeyNames } from '../use-edited-widget.ts'

/** HTML, Markdown or CSS, in which `${…}` stands for names and values. */
export const MarkupEditor: FieldEditor = ({ field, value, label, error, onChange, onDone }) => {
  const title = label ?? field.title
  const keys = useKeyNames()
  const suggest = useMemo(() => markWords(keys), [keys])
  const note = error ?? field.description
  const text = typeof value === 'string' ? value : typeof field.fallback === 'string' ? field.fallback : ''
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <p className="text-xs font-medium text-ink-2">{title}</p>
      <CodeEditor
        label={title}
        language="template"
        value={text}
        suggest={suggest}
        isInvalid={error !== undefined}
        onBlur={onDone}
        onChange={onChange}
        className="[&_.cm-editor]:max-h-96!"
      />
      {note ? <p className={error ? 'text-xs text-danger-text' : 'text-xs text-ink-3'}>{note}</p> : null}
    </div>
  )
}
