'use client'
import { Button, Checkbox, cn, IconButton, Input, Select, Switch, Textarea } from '@thingwire/ui'
import { propertyDefault, type SymbolProperty } from '@thingwire/widgets/symbols'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ComponentType, useState } from 'react'
import { CodeArea } from '@/components/schema-form/code-area.tsx'
import { readValueText, writeValueText } from '@/components/schema-form/value-text.ts'
import { ColorInput } from '../panel/parts/color-input.tsx'
import { IconInput } from '../panel/parts/icon-input.tsx'
import { UnitFields } from '../panel/values/unit-fields.tsx'
import { PictureField } from '../../pictures/picture-field.tsx'
import { isJson, type Json, jsonOf } from '../side/json.ts'
import { FontFields } from './font-fields.tsx'
import { PaintInput } from './paint-input.tsx'
import { RangeColors } from './range-colors.tsx'

export type PropertyListProps = {
  properties: readonly SymbolProperty[]
  /** As they hold: stored ones over those of the symbol. */
  values: Json
  /** Those alone that were changed. */
  stored: Json
  /** Whether colours may be names of paints, which follow the theme. */
  hasPaints: boolean
  /** Undefined: back to that of the symbol. */
  onChange: (id: string, value: unknown) => void
}

type Props = {
  property: SymbolProperty
  label: string
  value: unknown
  hasPaints: boolean
  isDisabled: boolean
  onChange: (value: unknown) => void
  /** Draws the properties of a part. */
  List: ComponentType<PropertyListProps>
}

const stacked = new Set(
  'fieldset array textarea image javascript json html css markdown font color_settings units'.split(' '),
)
/** Whether its control stands below its name. */
export const isStacked = ({ type, multiple }: SymbolProperty): boolean => stacked.has(type) || multiple

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)

/** The control of one property, by its type; unknown types are values of any kind. */
export const PropertyControl = (p: Props) => {
  const { property, label, value, onChange, isDisabled } = p
  switch (property.type) {
    case 'switch':
      return <Switch label={label} checked={value === true} onChange={onChange} />
    case 'number':
      return <NumberInput {...p} />
    case 'text':
    case 'password':
      return (
        <Input
          aria-label={label}
          type={property.type}
          disabled={isDisabled}
          autoComplete={property.type === 'password' ? 'new-password' : 'off'}
          value={textOf(value)}
          onChange={({ target }) => onChange(target.value)}
          className="w-40"
        />
      )
    case 'textarea':
      return (
        <Textarea
          aria-label={label}
          disabled={isDisabled}
          rows={Math.min(Math.max(property.rows ?? 3, 2), 20)}
          value={textOf(value)}
          onChange={({ target }) => onChange(target.value)}
        />
      )
    case 'select':
    case 'radios':
      return property.multiple ? <Ticks {...p} /> : <OneOf {...p} />
    case 'datetime':
      return <MomentInput {...p} />
    case 'color':
      return p.hasPaints ? (
        <PaintInput label={label} value={textOf(value)} onChange={onChange} isDisabled={isDisabled} />
      ) : (
        <span className={cn('w-36', isDisabled && 'pointer-events-none opacity-60')}>
          <ColorInput label={label} value={textOf(value)} onChange={onChange} />
        </span>
      )
    case 'color_settings':
      return <RangeColors label={label} value={value} onChange={onChange} />
    case 'font':
      return <FontFields label={label} value={jsonOf(value)} onChange={onChange} />
    case 'units':
      return (
        <div className="w-full">
          {/* Nothing stored is the unit of the symbol, so none at all is an empty text. */}
          <UnitFields value={value} onChange={(units) => onChange(units ?? '')} />
        </div>
      )
    case 'icon':
      return <IconInput label={label} value={textOf(value)} onChange={onChange} />
    case 'image':
      return <PictureField isBare label={label} value={textOf(value)} onChange={onChange} />
    case 'javascript':
    case 'html':
    case 'css':
    case 'markdown':
      return (
        <CodeArea
          aria-label={label}
          className="w-full"
          value={textOf(value)}
          onChange={({ target }) => onChange(target.value)}
        />
      )
    case 'fieldset':
      return (
        <div className="w-full border-l-2 pl-3">
          <Fieldset {...p} />
        </div>
      )
    case 'array':
      return <Items {...p} />
    default:
      return <AnyInput {...p} />
  }
}

/** Numbers that fit are taken; what is none stays in sight and is said. */
const NumberInput = ({ property, label, value, isDisabled, onChange }: Props) => {
  const t = useTranslations('symbolForm')
  const [typed, setTyped] = useState<{ text: string; of: unknown } | null>(null)
  const text = typed !== null && Object.is(typed.of, value) ? typed.text : textOf(value)
  const read = (given: string): number | null | undefined => {
    if (given.trim() === '') return property.required ? undefined : null
    const number = Number(given.replace(',', '.'))
    const fits =
      Number.isFinite(number) && number >= (property.min ?? -Infinity) && number <= (property.max ?? Infinity)
    return fits ? number : undefined
  }
  const isBad = read(text) === undefined
  return (
    <span className="flex items-center gap-1.5">
      <Input
        aria-label={label}
        aria-invalid={isBad || undefined}
        title={isBad ? t('badNumber') : undefined}
        disabled={isDisabled}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={({ target }) => {
          const number = read(target.value)
          setTyped({ text: target.value, of: number === undefined ? value : number })
          if (number !== undefined) onChange(number)
        }}
        className="w-24 tabular-nums"
      />
      {property.fieldSuffix ? <span className="text-xs text-ink-3">{property.fieldSuffix}</span> : null}
    </span>
  )
}

