'use client'
import { Button, Field, IconButton, Input } from '@thingwire/ui'
import { Plus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { CodeEditor } from './code-editor.tsx'
import { readJsonText, type TestMessage } from './seen-messages.ts'

type Props = {
  message: TestMessage
  onChange: (change: Partial<TestMessage>) => void
  types: readonly string[]
  onRun: () => void
}

/** The message that a script is tried with, all parts of it to be written. */
export const MessageForm = ({ message, onChange, types, onRun }: Props) => {
  const t = useTranslations('chainScripts')
  const listId = useId()
  const isJson = readJsonText(message.data) !== undefined
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
      <Field label={t('messageType')}>
        <Input
          value={message.type}
          list={listId}
          maxLength={255}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ type: event.target.value })}
        />
      </Field>
      <datalist id={listId}>
        {types.map((type) => (
          <option key={type} value={type} />
        ))}
      </datalist>
      <Part title={t('data')} error={isJson ? undefined : t('dataNoJson')}>
        <CodeEditor
          value={message.data}
          label={t('data')}
          language="JSON"
          isInvalid={!isJson}
          onChange={(data) => onChange({ data })}
          onRun={onRun}
        />
      </Part>
      <Part title={t('metadata')}>
        <MetadataRows metadata={message.metadata} onChange={(metadata) => onChange({ metadata })} />
      </Part>
    </div>
  )
}

export const Part = (p: {
  title: string
  error?: string | undefined
  aside?: React.ReactNode
  children: React.ReactNode
}) => (
  <section className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1.5">
    <div className="flex min-h-5 items-center justify-between gap-2">
      <h3 className="text-xs font-medium text-ink-2">{p.title}</h3>
      {p.aside}
    </div>
    {p.children}
    {p.error === undefined ? null : <p className="text-xs text-danger-text">{p.error}</p>}
  </section>
)

type Row = { id: number; key: string; value: string }
let nextId = 0
const rowsOf = (metadata: Readonly<Record<string, string>>): Row[] =>
  Object.entries(metadata).map(([key, value]) => ({ id: nextId++, key, value }))
const metadataOf = (rows: readonly Row[]) =>
  Object.fromEntries(rows.flatMap(({ key, value }) => (key === '' ? [] : [[key, value]])))

const isSameRecord = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>) => {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

/** A row whose name is still empty, or stands twice, is kept here until it is something. */
const MetadataRows = (p: {
  metadata: Readonly<Record<string, string>>
  onChange: (metadata: Record<string, string>) => void
}) => {
  const t = useTranslations('chainScripts')
  const [rows, setRows] = useState(() => rowsOf(p.metadata))
  const shown = isSameRecord(metadataOf(rows), p.metadata) ? rows : rowsOf(p.metadata)
  if (shown !== rows) setRows(shown)
  const change = (next: Row[]) => {
    setRows(next)
    p.onChange(metadataOf(next))
  }
  return (
    <div className="grid gap-1.5">
      {shown.map((row, index) => (
        <div key={row.id} className="flex gap-1.5">
          <Input
            aria-label={t('metadataKey', { number: index + 1 })}
            value={row.key}
            className="w-2/5"
            spellCheck={false}
            onChange={({ target }) => change(shown.with(index, { ...row, key: target.value }))}
          />
          <Input
            aria-label={t('metadataValue', { number: index + 1 })}
            value={row.value}
            className="flex-1"
            spellCheck={false}
            onChange={({ target }) => change(shown.with(index, { ...row, value: target.value }))}
          />
          <IconButton
            label={t('removeMetadata', { name: row.key || String(index + 1) })}
            onClick={() => change(shown.filter((one) => one !== row))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <Button
        size="sm"
        variant="ghost"
        className="justify-self-start"
        onClick={() => setRows([...shown, { id: nextId++, key: '', value: '' }])}
      >
        <Plus />
        {t('addMetadata')}
      </Button>
    </div>
  )
}
