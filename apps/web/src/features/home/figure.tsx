import { cn, Skeleton, StatusDot } from '@thingwire/ui'
import { useFormatter } from 'next-intl'
import type { ReactNode } from 'react'
import { LaterLink } from '@/shell/later-link.tsx'

export const figuresClass = 'grid grid-cols-2 divide-line overflow-hidden rounded-lg border bg-surface shadow-card'

/** One number of the home page, leading to where it comes from. */
export const Figure = (p: {
  label: string
  value: number | undefined
  href: string
  note?: string | undefined
  tone?: 'ok' | 'danger' | undefined
  aside?: ReactNode
  className?: string
}) => {
  const format = useFormatter()
  return (
    <LaterLink
      href={p.href}
      className={cn(
        'group -mr-px -mb-px border-r border-b px-5 py-4 transition-colors duration-100 hover:bg-hover focus-visible:-outline-offset-2',
        p.className,
      )}
    >
      <p className="flex items-center gap-2 text-xs font-medium text-ink-3">
        {p.tone ? <StatusDot tone={p.tone} /> : null}
        {p.label}
      </p>
      <div className="mt-1 flex items-baseline gap-2">
        {p.value === undefined ? (
          <Skeleton className="my-1 h-6 w-12" />
        ) : (
          <span className="text-2xl font-semibold tracking-tight tabular-nums">{format.number(p.value)}</span>
        )}
        {p.note ? <span className="truncate text-xs text-ink-3">{p.note}</span> : null}
        {p.aside ? <span className="ml-auto self-center max-sm:hidden">{p.aside}</span> : null}
      </div>
    </LaterLink>
  )
}
