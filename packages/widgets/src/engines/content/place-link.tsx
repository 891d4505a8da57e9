'use client'
import { cn } from '@thingwire/ui'
import type { ReactNode } from 'react'
import { useWidgetHost } from '../../host/host-context.tsx'

/** A link into the console that opens as the host opens links; without an address it says that it leads nowhere. */
export const PlaceLink = (p: { href: string | null; className: string; hint?: string; children: ReactNode }) => {
  const { links } = useWidgetHost()
  if (p.href === null) {
    return (
      <span aria-disabled className={cn(p.className, 'text-ink-3')} title={p.hint}>
        {p.children}
      </span>
    )
  }
  const { href } = p
  return (
    <a
      href={href}
      className={p.className}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        links.open(href)
      }}
    >
      {p.children}
    </a>
  )
}
