'use client'
import { readUnits, type unitChoices, type UnitSystem, unitSystems, unitsLike } from '@thingwire/dashboards'
import { Field, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useEditorStore } from '../../store/use-editor.ts'
import { ComboBox } from '../parts/combo-box.tsx'
import { narrowedUnits } from './unit-options.ts'

/** A unit as files have it: a text, or one with what it becomes for readers of each system of measures. */
type Props = { value: unknown; onChange: (units: unknown) => void; placeholder?: string }

/** In what values are, and in what readers see them. */
export const UnitFields = ({ value, onChange, placeholder }: Props) => {
  const t = useTranslations('dashboardPanel')
  const setting = readUnits(value)
  const [bySystem, setBySystem] = useState(false)
  const from = setting?.from ?? ''
  const like = unitsLike(from)
  const targets = unitSystems.map((system) => setting?.[system] ?? from)
  const isSame = targets.every((unit) => unit === targets[0])
  const isOpen = bySystem || !isSame
  const store = useEditorStore()
  const convert = (units: Partial<Record<UnitSystem, string>>) => {
    // The unit that was typed before is a step of its own.
    store.endStep()
    const kept = Object.entries(units).filter(([, unit]) => unit !== from)
    onChange(kept.length === 0 ? from : { from, ...units })
  }
  const ofAll = (unit: string) => Object.fromEntries(unitSystems.map((system) => [system, unit]))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <UnitField value={from} placeholder={placeholder} onChange={(unit) => onChange(unit === '' ? null : unit)} />
      {like.length > 0 ? (
        <Field label={t('convert')}>
          <Select
            value={isOpen ? 'system' : (targets[0] ?? '')}
            onChange={({ target }) => {
              setBySystem(target.value === 'system')
              if (target.value !== 'system') convert(ofAll(target.value))
            }}
          >
            <option value={from}>{t('convertNot')}</option>
            <option value="system">{t('convertSystem')}</option>
            {like.map((unit) => (
              <option key={unit} value={unit}>
                {t('convertTo', { unit })}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      {like.length > 0 && isOpen ? (
        <div className="grid grid-cols-3 gap-2">
          {unitSystems.map((system, index) => (
            <Field key={system} label={t(`system.${system}`)}>
              <Select
                value={targets[index] ?? from}
                onChange={({ target }) =>
                  convert(
                    Object.fromEntries(
                      unitSystems.map((one, at) => [one, one === system ? target.value : (targets[at] ?? from)]),
                    ),
                  )
                }
              >
                {[from, ...like].map((unit) => (
                  <option key={unit} value={unit}>
                    {unit}
                  </option>
                ))}
              </Select>
            </Field>
          ))}
        </div>
      ) : null}
    </div>
  )
}

const UnitField = (p: { value: string; placeholder: string | undefined; onChange: (unit: string) => void }) => {
  const t = useTranslations('dashboardPanel')
  const nameOf = (quantity: (typeof unitChoices)[number]['quantity']) =>
    quantity === null ? t('otherUnits') : t(`quantity.${quantity}`)
  const options = narrowedUnits(p.value, nameOf)
  return (
    <Field label={t('unit')}>
      <ComboBox
        label={t('unit')}
        isLabelled
        isWide
        {...(p.placeholder === undefined ? {} : { placeholder: p.placeholder })}
        value={p.value}
        options={options.map(({ unit, quantity }) => ({ id: `${quantity} ${unit}`, text: unit, group: quantity }))}
        onType={p.onChange}
        onPick={({ text }) => p.onChange(text)}
      />
    </Field>
  )
}
