'use client'
import { Field, IconButton, Input } from '@thingwire/ui'
import { cssColor } from '@thingwire/widgets/views'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'

/** The native chooser takes `#rrggbb` alone. */
const asHex = (color: string): string => {
  const channels = /^rgba?\((\d+), (\d+), (\d+)/.exec(cssColor(color))
  return channels
    ? `#${[1, 2, 3].map((at) => Number(channels[at]).toString(16).padStart(2, '0')).join('')}`
    : /^#[0-9a-f]{6}$/i.test(color)
      ? color
      : '#888888'
}

/** As widgets read colours: not all that CSS knows. */
const isColor = (text: string): boolean => text.trim() === 'transparent' || cssColor(text) !== 'transparent'

type Props = {
  label: string
  value: string
  onChange: (color: string) => void
  /** With a button that goes back to the theme's. */
  isClearable?: boolean
}

/** A colour: seen, chosen from a wheel or written. Empty: that of the theme. */
export const ColorInput = ({ label, value, onChange, ...p }: Props & { isLabelled?: boolean }) => {
  const t = useTranslations('dashboardPanel')
  const [typed, setTyped] = useState<{ text: string; of: string } | null>(null)
  const text = typed !== null && typed.of === value ? typed.text : value
  const isBad = text !== '' && !isColor(text)
  const change = (next: string) => {
    const takes = next === '' || isColor(next)
    setTyped({ text: next, of: takes ? next : value })
    if (takes) onChange(next)
  }
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      <label
        className="relative size-8 pointer-coarse:size-10 shrink-0 overflow-hidden rounded-md border border-line-strong bg-[conic-gradient(var(--tw-line)_25%,transparent_0_50%,var(--tw-line)_0_75%,transparent_0)] bg-size-[8px_8px] has-focus-visible:outline-2 has-focus-visible:outline-accent"
        title={t('chooseColor', { what: label })}
      >
        <span
          aria-hidden
          className="absolute inset-0"
          style={{ background: value === '' ? undefined : cssColor(value) }}
        />
        <input
          type="color"
          aria-label={t('chooseColor', { what: label })}
          value={asHex(value)}
          onChange={({ target }) => change(target.value)}
          className="absolute inset-0 size-full cursor-pointer opacity-0"
        />
      </label>
      <Input
        {...(p.isLabelled ? {} : { 'aria-label': label })}
        {...(isBad ? { 'aria-invalid': true } : {})}
        value={text}
        spellCheck={false}
        autoComplete="off"
        placeholder={t('themeColor')}
        onChange={({ target }) => change(target.value)}
        className="min-w-0 font-mono text-xs"
      />
      {p.isClearable && value !== '' ? (
        <IconButton label={t('clearColor', { what: label })} onClick={() => change('')}>
          <X />
        </IconButton>
      ) : null}
    </div>
  )
}

export const ColorField = (p: Props & { hint?: string; error?: string | undefined }) => (
  <Field label={p.label} hint={p.hint} error={p.error}>
    <ColorInput label={p.label} value={p.value} onChange={p.onChange} isClearable={p.isClearable ?? false} isLabelled />
  </Field>
)
