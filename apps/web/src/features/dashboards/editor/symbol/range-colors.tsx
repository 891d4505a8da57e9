'use client'
import { Button, IconButton, Select } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { CodeField } from '../panel/parts/code-field.tsx'
import { ColorInput } from '../panel/parts/color-input.tsx'
import { NumberField } from '../panel/parts/number-field.tsx'
import { isJson, type Json } from '../side/json.ts'

const types = ['constant', 'range', 'function'] as const
const numberOf = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Files have the ranges themselves, or an object around them. */
const rangesOf = (value: unknown): readonly Json[] => {
  const list = isJson(value) ? value.range : value
  return Array.isArray(list) ? list.filter(isJson) : []
}

/** A colour that is always the same, or goes by ranges of a value. */
export const RangeColors = (p: { label: string; value: unknown; onChange: (color: Json) => void }) => {
  const t = useTranslations('symbolForm')
  const value: Json = isJson(p.value) ? p.value : { type: 'constant', color: textOf(p.value) }
  const set = (member: string, to: unknown) => p.onChange({ ...value, [member]: to })
  const type = types.find((one) => one === value.type) ?? 'constant'
  const ranges = rangesOf(value.rangeList)
  const setRanges = (range: readonly Json[]) =>
    set('rangeList', isJson(value.rangeList) ? { ...value.rangeList, range } : range)
  return (
    <div className="grid w-full grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex items-center gap-2">
        <Select
          aria-label={t('colorWay', { name: p.label })}
          value={type}
          onChange={({ target }) => set('type', target.value)}
          className="w-32 shrink-0"
        >
          {types.map((one) => (
            <option key={one} value={one}>
              {t(`colorBy.${one}`)}
            </option>
          ))}
        </Select>
        <ColorInput label={p.label} value={textOf(value.color)} onChange={(color) => set('color', color)} />
      </div>
      {type === 'range' ? (
        <>
          {ranges.map((range, index) => {
            const change = (member: string, to: unknown) => setRanges(ranges.with(index, { ...range, [member]: to }))
            const number = index + 1
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: ranges have no ids, and equal ones may stand beside each other
              <div key={index} className="grid grid-cols-[1fr_1fr_minmax(7rem,1.6fr)_auto] items-center gap-1.5">
                <NumberField
                  isBare
                  label={t('from', { number })}
                  placeholder={t('fromShort')}
                  value={numberOf(range.from)}
                  onChange={(to) => change('from', to)}
                />
                <NumberField
                  isBare
                  label={t('to', { number })}
                  placeholder={t('toShort')}
                  value={numberOf(range.to)}
                  onChange={(to) => change('to', to)}
                />
                <ColorInput
                  label={t('colorOf', { number })}
                  value={textOf(range.color)}
                  onChange={(to) => change('color', to)}
                />
                <IconButton label={t('removeRange', { number })} onClick={() => setRanges(ranges.toSpliced(index, 1))}>
                  <Trash2 />
                </IconButton>
              </div>
            )
          })}
          <div>
            <Button
              size="sm"
              onClick={() =>
                setRanges([...ranges, { from: numberOf(ranges.at(-1)?.to), to: null, color: textOf(value.color) }])
              }
            >
              <Plus />
              {t('addRange')}
            </Button>
          </div>
        </>
      ) : null}
      {type === 'function' ? (
        <CodeField
          label={t('colorFunction')}
          args="value"
          value={value.colorFunction}
          onChange={(to) => set('colorFunction', to)}
        />
      ) : null}
    </div>
  )
}
