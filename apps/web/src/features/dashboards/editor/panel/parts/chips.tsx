'use client'
import { cn } from '@thingwire/ui'

/** Several of a few. */
export const Chips = (p: {
  label: string
  options: readonly { value: string; label: string }[]
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
}) => (
  <fieldset className="min-w-0">
    <legend className="mb-1.5 text-xs font-medium text-ink-2">{p.label}</legend>
    <div className="flex flex-wrap gap-1.5">
      {p.options.map(({ value, label }) => {
        const isChosen = p.chosen.includes(value)
        return (
          <label
            key={value}
            className={cn(
              'flex h-7 pointer-coarse:h-10 pointer-coarse:px-3.5 cursor-pointer items-center rounded-full border px-2.5 text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent',
              isChosen ? 'border-accent bg-accent/10 text-accent-text' : 'border-line-strong text-ink-2 hover:bg-hover',
            )}
          >
            <input
              type="checkbox"
              className="sr-only"
              checked={isChosen}
              onChange={() => p.onChange(isChosen ? p.chosen.filter((one) => one !== value) : [...p.chosen, value])}
            />
            {label}
          </label>
        )
      })}
    </div>
  </fieldset>
)
