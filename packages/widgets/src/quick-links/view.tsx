'use client'
import type { z } from 'zod'
import { contentWords } from '../engines/content/content-words.ts'
import { PlaceLink } from '../engines/content/place-link.tsx'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { quickLinksSettingsSchema } from './manifest.ts'

/** Narrower than this a name is cut. */
const leastColumn = 120

export const QuickLinks = ({ settings, size }: WidgetViewProps<z.infer<typeof quickLinksSettingsSchema>>) => {
  const words = useWords('content', contentWords)
  const places = useWidgetHost().content.places.filter(({ path }) => path !== '/')
  if (places.length === 0) return <WidgetNotice state={{ status: 'empty', reason: words('noPlaces') }} />
  const fitting = Math.max(1, Math.floor(size.width / leastColumn))
  const columns = Math.min(fitting, Math.max(1, Math.min(20, Math.round(settings.columns))))
  return (
    <ul
      className="grid size-full content-start gap-x-3 gap-y-0.5 overflow-y-auto p-2"
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {places.map(({ path, name, Icon }) => (
        <li key={path}>
          <PlaceLink href={path} className="flex items-center gap-2 rounded-md px-2 py-1.5 text-sm hover:bg-hover">
            <Icon className="size-4 shrink-0 text-ink-3" />
            <span className="truncate">{name}</span>
          </PlaceLink>
        </li>
      ))}
    </ul>
  )
}
