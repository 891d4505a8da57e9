'use client'
import { Button, Field, IconButton } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { isJson, type Json } from '../../side/json.ts'
import { ComboBox } from '../parts/combo-box.tsx'

export type FormProps = { step: Json; columns: readonly string[]; set: (members: Json) => void }

export const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
export const numberOf = (value: unknown) => (typeof value === 'number' ? value : null)
export const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : [])
export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/** A column by its name; one that is not there yet can be typed. */
export const ColumnField = (p: {
  label: string
  value: string
  columns: readonly string[]
  onChange: (name: string) => void
  isBare?: boolean
}) => {
  const box = (
    <ComboBox
      label={p.label}
      isLabelled={!p.isBare}
      value={p.value}
      options={p.columns.map((name) => ({ id: name, text: name }))}
      onType={p.onChange}
      onPick={({ text }) => p.onChange(text)}
      className="min-w-0 flex-1"
    />
  )
  return p.isBare ? box : <Field label={p.label}>{box}</Field>
}

/** Rows of a list in a step, each of which can be taken out. */
export const Rows = (p: {
  list: readonly Json[]
  label: (number: number) => string
  add: string
  fresh: Json
  onChange: (list: readonly Json[]) => void
  row: (one: Json, set: (members: Json) => void) => React.ReactNode
}) => (
  <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
    {p.list.map((one, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they have no ids, and two may be equal
      <div key={index} className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          {p.row(one, (members) => p.onChange(p.list.with(index, { ...one, ...members })))}
        </div>
        <IconButton label={p.label(index + 1)} onClick={() => p.onChange(p.list.toSpliced(index, 1))}>
          <Trash2 />
        </IconButton>
      </div>
    ))}
    <Button size="sm" className="justify-self-start" onClick={() => p.onChange([...p.list, p.fresh])}>
      <Plus />
      {p.add}
    </Button>
  </div>
)
