'use client'
import { Field, Input, Select } from '@thingwire/ui'
import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { NumberField } from '../panel/parts/number-field.tsx'
import type { Json } from '../side/json.ts'

const weights = ['normal', 'bold', '100', '200', '300', '400', '500', '600', '700', '800', '900']
const units = ['px', 'em', '%', 'rem', 'pt', 'vw', 'vh', 'vmin', 'vmax']
const styles = ['normal', 'italic', 'oblique']

const textOf = (value: unknown, fallback: string): string =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : fallback

/** A font as files have it, folded to a line that says what it is. */
export const FontFields = (p: { label: string; value: Json; onChange: (font: Json) => void }) => {
  const t = useTranslations('symbolForm')
  const { value } = p
  const set = (member: string, to: unknown) => p.onChange({ ...value, [member]: to })
  const size = typeof value.size === 'number' ? value.size : null
  const unit = textOf(value.sizeUnit, 'px')
  const choice = (member: 'sizeUnit' | 'weight' | 'style', options: readonly string[], current: string) => (
    <Field label={t(`font.${member}`)}>
      <Select value={current} onChange={({ target }) => set(member, target.value)}>
        {options.includes(current) ? null : <option value={current}>{current}</option>}
        {options.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </Select>
    </Field>
  )
  const weight = textOf(value.weight, '500')
  const family = textOf(value.family, '')
  return (
    <details className="group/font w-full rounded-md border">
      <summary className="flex h-8 cursor-pointer list-none items-center gap-1.5 px-2 text-xs text-ink-2 hover:bg-hover pointer-coarse:min-h-10 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-3.5 text-ink-3 transition-transform duration-100 group-open/font:rotate-90"
        />
        <span className="sr-only">{p.label}:</span>
        <span className="truncate">
          {[family, size === null ? '' : `${size} ${unit}`, weight].filter(Boolean).join(' · ')}
        </span>
      </summary>
      <div className="grid grid-cols-2 gap-3 border-t p-2.5">
        <NumberField label={t('font.size')} value={size} least={1} most={500} onChange={(next) => set('size', next)} />
        {choice('sizeUnit', units, unit)}
        {choice('weight', weights, weight)}
        {choice('style', styles, textOf(value.style, 'normal'))}
        <Field label={t('font.family')}>
          <Input value={family} onChange={({ target }) => set('family', target.value)} />
        </Field>
        <Field label={t('font.lineHeight')}>
          <Input value={textOf(value.lineHeight, '')} onChange={({ target }) => set('lineHeight', target.value)} />
        </Field>
      </div>
    </details>
  )
}
