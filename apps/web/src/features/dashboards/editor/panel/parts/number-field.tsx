'use client'
import { Field, Input } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'

type Props = {
  label: string
  value: number | null
  onChange: (value: number | null) => void
  least?: number
  most?: number
  isWhole?: boolean
  /** Nothing is no value. */
  isNeeded?: boolean
  placeholder?: string
  hint?: string
  isBare?: boolean
}

/** A number or nothing. What is none stays in sight, is said, and is not taken. */
export const NumberField = (p: Props) => {
  const t = useTranslations('dashboardPanel')
  const [typed, setTyped] = useState<{ text: string; of: number | null } | null>(null)
  const text = typed !== null && typed.of === p.value ? typed.text : p.value === null ? '' : String(p.value)
  const read = (given: string): number | null | undefined => {
    if (given.trim() === '') return p.isNeeded ? undefined : null
    const number = Number(given.replace(',', '.'))
    const fits =
      Number.isFinite(number) &&
      number >= (p.least ?? Number.NEGATIVE_INFINITY) &&
      number <= (p.most ?? Number.POSITIVE_INFINITY) &&
      (!p.isWhole || Number.isInteger(number))
    return fits ? number : undefined
  }
  const isBad = read(text) === undefined
  const input = (
    <Input
      {...(p.isBare ? { 'aria-label': p.label, ...(isBad && { 'aria-invalid': true, title: boundsText() }) } : {})}
      inputMode={p.isWhole ? 'numeric' : 'decimal'}
      autoComplete="off"
      placeholder={p.placeholder}
      value={text}
      onChange={({ target }) => {
        const value = read(target.value)
        setTyped({ text: target.value, of: value === undefined ? p.value : value })
        if (value !== undefined) p.onChange(value)
      }}
      className="tabular-nums"
    />
  )
  function boundsText() {
    if (p.least !== undefined && p.most !== undefined) return t('numberBetween', { least: p.least, most: p.most })
    return p.isWhole ? t('wholeNumber') : t('aNumber')
  }
  if (p.isBare) return input
  return (
    <Field label={p.label} hint={p.hint} error={isBad ? boundsText() : undefined}>
      {input}
    </Field>
  )
}
