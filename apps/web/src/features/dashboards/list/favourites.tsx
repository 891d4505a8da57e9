'use client'
import { useQuery } from '@tanstack/react-query'
import { Star } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { listSummaries } from '@/api/dashboard-library.ts'
import { DashboardLink } from './dashboard-link.tsx'

const mostShown = 24

/** What has the caller's star, above everything else. */
export const Favourites = () => {
  const t = useTranslations('dashboardList')
  const { data } = useQuery({
    queryKey: ['dashboards', 'favourites'],
    queryFn: ({ signal }) =>
      listSummaries({ page: 0, pageSize: mostShown, sortProperty: 'title', tags: [], starred: true }, signal),
  })
  if (!data || data.data.length === 0) return null
  return (
    <section aria-label={t('place.starred')} className="shrink-0 border-b px-4 py-3 sm:px-6">
      <ul className="flex gap-2 overflow-x-auto [scrollbar-width:none] sm:flex-wrap">
        {data.data.map((dashboard) => (
          <li key={dashboard.id.id} className="shrink-0">
            <DashboardLink
              dashboard={dashboard}
              className="flex h-8 max-w-60 items-center gap-2 rounded-md border bg-surface px-2.5 text-sm font-medium shadow-card transition-colors duration-100 hover:bg-hover"
            >
              <Star aria-hidden className="size-3.5 shrink-0 fill-warn text-warn" />
              <span className="truncate">{dashboard.title}</span>
            </DashboardLink>
          </li>
        ))}
      </ul>
    </section>
  )
}
