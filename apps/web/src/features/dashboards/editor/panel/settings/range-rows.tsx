'use client'
import { Button, IconButton } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
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

/** Ranges of values, each with its colour. */
export const ColorRangesEditor: FieldEditor = ({ field, value, label, error, onChange }) => {
  const t = useTranslations('dashboardPanel')
  const list = (Array.isArray(value) ? value : Array.isArray(field.fallback) ? field.fallback : []).filter(isJson)
  // Marks of a gauge have two ends; ranges of a chart may be open.
  const isNeeded =
    field.kind === 'list' &&
    field.item.kind === 'object' &&
    field.item.members.some(({ key, kind, isNullable }) => key === 'from' && kind === 'number' && !isNullable)
  return (
    <Part
      title={label ?? field.title}
      error={error}
      aside={
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            const from = numberOf(list.at(-1)?.to)
            onChange([
              ...list,
              { from: isNeeded ? (from ?? 0) : from, to: isNeeded ? (from ?? 0) + 10 : null, color: '#d32f2f' },
            ])
          }}
        >
          <Plus />
          {t('addThreshold')}
        </Button>
      }
    >
      {list.length > 0
        ? list.map((one, index) => (
            <fieldset
              // biome-ignore lint/suspicious/noArrayIndexKey: ranges have no ids, and two may be equal
              key={index}
              aria-label={t('threshold', { number: index + 1 })}
              className="grid min-w-0 grid-cols-[minmax(0,1fr)_minmax(0,8.5rem)_auto] items-center gap-1.5"
            >
              <RangeEnds
                from={one.from}
                to={one.to}
                isNeeded={isNeeded}
                onChange={(members) => onChange(list.with(index, { ...one, ...members }))}
              />
              <ColorInput
                label={t('color')}
                value={typeof one.color === 'string' ? one.color : ''}
                onChange={(color) => onChange(list.with(index, { ...one, color }))}
              />
              <IconButton
                size="icon-sm"
                label={t('removeThreshold', { number: index + 1 })}
                onClick={() => onChange(list.toSpliced(index, 1))}
              >
                <Trash2 />
              </IconButton>
            </fieldset>
          ))
        : null}
    </Part>
  )
}
