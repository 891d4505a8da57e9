'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, IconButton, MenuItem, MenuSeparator, Skeleton } from '@thingwire/ui'
import { PencilLine, Share2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { getOverlay, noteDashboard } from '@/api/dashboard-library.ts'
import { takeEarlyDashboard, takeEarlyOverlay } from '@/api/early-dashboard.ts'
import { getDashboard } from '@/api/entities.ts'
import { onDemand } from '@/components/on-demand.tsx'
import { useUser } from '@/session/session-provider.tsx'
import { isVisitor } from '@/session/visitor.ts'
import { LaterLink } from '@/shell/later-link.tsx'
import { LoadError, Page } from '@/shell/page.tsx'
import { readOverlay } from '../overlay/own-view.ts'
import { Board } from './board.tsx'
import { loadFirstViews, readOnce } from './first-views.ts'

const SharingDialog = onDemand(async () => (await import('../sharing/sharing-dialog.tsx')).SharingDialog)

if (typeof window !== 'undefined') void loadFirstViews(location.pathname)

/** The page of one dashboard: loads and reads it. What its file holds can be odd, but never breaks the page. */
export const BoardPage = ({ id }: { id: string }) => {
  const t = useTranslations('dashboards')
  // What somebody looks at must not change under them because a window got the focus.
  const query = useQuery({
    queryKey: ['dashboard', id],
    queryFn: ({ signal }) => getDashboard(id, signal),
    initialData: () => takeEarlyDashboard(id),
    refetchOnWindowFocus: false,
  })
  const { data } = query
  const user = useUser()
  const mayEdit = user.authority === 'TENANT_ADMIN'
  const overlay = useOverlay(id)
  useVisit(id, data !== undefined && !isVisitor(user))
  const deeds = useDeeds(id, data?.title ?? '')
  const read = useMemo(() => (data ? readOnce(data.configuration) : null), [data])
  const list = { label: t('title'), href: '/dashboards' }
  const crumbs = isVisitor(user) ? [] : [list]
  const kept = useMemo(
    () => (read && overlay.isReady ? readOverlay(overlay.overlay, read.document) : null),
    [read, overlay.isReady, overlay.overlay],
  )
  if (read && data && kept)
    return (
      <Board
        dashboardId={id}
        title={data.title}
        document={read.document}
        crumbs={crumbs}
        {...(mayEdit ? deeds : {})}
        {...(isVisitor(user) ? {} : { kept })}
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

/** Notes, for lists of what was opened last, that the dashboard is looked at. */
const useVisit = (id: string, isSeen: boolean) => {
  const client = useQueryClient()
  useEffect(() => {
    if (!isSeen) return
    noteDashboard(id, 'visit').then(
      () => client.invalidateQueries({ queryKey: ['dashboards'], refetchType: 'none' }),
      // Nobody waits for it, and the next visit is noted again.
      () => undefined,
    )
  }, [id, isSeen, client])
}

/** What the viewer has kept for themselves. A board that everybody sees is better than none, so no failure counts. */
const useOverlay = (id: string) => {
  const isAccount = !isVisitor(useUser())
  const query = useQuery({
    queryKey: ['dashboard', id, 'overlay'],
    queryFn: ({ signal }) => getOverlay(id, signal),
    initialData: () => takeEarlyOverlay(id),
    enabled: isAccount,
    refetchOnWindowFocus: false,
    retry: false,
  })
  return { overlay: query.data ?? null, isReady: !isAccount || !query.isPending }
}

/** Sharing and editing: buttons of the header, and where it has no room for them, items of the menu. */
const useDeeds = (id: string, title: string): { action: ReactNode; menu: ReactNode } => {
  const t = useTranslations('dashboardSharing')
  const editor = useTranslations('dashboardEditor')
  const router = useRouter()
  const [isSharing, share] = useState(false)
  const path = `/dashboards/${id}/edit`
  const close = () => share(false)
  return {
    action: (
      <>
        <IconButton label={t('share')} onClick={() => share(true)} className="max-sm:hidden">
          <Share2 />
        </IconButton>
        <Button asChild className="max-sm:hidden">
          <LaterLink href={path}>
            <PencilLine />
            {editor('edit')}
          </LaterLink>
        </Button>
        {isSharing ? <SharingDialog dashboard={{ id, title }} onClose={close} onFailed={close} /> : null}
      </>
    ),
    menu: (
      <>
        <MenuItem onSelect={() => router.push(path)}>
          <PencilLine />
          {editor('edit')}
        </MenuItem>
        <MenuItem onSelect={() => share(true)}>
          <Share2 />
          {t('share')}
        </MenuItem>
        <MenuSeparator />
      </>
    ),
  }
}

const BoardSkeleton = () => (
  <div aria-busy className="grid grid-cols-2 gap-3 p-4 lg:grid-cols-4">
    {['a', 'b', 'c', 'd'].map((card) => (
      <Skeleton key={card} className="h-32 rounded-lg" />
    ))}
    <Skeleton className="col-span-full h-80 rounded-lg" />
  </div>
)
