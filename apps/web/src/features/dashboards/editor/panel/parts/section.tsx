'use client'
import { cn } from '@thingwire/ui'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

/** A titled part of a tab that can be folded. */
export const Section = (p: {
  title: string
  hint?: string
  isOpen?: boolean
  aside?: ReactNode
  children: ReactNode
}) => (
  <div className="relative border-t first:border-t-0">
    <details open={p.isOpen ?? true}>
      <summary
        className={cn(
          'flex h-10 cursor-pointer list-none items-center gap-1.5 text-sm font-medium hover:text-ink-2 [&::-webkit-details-marker]:hidden',
          p.aside !== undefined && p.aside !== null && 'pr-32',
        )}
      >
        <ChevronRight
          aria-hidden
          // Of this part: parts stand in parts.
          className="size-4 text-ink-3 transition-transform duration-100 [details[open]>summary>&]:rotate-90"
        />
        <span className="min-w-0 flex-1 truncate">{p.title}</span>
      </summary>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pt-1 pb-5">
        {p.hint ? <p className="-mt-1 text-xs text-ink-3">{p.hint}</p> : null}
        {p.children}
      </div>
    </details>
    {/* Beside the summary, in which buttons cannot stand, and outside of what is folded. */}
    {p.aside ? <div className="absolute top-0 right-0 flex h-10 items-center">{p.aside}</div> : null}
  </div>
)
