'use client'
import { Tabs as Primitive } from 'radix-ui'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { cn } from './cn.ts'

export type Tab = { value: string; label: ReactNode; badge?: ReactNode }

/** Tabs whose state lives with the caller (the URL, as a rule). Panels are `TabPanel`s inside. */
export const Tabs = (p: {
  value: string
  onChange: (value: string) => void
  tabs: readonly Tab[]
  children: ReactNode
  label: string
  className?: string
}) => (
  <Primitive.Root value={p.value} onValueChange={p.onChange} className={cn('flex min-h-0 flex-col', p.className)}>
    <Primitive.List
      ref={useCurrentInView(p.value)}
      aria-label={p.label}
      className="tw-fading-x flex shrink-0 gap-5 overflow-x-auto border-b px-4 [scrollbar-width:none] sm:px-6"
    >
      {p.tabs.map((tab) => (
        <Primitive.Trigger
          key={tab.value}
          value={tab.value}
          className="relative -mx-1.5 -mb-px flex h-10 shrink-0 scroll-mx-4 items-center gap-1.5 border-b-2 px-1.5 border-transparent text-sm font-medium text-ink-2 transition-colors duration-100 hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-ink"
        >
          {tab.label}
          {tab.badge}
        </Primitive.Trigger>
      ))}
    </Primitive.List>
    {p.children}
  </Primitive.Root>
)

/** On narrow screens the row of tabs scrolls; the current one is brought into sight. */
const useCurrentInView = (value: string) => {
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another value is another current tab
  useEffect(() => {
    list.current?.querySelector('[data-state=active]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [value])
  return list
}

export const TabPanel = ({
  value,
  children,
  className,
}: {
  value: string
  children: ReactNode
  className?: string
}) => (
  <Primitive.Content value={value} className={cn('relative min-h-0 flex-1 focus-visible:outline-none', className)}>
    {children}
  </Primitive.Content>
)

/** Two to five exclusive choices in one row. */
export const Segmented = <T extends string>(p: {
  value: T
  onChange: (value: T) => void
  options: readonly { value: T; label: ReactNode }[]
  label: string
  className?: string
}) => {
  const name = useId()
  return (
    <fieldset className={cn('inline-flex rounded-md bg-sunken p-0.5 ring-1 ring-line', p.className)}>
      <legend className="sr-only">{p.label}</legend>
      {p.options.map((option) => (
        <label
          key={option.value}
          className="relative flex h-7 pointer-coarse:h-9 pointer-coarse:before:absolute pointer-coarse:before:inset-x-0 pointer-coarse:before:-inset-y-0.5 pointer-coarse:before:content-[''] flex-1 cursor-pointer items-center justify-center gap-1.5 rounded-[5px] px-2.5 text-xs font-medium whitespace-nowrap text-ink-2 transition-colors duration-100 hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-card has-checked:ring-1 has-checked:ring-line has-focus-visible:outline-2 has-focus-visible:outline-accent dark:has-checked:bg-hover"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={p.value === option.value}
            onChange={() => p.onChange(option.value)}
            className="sr-only"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
