'use client'
import { Button, Field, IconButton, Input, Select } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { FieldEditor } from '../../../../../components/schema-form/form-context.ts'
import type { FormField } from '../../../../../components/schema-form/form-field.ts'
import { Part } from '../../../../../components/schema-form/objects.tsx'
import { isJson, jsonOf, type Json } from '../../side/json.ts'
import { ActionForm } from '../actions/action-form.tsx'
import { Chips } from '../parts/chips.tsx'
import { CodeField } from '../parts/code-field.tsx'
import { ColorInput } from '../parts/color-input.tsx'
import { ComboBox } from '../parts/combo-box.tsx'
import { AddRange, RangeRows } from '../settings/range-rows.tsx'
import { useKeyNames } from '../use-edited-widget.ts'

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const jsonsIn = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : [])

const ways = ['constant', 'range', 'function'] as const

/** What a member is where nothing is stored: the schema's word for it. */
const fallbackOf = (field: FormField, name: string): unknown =>
  isJson(field.fallback) && name in field.fallback
    ? field.fallback[name]
    : field.kind === 'object'
      ? field.members.find(({ key }) => key === name)?.fallback
      : undefined

/** A colour of places: always the same, by ranges of one of their keys, or by code. */
const LayerColorEditor: FieldEditor = ({ field, value, label, onChange }) => {
  const t = useTranslations('dashboardPanel')
  const words = useTranslations('mapLayers')
  const names = useKeyNames()
  const title = label ?? field.title
  const color = isJson(value) ? value : typeof value === 'string' ? { color: value } : {}
  const type = ways.find((one) => one === color.type) ?? 'constant'
  const set = (members: Json) => onChange({ ...color, ...members })
  const keyName = textOf(jsonOf(color.rangeKey).label) || textOf(jsonOf(color.rangeKey).name)
  const ranges = jsonsIn(color.range)
  const setKey = (name: string) =>
    set({ rangeKey: name === '' ? null : { ...jsonOf(color.rangeKey), name, label: name } })
  return (
    <fieldset aria-label={title} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
      <div className="grid grid-cols-2 items-end gap-2">
        <Field label={title}>
          <Select value={type} onChange={({ target }) => set({ type: target.value })}>
            {ways.map((one) => (
              <option key={one} value={one}>
                {t(`colorBy.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <ColorInput
          label={type === 'constant' ? title : t('otherwise')}
          value={textOf(color.color ?? fallbackOf(field, 'color'))}
          onChange={(next) => set({ color: next })}
        />
      </div>
      {type === 'range' ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2 border-l-2 pl-3">
          <Field label={words('rangeKey')} error={keyName === '' ? words('chooseKey') : undefined}>
            <ComboBox
              isLabelled
              isWide
              label={words('rangeKey')}
              value={keyName}
              options={names.map((name) => ({ id: name, text: name }))}
              onType={setKey}
              onPick={({ text }) => setKey(text)}
            />
          </Field>
          <RangeRows list={ranges} onChange={(range) => set({ range })} />
          <AddRange list={ranges} onChange={(range) => set({ range })} />
        </div>
      ) : null}
      {type === 'function' ? (
        <CodeField
          label={t('colorFunction')}
          args="data, dsData, dsIndex"
          value={color.colorFunction}
          onChange={(code) => set({ colorFunction: code === '' ? null : code })}
        />
      ) : null}
    </fieldset>
  )
}

/** One of a few, or what is stored. */
const NamedEditor: FieldEditor = ({ field, value, label, error, onChange }) => {
  const current = textOf(value ?? field.fallback)
  const known = Object.keys(field.words)
  return (
    <Field label={label ?? field.title} hint={field.description} error={error}>
      <Select value={current} onChange={({ target }) => onChange(target.value)}>
        {[...known, ...(known.includes(current) ? [] : [current])].map((one) => (
          <option key={one} value={one}>
            {field.words[one] ?? one}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** Files have many grounds of icons; ours is a disc or nothing. */
const IconContainerEditor: FieldEditor = ({ field, value, label, onChange }) => {
  const t = useTranslations('mapLayers')
  const current = textOf(value ?? field.fallback)
  const disc = current === '' ? textOf(field.fallback) || 'iconContainer1' : current
  return (
    <Field label={label ?? field.title}>
      <Select value={current} onChange={({ target }) => onChange(target.value)}>
        <option value={disc}>{t('disc')}</option>
        <option value="">{t('noGround')}</option>
      </Select>
    </Field>
  )
}

/** Several of a few, whatever else is stored beside them. */
const SeveralEditor: FieldEditor = ({ field, value, label, onChange }) => {
  const chosen = (Array.isArray(value) ? value : Array.isArray(field.fallback) ? field.fallback : []).map(String)
  return (
    <Chips
      label={label ?? field.title}
      options={Object.entries(field.words).map(([one, word]) => ({ value: one, label: word }))}
      chosen={chosen}
      onChange={onChange}
    />
  )
}

const numbersOf = (text: string): number[] | null => {
  const all = text.split(/[\s,;]+/).filter((one) => one !== '')
  const numbers = all.map(Number)
  return numbers.length > 0 && numbers.every((one) => Number.isFinite(one) && one > 0) ? numbers : null
}

/** Numbers in a row. */
const NumbersEditor: FieldEditor = ({ field, value, label, onChange }) => {
  const t = useTranslations('mapLayers')
  const stored = (Array.isArray(value) ? value : Array.isArray(field.fallback) ? field.fallback : []).join(', ')
  const [typed, setTyped] = useState<{ text: string; of: string } | null>(null)
  const text = typed?.of === stored ? typed.text : stored
  return (
    <Field label={label ?? field.title} error={numbersOf(text) ? undefined : t('numbers')}>
      <Input
        value={text}
        inputMode="numeric"
        onChange={({ target }) => {
          const numbers = numbersOf(target.value)
          setTyped({ text: target.value, of: numbers ? numbers.join(', ') : stored })
          if (numbers) onChange(numbers)
        }}
      />
    </Field>
  )
}

/** The key of an entity that holds something, by its name. */
const KeyEditor: FieldEditor = ({ field, value, label, error, onChange }) => {
  const names = useKeyNames()
  const name = textOf(jsonOf(value).label) || textOf(jsonOf(value).name)
  const set = (next: string) =>
    onChange(next === '' ? null : { type: 'attribute', settings: {}, ...jsonOf(value), name: next, label: next })
  return (
    <Field label={label ?? field.title} error={error}>
      <ComboBox
        isLabelled
        isWide
        label={label ?? field.title}
        value={name}
        options={names.map((one) => ({ id: one, text: one }))}
        onType={set}
        onPick={({ text }) => set(text)}
      />
    </Field>
  )
}

/** What links of a text start, by the names that the text calls them by. */
const TagActionsEditor: FieldEditor = ({ field, value, label, onChange }) => {
  const t = useTranslations('mapLayers')
  const list = jsonsIn(value)
  const title = label ?? field.title
  return (
    <Part
      title={title}
      hint={t('tagActions')}
      aside={
        <Button
          size="sm"
          variant="ghost"
          onClick={() => onChange([...list, { name: t('tagName', { number: list.length + 1 }), type: 'doNothing' }])}
        >
          <Plus />
          {t('addAction')}
        </Button>
      }
    >
      {list.length > 0
        ? list.map((action, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: actions of links have nothing else that tells them apart
            <div key={index} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-1">
              <ActionForm
                action={action}
                source="tooltipAction"
                onChange={(next) => onChange(list.with(index, next))}
              />
              <IconButton
                size="icon-sm"
                label={t('removeAction', { name: textOf(action.name) })}
                onClick={() => onChange(list.toSpliced(index, 1))}
              >
                <Trash2 />
              </IconButton>
            </div>
          ))
        : null}
    </Part>
  )
}

/** Controls of maps, by the name that their schemas ask for them with. */
export const mapEditors: Readonly<Record<string, FieldEditor>> = {
  'layer-color': LayerColorEditor,
  'marker-shape': NamedEditor,
  'icon-container': IconContainerEditor,
  'map-key': KeyEditor,
  'tag-actions': TagActionsEditor,
  several: SeveralEditor,
  numbers: NumbersEditor,
}
