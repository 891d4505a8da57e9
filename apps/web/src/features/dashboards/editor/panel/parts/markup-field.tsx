'use client'
import { useMemo } from 'react'
import { CodeEditor } from '../../../../rule-editor/scripts/code-editor.tsx'
import { useKeyNames } from '../use-edited-widget.ts'
import { markWords } from './code-words.ts'

/** HTML, Markdown or CSS, in which `${…}` stands for names and values. */
export const MarkupField = (p: {
  label: string
  hint?: string
  error?: string | undefined
  value: string
  onChange: (text: string) => void
  onDone?: () => void
}) => {
  const keys = useKeyNames()
  const suggest = useMemo(() => markWords(keys), [keys])
  const note = p.error ?? p.hint
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <p className="text-xs font-medium text-ink-2">{p.label}</p>
      <CodeEditor
        label={p.label}
        language="template"
        value={p.value}
        suggest={suggest}
        isInvalid={p.error !== undefined}
        onBlur={p.onDone}
        onChange={p.onChange}
        className="[&_.cm-editor]:max-h-96!"
      />
      {note ? <p className={p.error ? 'text-xs text-danger-text' : 'text-xs text-ink-3'}>{note}</p> : null}
    </div>
  )
}
