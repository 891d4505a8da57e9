'use client'
import { chainColors } from '@thingwire/contracts'
import { cn } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import type { DocNote } from '../model/document.ts'

type Color = DocNote['color']

const dots: Readonly<Record<NonNullable<Color>, string>> = {
  grey: 'bg-ink-3',
  blue: 'bg-accent',
  green: 'bg-ok',
  amber: 'bg-warn',
  red: 'bg-danger',
  violet: 'bg-(--tw-node-external)',
}

/** One of the few colours that notes and groups have, or none. */
export const ColorField = ({ value, onChange }: { value: Color; onChange: (color: Color) => void }) => {
  const t = useTranslations('chainPanels.notePanel')
  const name = useId()
  const nameOf = (color: Color) => (color === null ? t('noColor') : t(`colors.${color}`))
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-xs font-medium text-ink-2">{t('color')}</legend>
      <div className="flex flex-wrap gap-1">
        {[null, ...chainColors].map((color) => (
          <label
            key={color ?? ''}
            title={nameOf(color)}
            className="flex size-8 cursor-pointer items-center justify-center rounded-md hover:bg-hover pointer-coarse:size-10 has-checked:bg-hover has-checked:ring-2 has-checked:ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              aria-label={nameOf(color)}
              checked={value === color}
              onChange={() => onChange(color)}
              className="sr-only"
            />
            <span
              aria-hidden
              className={cn('size-4 rounded-full', color === null ? 'border border-dashed border-ink-3' : dots[color])}
            />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
