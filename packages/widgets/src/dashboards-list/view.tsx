'use client'
import { SearchInput, Skeleton } from '@thingwire/ui'
import { LayoutDashboard } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { contentWords } from '../engines/content/content-words.ts'
import { PlaceLink } from '../engines/content/place-link.tsx'
import type { DashboardLinks } from '../host/content.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { WidgetNotice } from '../notice.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'

export const DashboardsList = ({ texts, locale }: WidgetViewProps<unknown>) => {
  const words = useWords('content', contentWords)
  const { content } = useWidgetHost()
  const [search, setSearch] = useState('')
  const links = content.useDashboards(useDeferredValue(search.trim()))
  return (
    <div className="flex size-full flex-col">
      <div className="p-2 pb-1">
        <SearchInput
          aria-label={words('findDashboard')}
          placeholder={words('findDashboard')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Links links={links} retry={texts.retry} locale={locale} />
      </div>
    </div>
  )
}

const Links = ({ links, retry, locale }: { links: DashboardLinks; retry: string; locale: string }) => {
  const words = useWords('content', contentWords)
  if (links.status === 'loading') {
    return (
      <div aria-busy className="grid gap-2 p-3">
        {['w-3/5', 'w-2/5', 'w-2/3', 'w-1/2'].map((width) => (
          <Skeleton key={width} className={`h-4 ${width}`} />
        ))}
      </div>
    )
  }
  if (links.status === 'failed') {
    return (
      <div role="alert" className="grid justify-items-center gap-2 p-4 text-center text-xs text-ink-2">
        {links.reason}
        {links.retry ? (
          <button
            type="button"
            className="rounded-md border px-2.5 py-1 font-medium hover:bg-hover"
            onClick={links.retry}
          >
            {retry}
          </button>
        ) : null}
      </div>
    )
  }
  if (links.dashboards.length === 0) return <WidgetNotice state={{ status: 'empty', reason: words('noDashboards') }} />
  const rest = links.total - links.dashboards.length
  return (
    <>
      <ul className="px-1">
        {links.dashboards.map((one) => (
          <li key={one.id}>
            <PlaceLink
              href={one.href}
              className="flex items-center gap-2 rounded-md px-2 py-1.5 text-sm hover:bg-hover"
            >
              <LayoutDashboard aria-hidden className="size-4 shrink-0 text-ink-3" />
              <span className="min-w-0 flex-1 truncate">{one.title}</span>
              <time
                dateTime={new Date(one.createdTime).toISOString()}
                className="shrink-0 text-xs text-ink-3 tabular-nums"
              >
                {new Date(one.createdTime).toLocaleDateString(locale, { dateStyle: 'medium' })}
              </time>
            </PlaceLink>
          </li>
        ))}
      </ul>
      {rest > 0 ? <p className="px-3 py-2 text-xs text-ink-3">{words('moreDashboards', { count: rest })}</p> : null}
    </>
  )
}
