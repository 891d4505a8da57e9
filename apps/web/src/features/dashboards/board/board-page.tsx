'use client'
import { useQuery } from '@tanstack/react-query'
import { readDashboard } from '@thingwire/dashboards'
import { Button, Skeleton } from '@thingwire/ui'
import { PencilLine } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { getDashboard } from '@/api/entities.ts'
import { useUser } from '@/session/session-provider.tsx'
import { isVisitor } from '@/session/visitor.ts'
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
  const user = useUser()
  const mayEdit = user.authority === 'TENANT_ADMIN'
  const read = useMemo(() => (data ? readDashboard(data.configuration) : null), [data])
  const list = { label: t('title'), href: '/dashboards' }
  const crumbs = isVisitor(user) ? [] : [list]
  if (read && data)
    return (
      <Board
        dashboardId={id}
        title={data.title}
        document={read.document}
        crumbs={crumbs}
        action={mayEdit ? <EditLink id={id} /> : null}
      />
    )
  const waiting = query.error ? '—' : <Skeleton className="inline-block h-3.5 w-32 align-middle" />
  return (
    <Page crumbs={[...crumbs, { label: waiting }]}>
      {query.error ? (
        <LoadError
          error={query.error}
          retry={() => void query.refetch()}
          {...(isVisitor(user) ? {} : { back: list })}
        />
      ) : (
        <BoardSkeleton />
      )}
    </Page>
  )
}

const EditLink = ({ id }: { id: string }) => {
  const t = useTranslations('dashboardEditor')
  return (
    <Button asChild className="max-sm:hidden">
      <Link href={`/dashboards/${id}/edit`}>
        <PencilLine />
        {t('edit')}
      </Link>
    </Button>
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
