'use client'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { SummaryView } from '@/api/dashboard-library.ts'
import { getDashboard } from '@/api/entities.ts'
import { AheadLink } from '@/shell/ahead-link.tsx'

export const pathOfDashboard = ({ id }: { id: { id: string } }) => `/dashboards/${id.id}`

/** Leads to a dashboard. Its document and the code of its widgets are there, or nearly, when somebody follows it. */
export const DashboardLink = (p: {
  dashboard: SummaryView
  title?: string | undefined
  className: string
  children: ReactNode
}) => {
  const { dashboard, ...link } = p
  const client = useQueryClient()
  const id = dashboard.id.id
  const ahead = async () => {
    const [found, { loadViewsOf }] = await Promise.all([
      client.fetchQuery({ queryKey: ['dashboard', id], queryFn: ({ signal }) => getDashboard(id, signal) }),
      import('../board/first-views.ts'),
    ])
    loadViewsOf(found.configuration)
  }
  // Whoever opens it asks again, and is told what went wrong.
  return <AheadLink {...link} href={pathOfDashboard(dashboard)} ahead={() => void ahead().catch(() => {})} />
}
