'use client'
import { useQuery } from '@tanstack/react-query'
import { readDashboard } from '@thingwire/dashboards'
import { Skeleton } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { getDashboard } from '@/api/entities.ts'
import { LoadError, Page } from '@/shell/page.tsx'
import { Board } from './board.tsx'

/** The page of one dashboard: loads and reads it. What its file holds can be odd, but never breaks the page. */
export const BoardPage = ({ id }: { id: string }) => {
  const t = useTranslations('dashboards')
  // What somebody looks at must not change under them because a window got the focus.
  const query = useQuery({
    queryKey: ['dashboard', id],
    queryFn: ({ signal }) => getDashboard(id, signal),
    refetchOnWindowFocus: false,
  })
  const { data } = query
  const read = useMemo(() => (data ? readDashboard(data.configuration) : null), [data])
  const list = { label: t('title'), href: '/dashboards' }
  if (read && data) return <Board dashboardId={id} title={data.title} document={read.document} crumbs={[list]} />
  const waiting = query.error ? '—' : <Skeleton className="inline-block h-3.5 w-32 align-middle" />
  return (
    <Page crumbs={[list, { label: waiting }]}>
      {query.error ? (
        <LoadError error={query.error} retry={() => void query.refetch()} back={list} />
      ) : (
        <BoardSkeleton />
      )}
    </Page>
  )
}

const BoardSkeleton = () => (
  <div aria-busy className="grid grid-cols-2 gap-3 p-4 lg:grid-cols-4">
    {['a', 'b', 'c', 'd'].map((card) => (
      <Skeleton key={card} className="h-32 rounded-lg" />
    ))}
    <Skeleton className="col-span-full h-80 rounded-lg" />
  </div>
)
