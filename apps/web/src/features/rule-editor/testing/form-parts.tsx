'use client'
import { Button, Checkbox, Field, IconButton, Input } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { CodeArea } from '@/components/schema-form/code-area.tsx'
import { readJson, writeJson } from '@/components/schema-form/json-text.ts'

export type OnProblem = (place: string, problem: string | null) => void

/** A member as JSON. While its text says nothing the member stays as it was, and `onProblem` has been told. */
export const JsonField = (p: {
  label: string
  hint?: string
  value: unknown
  /** Absent members are written as an empty text. */
  onChange: (value: unknown) => void
  /** Why a value that is JSON will not do; null: it will. */
  check?: (value: unknown) => string | null
  onProblem: OnProblem
}) => {
  const t = useTranslations('chainTesting')
  const place = useId()
  const [typed, setTyped] = useState<{ text: string; says: string } | null>(null)
  const says = writeJson(p.value)
  const text = typed !== null && typed.says === says ? typed.text : says
  const problem = problemOf(text, p.check, t('notJson'))
  const { onProblem } = p
  useEffect(() => {
    onProblem(place, problem)
    return () => onProblem(place, null)
  }, [onProblem, place, problem])
  const change = (next: string) => {
    const value = next.trim() === '' ? undefined : readJson(next)
    if (value && 'error' in value && value.error !== undefined) return setTyped({ text: next, says })
    const meant = value && 'value' in value ? value.value : undefined
    setTyped({ text: next, says: writeJson(meant) })
    p.onChange(meant)
  }
  return (
    <Field label={p.label} hint={p.hint} error={problem ?? undefined}>
      <CodeArea value={text} onChange={(event) => change(event.target.value)} />
    </Field>
  )
}

const problemOf = (text: string, check: ((value: unknown) => string | null) | undefined, notJson: string) => {
  if (text.trim() === '') return null
  const read = readJson(text)
  if ('error' in read && read.error !== undefined) return notJson
  return check && 'value' in read ? check(read.value) : null
}

/** A part of an expectation that may be left open. */
export const Checked = (p: {
  label: string
  hint: string
  isOn: boolean
  onChange: (isOn: boolean) => void
  children: ReactNode
}) => (
  <section className="grid gap-2">
    {/* biome-ignore lint/a11y/noLabelWithoutControl: the box is in it, as a button */}
    <label className="flex items-start gap-2 pointer-coarse:py-1">
      <span className="mt-0.5">
        <Checkbox label={p.label} checked={p.isOn} onChange={p.onChange} />
      </span>
      <span>
        <span aria-hidden className="block text-sm font-medium text-ink">
          {p.label}
        </span>
        <span className="block text-xs text-ink-3">{p.hint}</span>
      </span>
    </label>
    {p.isOn ? <div className="grid gap-2 pl-6">{p.children}</div> : null}
  </section>
)

/** Rows that can be added and removed. */
export const Rows = <T,>(p: {
  /** What one of them is called. */
  one: string
  rows: readonly T[]
  onChange: (rows: T[]) => void
  blank: T
  children: (row: T, change: (row: T) => void, name: string) => ReactNode
}) => {
  const t = useTranslations('chainTesting')
  return (
    <>
      {p.rows.map((row, index) => {
        const name = `${p.one} ${index + 1}`
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id, and change while they are typed
          <div key={index} className="flex items-start gap-1.5">
            <div className="grid min-w-0 flex-1 gap-1.5">
              {p.children(row, (next) => p.onChange(p.rows.map((old, at) => (at === index ? next : old))), name)}
            </div>
            <IconButton
              label={t('remove', { what: name })}
              size="icon-sm"
              onClick={() => p.onChange(p.rows.filter((_, at) => at !== index))}
            >
              <Trash2 />
            </IconButton>
          </div>
        )
      })}
      <div>
        <Button size="sm" variant="ghost" onClick={() => p.onChange([...p.rows, p.blank])}>
          <Plus />
          {t('add', { what: p.one })}
        </Button>
      </div>
    </>
  )
}

type TextRow = readonly [name: string, text: string]
const blankRow: TextRow = ['', '']

/** Names and texts in rows. Rows that a map cannot hold stay in sight while they are typed. */
export const TextRows = (p: {
  one: string
  value: Readonly<Record<string, string>>
  onChange: (value: Record<string, string>) => void
}) => {
  const t = useTranslations('chainTesting')
  const [typed, setTyped] = useState<{ rows: TextRow[]; says: string } | null>(null)
  const says = JSON.stringify(p.value)
  const rows: readonly TextRow[] = typed !== null && typed.says === says ? typed.rows : Object.entries(p.value)
  return (
    <Rows
      one={p.one}
      rows={rows}
      blank={blankRow}
      onChange={(next) => {
        const value = Object.fromEntries(next.filter(([name]) => name !== ''))
        setTyped({ rows: next, says: JSON.stringify(value) })
        p.onChange(value)
      }}
    >
      {([name, text], change, which) => (
        <div className="grid grid-cols-2 gap-1.5">
          <Input
            aria-label={t('nameOf', { what: which })}
            placeholder={t('name')}
            value={name}
            onChange={(event) => change([event.target.value, text])}
          />
          <Input
            aria-label={t('valueOf', { what: which })}
            placeholder={t('value')}
            value={text}
            onChange={(event) => change([name, event.target.value])}
          />
        </div>
      )}
    </Rows>
  )
}
