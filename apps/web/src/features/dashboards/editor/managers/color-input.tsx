'use client'
import { Field, IconButton, Input } from '@thingwire/ui'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'

const isHex = /^#[0-9a-f]{6}$/i

/** A colour as CSS has it, typed or picked; empty for none. */
export const ColorInput = (p: { label: string; value: string; onChange: (color: string) => void }) => {
  const t = useTranslations('dashboardManagers')
  const isWrong = p.value !== '' && typeof CSS !== 'undefined' && !CSS.supports('color', p.value)
  return (
    <Field label={p.label} error={isWrong ? t('colorInvalid') : undefined}>
      <div className="flex items-center gap-2">
        <input
          type="color"
          aria-label={p.label}
          value={isHex.test(p.value) ? p.value : '#808080'}
          onChange={({ target }) => p.onChange(target.value)}
          className="h-8 w-10 shrink-0 cursor-pointer rounded-md border border-line-strong bg-surface p-0.5"
        />
        <Input
          value={p.value}
          spellCheck={false}
          maxLength={100}
          className="font-mono text-xs"
          onChange={({ target }) => p.onChange(target.value)}
        />
        {p.value === '' ? null : (
          <IconButton label={t('clear')} onClick={() => p.onChange('')}>
            <X />
          </IconButton>
        )}
      </div>
    </Field>
  )
}
