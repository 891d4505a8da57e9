'use client'
import { useQuery } from '@tanstack/react-query'
import { readDashboard } from '@thingwire/dashboards'
import { Button, Skeleton } from '@thingwire/ui'
import { House } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useMemo } from 'react'
import { getHomeDashboard } from '@/api/dashboard-library.ts'
import { useUser } from '@/session/session-provider.tsx'
import { Page } from '@/shell/page.tsx'
import { Board } from '../dashboards/board/board.tsx'
import { SystemHome } from './system-home.tsx'
import { TenantHome } from './tenant-home.tsx'

export const Home = () => (useUser().authority === 'SYS_ADMIN' ? <SystemHome /> : <OwnHome />)

/** The dashboard that was chosen as home, else the overview, which stays one press away. */
const OwnHome = () => {
  const [shown] = useQueryState('show', parseAsStringLiteral(['overview']))
  const home = useQuery({
    queryKey: ['home', 'dashboard'],
    queryFn: async ({ signal }) => (await getHomeDashboard(signal)) ?? null,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    retry: false,
  })
  if (shown === 'overview' || home.error || home.data === null) return <TenantHome />
  return home.data ? <HomeBoard home={home.data} /> : <Waiting />
}

type HomeDashboard = NonNullable<Awaited<ReturnType<typeof getHomeDashboard>>>

const HomeBoard = ({ home }: { home: HomeDashboard }) => {
  const t = useTranslations('home')
  const { document } = useMemo(() => readDashboard(home.configuration), [home.configuration])
  const shown = useMemo(
    () =>
      home.hideDashboardToolbar ? { ...document, settings: { ...document.settings, hideToolbar: true } } : document,
    [document, home.hideDashboardToolbar],
  )
  return (
    <Board
      dashboardId={home.id.id}
      title={home.title}
      document={shown}
      crumbs={[]}
      action={
        <Button asChild variant="ghost" className="max-sm:hidden">
          <Link href="/?show=overview">
            <House />
            {t('overview')}
          </Link>
        </Button>
      }
    />
  )
}

const Waiting = () => {
  const t = useTranslations('home')
  return (
    <Page crumbs={[{ label: t('title') }]}>
      <div aria-busy className="grid gap-4 p-4 sm:p-6">
        <Skeleton className="h-24 rounded-lg" />
        <Skeleton className="h-64 rounded-lg" />
      </div>
    </Page>
  )
}
