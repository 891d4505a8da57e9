'use client'
import { Badge, Card, cn } from '@thingwire/ui'
import { Globe, LayoutDashboard } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { SummaryView } from '@/api/dashboard-library.ts'
import { Timestamp } from '@/components/age.tsx'
import { imageAddress } from '../host/addresses.ts'
import { DraftBadge, Matches, Tags } from './dashboard-columns.tsx'
import { DashboardLink } from './dashboard-link.tsx'
import { StarButton } from './star-button.tsx'

/** A dashboard as a card: its picture where it has one, and what the table says in rows. */
export const DashboardCard = (p: {
  dashboard: SummaryView
  tags: readonly string[]
  setTags: (tags: readonly string[]) => void
  menu: ReactNode
}) => {
  const t = useTranslations('dashboardList')
  const { dashboard } = p
  const image = imageAddress(dashboard.image)
  const isPublic = dashboard.assignedCustomers.some((one) => one.public)
  return (
    <Card className="group relative flex h-full flex-col overflow-hidden transition-shadow duration-100 hover:shadow-pop">
      <div
        className={cn(
          'flex shrink-0 items-center justify-center overflow-hidden border-b bg-sunken',
          image === null ? 'h-14' : 'h-28',
        )}
      >
        {image === null ? (
          <LayoutDashboard aria-hidden className="size-5 stroke-[1.25] text-ink-3" />
        ) : (
          // biome-ignore lint/performance/noImgElement: an image of the file, of any size
          <img src={image} alt="" className="size-full object-cover object-top" />
        )}
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-1.5 p-3">
        <div className="flex items-start gap-1">
          <DashboardLink
            dashboard={dashboard}
            title={dashboard.description ?? undefined}
            className="line-clamp-2 min-w-0 flex-1 text-sm font-medium break-words text-ink after:absolute after:inset-0 hover:text-accent-text"
          >
            {dashboard.title}
          </DashboardLink>
          {/* Over the link, which fills the card. */}
          <span className="relative z-10 -my-1 -mr-1 flex">
            <StarButton id={dashboard.id.id} title={dashboard.title} isStarred={dashboard.starred} />
            {p.menu}
          </span>
        </div>
        <Matches matches={dashboard.matches} />
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
          <span>{t('widgetCount', { count: dashboard.widgets })}</span>
          <span aria-hidden>·</span>
          <Timestamp ts={dashboard.published?.time ?? dashboard.createdTime} />
        </p>
        <span className="relative z-10 mt-auto flex flex-wrap gap-1 pt-1 empty:hidden">
          {isPublic ? (
            <Badge tone="warn">
              <Globe aria-hidden className="size-3" />
              {t('everybody')}
            </Badge>
          ) : null}
          <DraftBadge dashboard={dashboard} />
          {dashboard.tags.length > 0 ? <Tags tags={dashboard.tags} chosen={p.tags} choose={p.setTags} /> : null}
        </span>
      </div>
    </Card>
  )
}
