'use client'
import { readFunction } from '@thingwire/dashboards'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { CodeEditor } from '../../../../rule-editor/scripts/code-editor.tsx'
import { useKeyNames } from '../use-edited-widget.ts'
import { functionWords } from './code-words.ts'
import { isJson } from '../../side/json.ts'

/** The body of a function of the dashboard. Imports that a file has beside it stay. */
export const CodeField = (p: {
  label: string
  /** Names of the arguments. */
  args: string
  hint?: string
  value: unknown
  onChange: (value: unknown) => void
}) => {
  const t = useTranslations('dashboardPanel')
  const read = readFunction(p.value)
  const keys = useKeyNames()
  const suggest = useMemo(() => functionWords(p.args.split(', '), keys), [p.args, keys])
  const body = read === null ? '' : typeof read === 'string' ? read : read.body
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <p className="text-xs font-medium text-ink-2">{p.label}</p>
      <p className="font-mono text-xs text-ink-3">{t('functionHead', { args: p.args })}</p>
      <CodeEditor
        label={p.label}
        language="JS"
        value={body}
        suggest={suggest}
        onChange={(text) => p.onChange(isJson(p.value) ? { ...p.value, body: text } : text)}
        className="[&_.cm-editor]:max-h-64!"
      />
      {p.hint ? <p className="text-xs text-ink-3">{p.hint}</p> : null}
    </div>
  )
}
