'use client'
import { ChevronRight } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'

/** The last item is the page itself. Links are the caller's, since routing is. */
export const Breadcrumbs = ({ items, label }: { items: { key: string; node: ReactNode }[]; label: string }) => (
  <nav aria-label={label} className="min-w-0">
    <ol className="flex min-w-0 items-center gap-1 text-sm">
      {items.map((item, index) => {
        const isLast = index === items.length - 1
        return (
          <Fragment key={item.key}>
            <li
              {...(isLast ? { 'aria-current': 'page' as const } : {})}
              className={
                isLast
                  ? 'truncate font-medium text-ink'
                  : 'shrink-0 text-ink-3 transition-colors hover:text-ink max-sm:hidden'
              }
            >
              {item.node}
            </li>
            {isLast ? null : <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-3/60 max-sm:hidden" />}
          </Fragment>
        )
      })}
    </ol>
  </nav>
)
