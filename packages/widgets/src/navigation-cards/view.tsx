'use client'
import type { z } from 'zod'
import { consolePath } from '../engines/content/console-place.ts'
import { contentWords } from '../engines/content/content-words.ts'
import { PlaceLink } from '../engines/content/place-link.tsx'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { navigationCardsSettingsSchema } from './manifest.ts'

export const NavigationCards = ({ settings }: WidgetViewProps<z.infer<typeof navigationCardsSettingsSchema>>) => {
  const words = useWords('content', contentWords)
  const { places } = useWidgetHost().content
  const named = new Set(settings.filter.map(consolePath))
  const shown = places.filter(
    ({ path }) => settings.filterType === 'all' || named.has(path) === (settings.filterType === 'include'),
  )
  if (shown.length === 0) return <WidgetNotice state={{ status: 'empty', reason: words('noPlaces') }} />
  const sections = [...Map.groupBy(shown, ({ section }) => section)]
  return (
    <div className="size-full overflow-y-auto p-3">
      {sections.map(([section, members]) => (
        <section key={section} aria-label={section || words('start')} className="mb-3 last:mb-0">
          {section ? <h3 className="mb-1.5 text-xs font-medium text-ink-3">{section}</h3> : null}
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-2">
            {members.map(({ path, name, Icon }) => (
              <li key={path}>
                <PlaceLink
                  href={path}
                  className="flex items-center gap-2 rounded-md border px-3 py-2.5 text-sm font-medium transition-colors hover:bg-hover"
                >
                  <Icon className="size-4 shrink-0 text-accent-text" />
                  <span className="truncate">{name}</span>
                </PlaceLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
