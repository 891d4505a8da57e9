'use client'
import { Button, Field, IconButton, Select } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '../../../../../components/switch-row.tsx'
import { isJson, jsonOf, type Json } from '../../side/json.ts'
import { CodeField } from '../parts/code-field.tsx'
import { ColorInput } from '../parts/color-input.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { AddRange, RangeRows } from './range-rows.tsx'
import { SourceFields } from './source-fields.tsx'

const types = ['constant', 'range', 'gradient', 'function'] as const
const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const numberOf = (value: unknown) => (typeof value === 'number' ? value : null)
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : [])

type Props = { label: string; value: Json; onChange: (members: Json) => void }

/** A colour that is always the same, or goes by the value: by thresholds, along a scale, or by code. */
export const ValueColorFields = (p: Props) => {
  const t = useTranslations('dashboardPanel')
  const type = types.find((one) => one === p.value.type) ?? 'constant'
  return (
    <fieldset aria-label={p.label} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
      <div className="grid grid-cols-2 items-end gap-2">
        <Field label={p.label}>
          <Select value={type} onChange={({ target }) => p.onChange({ type: target.value })}>
            {types.map((one) => (
              <option key={one} value={one}>
                {t(`colorBy.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <ColorInput
          label={type === 'constant' ? p.label : t('otherwise')}
          value={textOf(p.value.color)}
          onChange={(color) => p.onChange({ color })}
        />
      </div>
      {type === 'range' ? <Ranges {...p} /> : null}
      {type === 'gradient' ? <Gradient {...p} /> : null}
      {type === 'function' ? (
        <CodeField
          label={t('colorFunction')}
          args="value"
          value={p.value.colorFunction}
          onChange={(code) => p.onChange({ colorFunction: code })}
        />
      ) : null}
    </fieldset>
  )
}

/** Older files have the list itself. */
const rangesOf = (value: unknown): Json => (Array.isArray(value) ? { range: value } : jsonOf(value))

const Ranges = ({ value, onChange }: Props) => {
  const t = useTranslations('dashboardPanel')
  const part = rangesOf(value.rangeList)
  const isAdvanced = part.advancedMode === true
  const name = isAdvanced ? 'rangeAdvanced' : 'range'
  const list = listOf(part[name])
  const set = (members: Json) => onChange({ rangeList: { ...part, ...members } })
  const change = (next: readonly Json[]) => set({ [name]: next })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 border-l-2 pl-3">
      <RangeRows
        list={list}
        {...(isAdvanced
          ? {
              ends: (one, setRow) => (
                <>
                  <SourceFields label={t('from')} value={jsonOf(one.from)} onChange={(from) => setRow({ from })} />
                  <SourceFields label={t('upTo')} value={jsonOf(one.to)} onChange={(to) => setRow({ to })} />
                </>
              ),
            }
          : {})}
        onChange={change}
      />
      <AddRange list={list} onChange={change} />
      <SwitchRow
        label={t('fromKeys')}
        checked={isAdvanced}
        onChange={(checked) =>
          set(
            checked && part.rangeAdvanced === undefined
              ? {
                  advancedMode: true,
                  rangeAdvanced: list.map(({ from, to, color }) => ({
                    from: { type: 'constant', value: from ?? null },
                    to: { type: 'constant', value: to ?? null },
                    color,
                  })),
                }
              : { advancedMode: checked },
          )
        }
      />
    </div>
  )
}

const Gradient = ({ value, onChange }: Props) => {
  const t = useTranslations('dashboardPanel')
  const part = jsonOf(value.gradient)
  const isAdvanced = part.advancedMode === true
  const set = (members: Json) => onChange({ gradient: { ...part, ...members } })
  const colors = Array.isArray(part.gradient) ? part.gradient.filter((one) => typeof one === 'string') : []
  const stops = listOf(part.gradientAdvanced)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 border-l-2 pl-3">
      {isAdvanced ? (
        stops.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stops have no ids, and two may be equal
          <div key={index} className="flex items-start gap-1.5">
            <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-1.5">
              <SourceFields
                label={t('stopAt')}
                value={jsonOf(one.source)}
                onChange={(source) => set({ gradientAdvanced: stops.with(index, { ...one, source }) })}
              />
              <ColorInput
                label={t('color')}
                value={textOf(one.color)}
                onChange={(color) => set({ gradientAdvanced: stops.with(index, { ...one, color }) })}
              />
            </div>
            <IconButton
              label={t('removeThreshold', { number: index + 1 })}
              onClick={() => set({ gradientAdvanced: stops.toSpliced(index, 1) })}
            >
              <Trash2 />
            </IconButton>
          </div>
        ))
      ) : (
        <>
          <div className="grid grid-cols-2 gap-2">
            <NumberField
              label={t('scaleFrom')}
              value={numberOf(part.minValue)}
              isNeeded
              onChange={(minValue) => set({ minValue })}
            />
            <NumberField
              label={t('scaleTo')}
              value={numberOf(part.maxValue)}
              isNeeded
              onChange={(maxValue) => set({ maxValue })}
            />
          </div>
          {colors.map((color, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: colours have no ids, and two may be equal
            <div key={index} className="flex items-center gap-1.5">
              <div className="min-w-0 flex-1">
                <ColorInput
                  label={t('colorNumber', { number: index + 1 })}
                  value={color}
                  onChange={(next) => set({ gradient: colors.with(index, next) })}
                />
              </div>
              <IconButton
                label={t('removeColor', { number: index + 1 })}
                disabled={colors.length <= 1}
                onClick={() => set({ gradient: colors.toSpliced(index, 1) })}
              >
                <Trash2 />
              </IconButton>
            </div>
          ))}
        </>
      )}
      <Button
        size="sm"
        className="justify-self-start"
        onClick={() =>
          isAdvanced
            ? set({ gradientAdvanced: [...stops, { source: { type: 'constant', value: 0 }, color: '#d32f2f' }] })
            : set({ gradient: [...colors, '#d32f2f'] })
        }
      >
        <Plus />
        {t('addColor')}
      </Button>
      <SwitchRow label={t('fromKeys')} checked={isAdvanced} onChange={(checked) => set({ advancedMode: checked })} />
    </div>
  )
}
