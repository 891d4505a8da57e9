'use client'
import { useTranslations } from 'next-intl'
import { useId, useMemo, useState } from 'react'
import { readJson, writeJson } from '@/components/schema-form/json-text.ts'
import type { Problem } from '@/components/schema-form/problems.ts'
import { CodeEditor } from '../scripts/code-editor.tsx'
import { jsonPlaces, placeOf } from './json-places.ts'

type Props = { value: unknown; problems: readonly Problem[]; isReadOnly: boolean; onChange: (value: unknown) => void }

const formatted = async (text: string): Promise<string | null> => {
  const read = readJson(text)
  return 'value' in read ? writeJson(read.value) : null
}

/** A configuration as text, with what is wrong at its place. Text that is no JSON stays here until it is. */
export const JsonView = ({ value, problems, isReadOnly, onChange }: Props) => {
  const t = useTranslations('chainPanels.settings')
  const words = useTranslations('schemaForm')
  const noteId = useId()
  const [typed, setTyped] = useState<{ text: string; of: unknown } | null>(null)
  const isTyped = typed !== null && writeJson(typed.of) === writeJson(value)
  const text = isTyped ? typed.text : writeJson(value)
  const { error } = readJson(text)
  const marks = useMemo(() => {
    if (error !== undefined || problems.length === 0) return []
    const places = jsonPlaces(text)
    return problems.map(({ path, message }) => ({ ...placeOf(places, path), severity: 'error' as const, message }))
  }, [text, error, problems])
  const change = (next: string) => {
    const read = readJson(next)
    setTyped({ text: next, of: 'value' in read ? read.value : value })
    if ('value' in read) onChange(read.value)
  }
  const complaints =
    error === undefined
      ? problems.map(({ path, message }) => (path ? `${path}: ${message}` : message))
      : [`${words('noJson', { reason: error })} ${t('keptText')}`]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <CodeEditor
        label={t('configurationJson')}
        language="JSON"
        value={text}
        marks={marks}
        format={formatted}
        isInvalid={complaints.length > 0}
        describedBy={complaints.length > 0 ? noteId : undefined}
        onChange={isReadOnly ? undefined : change}
        className="[&_.cm-editor]:max-h-[60vh]!"
      />
      {complaints.length > 0 ? (
        <div id={noteId} role="alert">
          <ul className="grid gap-1 text-xs text-danger-text">
            {complaints.map((complaint) => (
              <li key={complaint}>{complaint}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}
