'use client'
import { type Column, StatusDot } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { AheadLink } from '@/shell/ahead-link.tsx'
import { Timestamp } from './age.tsx'

/** The first column: the name that leads to the page. */
export const nameColumn = <T,>(p: {
  id: string
  header: string
  text: (row: T) => string
  href: (row: T) => string
  /** Fetches ahead what the page needs, when somebody points at the name. */
  ahead?: () => void
  after?: (row: T) => ReactNode
}): Column<T> => ({
  id: p.id,
  header: p.header,
  fixed: true,
  onPhone: true,
  sortable: true,
  csv: p.text,
  cell: (row) => (
    <span className="inline-flex items-center gap-2">
      <AheadLink
        href={p.href(row)}
        {...(p.ahead && { ahead: p.ahead })}
        className="line-clamp-2 font-medium break-words text-ink hover:text-accent-text"
      >
        {p.text(row)}
      </AheadLink>
      {p.after?.(row)}
    </span>
  ),
})

export const useCreatedColumn = <T extends { createdTime: number }>(): Column<T> => ({
  id: 'createdTime',
  header: useTranslations('table')('created'),
  sortable: true,
  csv: (row) => new Date(row.createdTime).toISOString(),
  className: 'text-ink-2 whitespace-nowrap tabular-nums',
  cell: (row) => <Timestamp ts={row.createdTime} />,
})

/** Whether a device sends. */
export const useActiveColumn = <T extends { active: boolean }>(): Column<T> => {
  const t = useTranslations('devices')
  const state = (row: T) => (row.active ? t('active') : t('inactive'))
  return {
    id: 'active',
    header: t('state'),
    onPhone: true,
    csv: state,
    cell: (row) => (
      <span className="flex items-center gap-2 text-ink-2">
        <StatusDot tone={row.active ? 'ok' : 'neutral'} />
        {state(row)}
      </span>
    ),
  }
}
