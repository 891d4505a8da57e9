'use client'
import type { BreakpointId } from '@thingwire/dashboards'
import { cn } from '@thingwire/ui'
import { Laptop, type LucideIcon, Monitor, Scaling, Smartphone, Tablet, TvMinimal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { useEditorStore } from '../store/use-editor.ts'
import { sizes } from './sizes.ts'
import { useOwnSizes, useShownSize } from './use-size.ts'

const icons: Readonly<Record<'default' | BreakpointId, LucideIcon>> = {
  default: Scaling,
  xs: Smartphone,
  sm: Tablet,
  md: Laptop,
  lg: Monitor,
  xl: TvMinimal,
}

/** A row of widths to lay out; those with a layout of their own have a dot. */
export const SizeChoice = () => {
  const t = useTranslations('dashboardStructure')
  const store = useEditorStore()
  const shown = useShownSize()
  const own = useOwnSizes()
  const name = useId()
  return (
    <fieldset className="inline-flex rounded-md bg-sunken p-0.5 ring-1 ring-line max-md:hidden">
      <legend className="sr-only">{t('sizes')}</legend>
      {sizes.map((size) => {
        const Icon = icons[size]
        const hasOwn = size !== 'default' && own.includes(size)
        return (
          <label
            key={size}
            title={`${t(`size.${size}`)} – ${t(`sizeFrom.${size}`)}`}
            className="relative flex h-7 w-8 cursor-pointer items-center justify-center rounded-[5px] pointer-coarse:h-9 pointer-coarse:w-10 text-ink-2 transition-colors duration-100 hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-card has-checked:ring-1 has-checked:ring-line has-focus-visible:outline-2 has-focus-visible:outline-accent dark:has-checked:bg-hover"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={shown === size}
              onChange={() => store.set({ size, selection: [] })}
            />
            <Icon aria-hidden className="size-4" />
            <span className="sr-only">
              {t(`size.${size}`)}
              {hasOwn ? `, ${t('hasOwn')}` : ''}
            </span>
            {hasOwn ? (
              <span aria-hidden className={cn('absolute right-1 bottom-1 size-1.5 rounded-full bg-accent')} />
            ) : null}
          </label>
        )
      })}
    </fieldset>
  )
}
