'use client'
import { Button, IconButton } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { FieldEditor } from '../../../../../components/schema-form/form-context.ts'
import { Part } from '../../../../../components/schema-form/objects.tsx'
import { isJson, type Json } from '../../side/json.ts'
import { ColorInput } from '../parts/color-input.tsx'
import { NumberField } from '../parts/number-field.tsx'

const numberOf = (value: unknown) =>
  typeof value === 'number'
    ? value
    : typeof value === 'string' && value !== '' && Number.isFinite(Number(value))
      ? Number(value)
      : null

/** Where a range begins and where it ends. */
export const RangeEnds = (p: {
  from: unknown
  to: unknown
  /** Both have to be said. */
  isNeeded?: boolean
  onChange: (members: Json) => void
}) => {
  const t = useTranslations('dashboardPanel')
  const needed = p.isNeeded ? { isNeeded: true } : {}
  return (
    <div className="flex items-center gap-1.5">
      <NumberField
        isBare
        {...needed}
        label={t('from')}
        placeholder="−∞"
        value={numberOf(p.from)}
        onChange={(from) => p.onChange({ from })}
      />
      <span aria-hidden className="text-ink-3">
        –
      </span>
      <NumberField
        isBare
        {...needed}
        label={t('upTo')}
        placeholder="∞"
        value={numberOf(p.to)}
        onChange={(to) => p.onChange({ to })}
      />
    </div>
  )
}

const rowColor = (one: Json) => (typeof one.color === 'string' ? one.color : '')

/** Ranges below each other, each with its ends and its colour. */
export const RangeRows = (p: {
  list: readonly Json[]
  /** Both ends have to be said. */
  isNeeded?: boolean
  /** In place of two numbers. */
  ends?: (one: Json, set: (members: Json) => void) => ReactNode
  onChange: (list: readonly Json[]) => void
}) => {
  const t = useTranslations('dashboardPanel')
  const { list } = p
  return list.map((one, index) => {
    const set = (members: Json) => p.onChange(list.with(index, { ...one, ...members }))
    return (
      <fieldset
        // biome-ignore lint/suspicious/noArrayIndexKey: ranges have no ids, and two may be equal
        key={index}
        aria-label={t('threshold', { number: index + 1 })}
        className="flex min-w-0 items-start gap-1.5"
      >
        <div className="flex min-w-0 flex-1 flex-wrap gap-1.5">
          <div className="grid min-w-0 flex-[1_1_9rem] grid-cols-[minmax(0,1fr)] gap-1.5">
            {p.ends?.(one, set) ?? (
              <RangeEnds from={one.from} to={one.to} isNeeded={p.isNeeded === true} onChange={set} />
            )}
          </div>
          <div className="min-w-0 flex-[1_1_8.5rem]">
            <ColorInput label={t('color')} value={rowColor(one)} onChange={(color) => set({ color })} />
          </div>
        </div>
        <IconButton
          label={t('removeThreshold', { number: index + 1 })}
          onClick={() => p.onChange(list.toSpliced(index, 1))}
        >
          <Trash2 />
        </IconButton>
      </fieldset>
    )
  })
}

/** One more range, which begins where the last one ends. */
export const AddRange = (p: {
  list: readonly Json[]
  isNeeded?: boolean
  isQuiet?: boolean
  onChange: (list: readonly Json[]) => void
}) => {
  const t = useTranslations('dashboardPanel')
  return (
    <Button
      size="sm"
      {...(p.isQuiet ? { variant: 'ghost' } : { className: 'justify-self-start' })}
      onClick={() => {
        const last = p.list.at(-1)?.to ?? null
        const begin = p.isNeeded ? (numberOf(last) ?? 0) : null
        p.onChange([...p.list, { from: begin ?? last, to: begin === null ? null : begin + 10, color: '#d32f2f' }])
      }}
    >
      <Plus />
      {t('addThreshold')}
    </Button>
  )
}

/** Ranges of values, each with its colour. */
export const ColorRangesEditor: FieldEditor = ({ field, value, label, error, onChange }) => {
  const list = (Array.isArray(value) ? value : Array.isArray(field.fallback) ? field.fallback : []).filter(isJson)
  // Marks of a gauge have two ends; ranges of a chart may be open.
  const isNeeded =
    field.kind === 'list' &&
    field.item.kind === 'object' &&
    field.item.members.some(({ key, kind, isNullable }) => key === 'from' && kind === 'number' && !isNullable)
  const rows = { list, isNeeded, onChange }
  return (
    <Part title={label ?? field.title} error={error} aside={<AddRange {...rows} isQuiet />}>
      {list.length > 0 ? <RangeRows {...rows} /> : null}
    </Part>
  )
}
