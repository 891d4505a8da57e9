'use client'
import { cn } from '@thingwire/ui'
import { Check } from 'lucide-react'

type Choice<T> = { value: T; label: string }

/** Which of several choices are allowed; null: all of them, also those that come later. At least one stays. */
export const AllowedChoices = <T extends string | number>(p: {
  label: string
  choices: readonly Choice<T>[]
  allowed: readonly T[] | null
  onChange: (allowed: readonly T[] | null) => void
}) => {
  const all = p.choices.map(({ value }) => value)
  const isAllowed = (value: T) => p.allowed === null || p.allowed.includes(value)
  const toggle = (value: T) => {
    const next = all.filter((one) => (one === value ? !isAllowed(one) : isAllowed(one)))
    if (next.length > 0) p.onChange(next.length === all.length ? null : next)
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-xs font-medium text-ink-2">{p.label}</legend>
      <div className="flex flex-wrap gap-1.5">
        {p.choices.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            aria-pressed={isAllowed(value)}
            onClick={() => toggle(value)}
            className={cn(
              'inline-flex h-7 items-center gap-1 rounded-md border px-2 text-xs transition-colors duration-100 pointer-coarse:min-h-10',
              isAllowed(value)
                ? 'border-accent bg-accent-soft text-accent-text'
                : 'text-ink-3 line-through decoration-ink-3/60 hover:bg-hover',
            )}
          >
            {isAllowed(value) ? <Check aria-hidden className="size-3" /> : null}
            {label}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
