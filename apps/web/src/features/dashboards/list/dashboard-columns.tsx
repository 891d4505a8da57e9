'use client'
import type { DashboardMatch } from '@thingwire/contracts'
import { Badge, type Column } from '@thingwire/ui'
import { Globe } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SummaryView } from '@/api/dashboard-library.ts'
import { Timestamp } from '@/components/age.tsx'
import { useCreatedColumn } from '@/components/entity-columns.tsx'
import { DashboardLink } from './dashboard-link.tsx'
import { StarButton } from './star-button.tsx'

/** Columns of the list; whom a dashboard is shared with is told to administrators alone. */
export const useDashboardColumns = (p: {
  isAdministrator: boolean
  tags: readonly string[]
  setTags: (tags: readonly string[]) => void
}): Column<SummaryView>[] => {
  const t = useTranslations('dashboardList')
  const created = useCreatedColumn<SummaryView>()
  const columns: Column<SummaryView>[] = [
    {
      id: 'title',
      header: t('name'),
      fixed: true,
      onPhone: true,
      sortable: true,
      csv: (one) => one.title,
      cell: (one) => <Name dashboard={one} />,
    },
    {
      id: 'tags',
      header: t('tags'),
      csv: (one) => one.tags.join(', '),
      cell: (one) => <Tags tags={one.tags} chosen={p.tags} choose={p.setTags} />,
    },
    {
      id: 'customers',
      header: t('sharedWith'),
      csv: (one) => one.assignedCustomers.map(({ title }) => title).join(', '),
      cell: (one) => <SharedWith dashboard={one} />,
    },
    {
      id: 'widgets',
      header: t('widgets'),
      sortable: true,
      align: 'right',
      csv: (one) => one.widgets,
      cell: (one) => one.widgets,
    },
    {
      id: 'publishedTime',
      header: t('changed'),
      sortable: true,
      csv: (one) => new Date(one.published?.time ?? one.createdTime).toISOString(),
      className: 'text-ink-2 whitespace-nowrap tabular-nums',
      cell: (one) => <Timestamp ts={one.published?.time ?? one.createdTime} />,
    },
    {
      id: 'changedBy',
      header: t('changedBy'),
      initiallyHidden: true,
      csv: (one) => one.published?.user?.name ?? '',
      className: 'text-ink-2 max-w-48 truncate',
      cell: (one) => one.published?.user?.name ?? <span className="text-ink-3">—</span>,
    },
    {
      id: 'lastVisited',
      header: t('opened'),
      sortable: true,
      csv: (one) => (one.lastVisited === null ? '' : new Date(one.lastVisited).toISOString()),
      className: 'text-ink-2 whitespace-nowrap tabular-nums',
      cell: (one) =>
        one.lastVisited === null ? <span className="text-ink-3">—</span> : <Timestamp ts={one.lastVisited} />,
    },
    { ...created, initiallyHidden: true },
  ]
  const ofAdministrators = new Set(['customers', 'changedBy'])
  return p.isAdministrator ? columns : columns.filter(({ id }) => !ofAdministrators.has(id))
}

const Name = ({ dashboard }: { dashboard: SummaryView }) => (
  <span className="flex min-w-0 items-start gap-1">
    <StarButton
      id={dashboard.id.id}
      title={dashboard.title}
      isStarred={dashboard.starred}
      className="-mt-px -mb-0.5 -ml-1.5"
    />
    <span className="min-w-0 py-0.5">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <DashboardLink
          dashboard={dashboard}
          title={dashboard.description ?? undefined}
          className="line-clamp-2 font-medium break-words text-ink hover:text-accent-text"
        >
          {dashboard.title}
        </DashboardLink>
        <DraftBadge dashboard={dashboard} />
      </span>
      <Matches matches={dashboard.matches} />
    </span>
  </span>
)

export const DraftBadge = ({ dashboard: { draft } }: { dashboard: SummaryView }) => {
  const t = useTranslations('dashboardList')
  if (!draft) return null
  return (
    <Badge tone="warn" title={draft.user ? t('draftBy', { name: draft.user.name }) : t('draftText')}>
      {t('draft')}
    </Badge>
  )
}

/** Why a dashboard was found, where its title does not say so. */
export const Matches = ({ matches }: { matches: readonly DashboardMatch[] }) => {
  const t = useTranslations('dashboardList')
  const told = matches.filter(({ where }) => where !== 'title')
  if (told.length === 0) return null
  return (
    <span className="line-clamp-2 max-w-120 text-xs break-words text-ink-3">
      {told.map(({ where, text }) => t(`match.${where}`, { text })).join(' · ')}
    </span>
  )
}

/** Tags of a dashboard; a press shows all that have that one, too. */
export const Tags = (p: {
  tags: readonly string[]
  chosen: readonly string[]
  choose: (tags: readonly string[]) => void
}) => {
  const t = useTranslations('dashboardList')
  return (
    <span className="flex flex-wrap gap-1">
      {p.tags.map((tag) => (
        <button
          key={tag}
          type="button"
          title={t('showTag', { tag })}
          onClick={() => p.choose([...new Set([...p.chosen, tag])])}
          className="max-w-40 rounded-full"
        >
          <Badge tone={p.chosen.includes(tag) ? 'accent' : 'neutral'} className="max-w-full hover:text-ink">
            <span className="truncate">{tag}</span>
          </Badge>
        </button>
      ))}
    </span>
  )
}

const mostNamed = 3

const SharedWith = ({ dashboard: { assignedCustomers } }: { dashboard: SummaryView }) => {
  const t = useTranslations('dashboardList')
  const isPublic = assignedCustomers.some((one) => one.public)
  const others = assignedCustomers.filter((one) => !one.public)
  return (
    <span className="flex flex-wrap gap-1">
      {isPublic ? (
        <Badge tone="warn">
          <Globe aria-hidden className="size-3" />
          {t('everybody')}
        </Badge>
      ) : null}
      {others.slice(0, mostNamed).map((customer) => (
        <Badge key={customer.customerId.id} className="max-w-40">
          <span className="truncate">{customer.title}</span>
        </Badge>
      ))}
      {others.length > mostNamed ? (
        <Badge title={others.map(({ title }) => title).join(', ')}>
          {t('moreCustomers', { count: others.length - mostNamed })}
        </Badge>
      ) : null}
    </span>
  )
}
