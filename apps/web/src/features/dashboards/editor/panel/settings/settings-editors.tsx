'use client'
import { Field, Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import type { FieldEditor } from '../../../../../components/schema-form/form-context.ts'
import type { FormField } from '../../../../../components/schema-form/form-field.ts'
import { PictureField } from '../../../pictures/picture-field.tsx'
import { isJson, type Json, jsonOf } from '../../side/json.ts'
import { FontFields } from '../../symbol/font-fields.tsx'
import { ActionKindForm } from '../actions/action-kind-form.tsx'
import { CodeField } from '../parts/code-field.tsx'
import { MarkupField } from '../parts/markup-field.tsx'
import { ColorField } from '../parts/color-input.tsx'
import { IconInput } from '../parts/icon-input.tsx'
import { GroundFields } from './ground-fields.tsx'
import { SourceFields } from './source-fields.tsx'
import { AxisEditor } from './axis-fields.tsx'
import { mapEditors } from '../map/layer-editors.tsx'
import { ColorRangesEditor } from './range-rows.tsx'
import { StatesEditor } from './states-fields.tsx'
import { ThresholdLookEditor, ThresholdsEditor } from './thresholds-fields.tsx'
import { AxisIdEditor, ComparisonEditor, DurationEditor, MomentEditor, UnitsEditor } from './value-editors.tsx'
import { YAxesEditor } from './y-axes-fields.tsx'
import { ValueColorFields } from './value-color-fields.tsx'

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** What is stored, over what the schema says where nothing is. */
const partOf = (value: unknown, fallback: unknown): Json => ({ ...jsonOf(fallback), ...jsonOf(value) })

const ColorEditor: FieldEditor = ({ field, value, label, error, onChange }) => (
  <ColorField
    label={label ?? field.title}
    hint={field.description}
    error={error}
    value={textOf(value ?? field.fallback)}
    onChange={onChange}
  />
)

const IconEditor: FieldEditor = ({ field, value, label, error, onChange }) => (
  <Field label={label ?? field.title} hint={field.description} error={error}>
    <IconInput isLabelled label={label ?? field.title} value={textOf(value ?? field.fallback)} onChange={onChange} />
  </Field>
)

const PictureEditor: FieldEditor = ({ field, value, label, error, onChange }) => (
  <PictureField
    label={label ?? field.title}
    hint={field.description}
    error={error}
    value={textOf(value ?? field.fallback)}
    onChange={(link) => onChange(link === '' && field.isNullable ? null : link)}
  />
)

const FontEditor: FieldEditor = ({ field, value, label, onChange }) => (
  <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
    <p className="text-xs font-medium text-ink-2">{label ?? field.title}</p>
    <FontFields
      label={label ?? field.title}
      value={partOf(value, fallbackOf(field))}
      onChange={(font) => onChange({ ...jsonOf(value), ...changed(font, partOf(value, fallbackOf(field))) })}
    />
  </div>
)

/** Members that differ: what was not touched stays with the schema. */
const changed = (next: Json, before: Json): Json =>
  Object.fromEntries(Object.entries(next).filter(([name, one]) => one !== before[name]))

/** Of an object that is filled in member by member. */
const fallbackOf = (field: FormField): Json => {
  if (isJson(field.fallback) && Object.keys(field.fallback).length > 0) return field.fallback
  return field.kind === 'object' ? Object.fromEntries(field.members.map((member) => [member.key, member.fallback])) : {}
}

const ValueColorEditor: FieldEditor = ({ field, value, label, onChange }) => (
  <ValueColorFields
    label={label ?? field.title}
    value={isJson(value) || value === undefined ? partOf(value, fallbackOf(field)) : { type: 'constant', color: value }}
    onChange={(members) => onChange({ ...(isJson(value) ? value : {}), ...members })}
  />
)

const GroundEditor: FieldEditor = ({ field, value, label, onChange }) => (
  <GroundFields
    label={label ?? field.title}
    value={partOf(value, fallbackOf(field))}
    onChange={(members) => onChange({ ...jsonOf(value), ...members })}
  />
)

const SourceEditor: FieldEditor = ({ field, value, label, onChange }) => (
  <SourceFields
    label={label ?? field.title}
    value={typeof value === 'number' ? { type: 'constant', value } : jsonOf(value)}
    onChange={onChange}
  />
)

const CodeEditor: FieldEditor = ({ field, value, label, onChange }) => (
  <CodeField
    label={label ?? field.title}
    hint={field.description}
    args={field.columns.length > 0 ? field.columns.join(', ') : 'value'}
    value={value}
    onChange={(code) => onChange(code === '' ? null : code)}
  />
)

const MarkupEditor: FieldEditor = ({ field, value, label, error, onChange, onDone }) => (
  <MarkupField
    label={label ?? field.title}
    hint={field.description}
    error={error}
    value={textOf(value ?? field.fallback)}
    onChange={onChange}
    onDone={onDone}
  />
)

const ActionEditor: FieldEditor = ({ field, value, label, onChange }) => (
  <ActionKindForm label={label ?? field.title} action={{ type: 'doNothing', ...jsonOf(value) }} onChange={onChange} />
)

const ways = ['ago', 'auto', 'pattern'] as const

const DateEditor: FieldEditor = ({ field, value, label, onChange }) => {
  const t = useTranslations('dashboardPanel')
  const date = partOf(value, fallbackOf(field))
  const way = date.lastUpdateAgo === true ? 'ago' : date.auto === true && date.custom !== true ? 'auto' : 'pattern'
  return (
    <div className="grid grid-cols-2 items-end gap-3">
      <Field label={label ?? field.title}>
        <Select
          value={way}
          onChange={({ target }) =>
            onChange({
              ...jsonOf(value),
              lastUpdateAgo: target.value === 'ago',
              auto: target.value === 'auto',
              custom: target.value === 'pattern',
              format: target.value === 'pattern' ? textOf(date.format) || 'yyyy-MM-dd HH:mm:ss' : (date.format ?? null),
            })
          }
        >
          {ways.map((one) => (
            <option key={one} value={one}>
              {t(`dateWay.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {way === 'pattern' ? (
        <Field label={t('datePattern')}>
          <Input
            value={textOf(date.format)}
            spellCheck={false}
            placeholder="yyyy-MM-dd HH:mm:ss"
            className="font-mono text-xs"
            onChange={({ target }) => onChange({ ...jsonOf(value), format: target.value || null })}
          />
        </Field>
      ) : null}
    </div>
  )
}

/** Controls for settings of widgets, by the name that their schemas ask for them with. */
export const settingsEditors: Readonly<Record<string, FieldEditor>> = {
  color: ColorEditor,
  icon: IconEditor,
  picture: PictureEditor,
  font: FontEditor,
  'value-color': ValueColorEditor,
  ground: GroundEditor,
  'value-source': SourceEditor,
  thresholds: ThresholdsEditor,
  'widget-function': CodeEditor,
  'date-format': DateEditor,
  ...mapEditors,
  action: ActionEditor,
  axis: AxisEditor,
  'axis-id': AxisIdEditor,
  'y-axes': YAxesEditor,
  'chart-states': StatesEditor,
  'color-ranges': ColorRangesEditor,
  'threshold-look': ThresholdLookEditor,
  comparison: ComparisonEditor,
  duration: DurationEditor,
  markup: MarkupEditor,
  moment: MomentEditor,
  units: UnitsEditor,
}
