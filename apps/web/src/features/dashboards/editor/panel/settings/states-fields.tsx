'use client'
import { Button, Field, IconButton, Input, Select } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { FieldEditor } from '../../../../../components/schema-form/form-context.ts'
import { Part } from '../../../../../components/schema-form/objects.tsx'
import { parseTyped } from '../../../../../components/value-text.ts'
import { isJson, type Json } from '../../side/json.ts'
import { NumberField } from '../parts/number-field.tsx'
import { SettledInput } from '../parts/settled-input.tsx'
import { RangeEnds } from './range-rows.tsx'

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
const placeOf = ({ value }: Json): number => (Number.isFinite(Number(value)) ? Number(value) : 0)

/** States of a chart: what is shown, at which place of the axis, for which value or range of values. */
export const StatesEditor: FieldEditor = ({ field, value, label, onChange }) => {
  const t = useTranslations('dashboardPanel')
  const list = Array.isArray(value) ? value.filter(isJson) : []
  return (
    <Part
      title={label ?? field.title}
      aside={
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            const place = Math.max(-1, ...list.map(placeOf)) + 1
            onChange([...list, { label: '', value: place, sourceType: 'constant', sourceValue: place }])
          }}
        >
          <Plus />
          {t('addState')}
        </Button>
      }
    >
      {list.length > 0
        ? list.map((one, index) => {
            const set = (members: Json) => onChange(list.with(index, { ...one, ...members }))
            const isRange = one.sourceType === 'range'
            return (
              <fieldset
                // biome-ignore lint/suspicious/noArrayIndexKey: states have no ids, and two may be equal
                key={index}
                aria-label={t('state', { number: index + 1 })}
                className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2 rounded-md border p-2.5"
              >
                <div className="grid grid-cols-[minmax(0,1fr)_5rem_auto] items-end gap-2">
                  <Field label={t('stateName')}>
                    <Input value={textOf(one.label)} onChange={({ target }) => set({ label: target.value })} />
                  </Field>
                  <NumberField
                    label={t('statePlace')}
                    isNeeded
                    value={placeOf(one)}
                    onChange={(place) => set({ value: place })}
                  />
                  <IconButton
                    label={t('removeState', { number: index + 1 })}
                    onClick={() => onChange(list.toSpliced(index, 1))}
                  >
                    <Trash2 />
                  </IconButton>
                </div>
                <div className="grid grid-cols-[8.5rem_minmax(0,1fr)] items-center gap-2">
                  <Select
                    aria-label={t('stateOf')}
                    value={isRange ? 'range' : 'constant'}
                    onChange={({ target }) => set({ sourceType: target.value })}
                  >
                    <option value="constant">{t('stateBy.constant')}</option>
                    <option value="range">{t('stateBy.range')}</option>
                  </Select>
                  {isRange ? (
                    <RangeEnds
                      from={one.sourceRangeFrom}
                      to={one.sourceRangeTo}
                      onChange={({ from, to }) =>
                        set({
                          ...(from === undefined ? {} : { sourceRangeFrom: from }),
                          ...(to === undefined ? {} : { sourceRangeTo: to }),
                        })
                      }
                    />
                  ) : (
                    <SettledInput
                      label={t('stateValue')}
                      value={textOf(one.sourceValue)}
                      onChange={(text) => set({ sourceValue: parseTyped(text) })}
                    />
                  )}
                </div>
              </fieldset>
            )
          })
        : null}
    </Part>
  )
}