const keyOf = (value: unknown): string => JSON.stringify(value) ?? 'null'

const OneOf = ({ property, label, value, isDisabled, onChange }: Props) => {
  const t = useTranslations('symbolForm')
  const { items } = property
  const current = value === undefined || value === null || value === '' ? '' : keyOf(value)
  const isKnown = items.some((one) => keyOf(one.value) === current)
  return (
    <Select
      aria-label={label}
      disabled={isDisabled}
      value={current}
      onChange={({ target }) => onChange(items.find((one) => keyOf(one.value) === target.value)?.value ?? null)}
      className="w-40"
    >
      {property.allowEmptyOption || current === '' ? <option value="">{t('empty')}</option> : null}
      {isKnown || current === '' ? null : <option value={current}>{textOf(value)}</option>}
      {items.map((one) => (
        <option key={keyOf(one.value)} value={keyOf(one.value)}>
          {one.label || textOf(one.value)}
        </option>
      ))}
    </Select>
  )
}

const Ticks = ({ property, value, onChange }: Props) => {
  const chosen = Array.isArray(value) ? value.map(keyOf) : []
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-2">
      {property.items.map((one) => {
        const text = one.label || textOf(one.value)
        const key = keyOf(one.value)
        return (
          <span key={key} className="flex items-center gap-2 text-sm">
            <Checkbox
              label={text}
              checked={chosen.includes(key)}
              onChange={(isOn) =>
                onChange(
                  property.items
                    .filter((other) => (keyOf(other.value) === key ? isOn : chosen.includes(keyOf(other.value))))
                    .map((other) => other.value),
                )
              }
            />
            <span aria-hidden>{text}</span>
          </span>
        )
      })}
    </div>
  )
}

const inputTypes = { date: 'date', time: 'time', datetime: 'datetime-local' } as const

/** Moments are stored as epoch milliseconds; they are entered on the viewer's clock. */
const MomentInput = ({ property, label, value, isDisabled, onChange }: Props) => {
  const ms = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN
  const local = Number.isFinite(ms)
    ? new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
    : ''
  const [day = '', time = ''] = local.split('T')
  const shown = { date: day, time, datetime: local }[property.dateTimeType]
  const change = (text: string) => {
    if (text === '') return onChange(null)
    const full = { date: `${text}T00:00`, time: `${day || '1970-01-01'}T${text}`, datetime: text }[
      property.dateTimeType
    ]
    const made = new Date(full).getTime()
    if (Number.isFinite(made)) onChange(made)
  }
  return (
    <Input
      aria-label={label}
      type={inputTypes[property.dateTimeType]}
      disabled={isDisabled}
      value={shown}
      onChange={({ target }) => change(target.value)}
      className="w-48"
    />
  )
}

const Fieldset = ({ property, value, hasPaints, onChange, List }: Props) => {
  const values = jsonOf(value)
  const set = (id: string, next: unknown) => onChange({ ...values, [id]: next })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2.5">
      <List
        properties={property.properties}
        values={values}
        // What belongs to a part is put back with the whole part.
        stored={{}}
        hasPaints={hasPaints}
        onChange={set}
      />
    </div>
  )
}

const Items = (p: Props) => {
  const t = useTranslations('symbolForm')
  const { property, onChange } = p
  const items: readonly unknown[] = Array.isArray(p.value) ? p.value : []
  const one: SymbolProperty = {
    ...property,
    type: property.arrayItemType,
    name: property.arrayItemName || t('item'),
    default: undefined,
  }
  return (
    <div className="grid w-full grid-cols-[minmax(0,1fr)] gap-2">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items of files have no ids, and none of the controls remembers more than what is being typed
        <div key={index} className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <PropertyControl
              {...p}
              property={one}
              label={t('numbered', { name: one.name, number: index + 1 })}
              value={item}
              onChange={(next) => onChange(items.with(index, next))}
            />
          </div>
          <IconButton
            label={t('removeNumbered', { name: one.name, number: index + 1 })}
            onClick={() => onChange(items.toSpliced(index, 1))}
          >
            <Trash2 />
          </IconButton>
        </div>
      ))}
      <div>
        <Button size="sm" onClick={() => onChange([...items, propertyDefault(one) ?? initial(one)])}>
          <Plus />
          {t('addNamed', { name: one.name })}
        </Button>
      </div>
    </div>
  )
}

const initial = ({ type }: SymbolProperty): unknown =>
  type === 'switch' ? false : type === 'number' ? 0 : type === 'array' ? [] : ''

/** JSON, or a text: true, 42, on. */
const AnyInput = ({ label, value, isDisabled, onChange }: Props) => {
  const [typed, setTyped] = useState<{ text: string; of: string } | null>(null)
  const written = value === undefined ? '' : writeValueText(value)
  const text = typed !== null && typed.of === written ? typed.text : written
  const change = (given: string) => {
    const next = given.trim() === '' ? null : readValueText(given)
    setTyped({ text: given, of: writeValueText(next) })
    onChange(next)
  }
  const isLong = isJson(value) || Array.isArray(value)
  return isLong ? (
    <CodeArea aria-label={label} className="w-full" value={text} onChange={({ target }) => change(target.value)} />
  ) : (
    <Input
      aria-label={label}
      disabled={isDisabled}
      autoComplete="off"
      value={text}
      onChange={({ target }) => change(target.value)}
      className="w-40 font-mono text-xs"
    />
  )
}
