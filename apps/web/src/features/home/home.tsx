'use client'
import { useQuery } from '@tanstack/react-query'
import { Skeleton } from '@thingwire/ui'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { getHomeDashboard } from '@/api/dashboard-library.ts'
import { useUser } from '@/session/session-provider.tsx'
import { Page } from '@/shell/page.tsx'
import { SystemHome } from './system-home.tsx'
import { TenantHome } from './tenant-home.tsx'

// Most people have none, and a board is much code.
const HomeBoard = dynamic(async () => (await import('./home-board.tsx')).HomeBoard, {
  ssr: false,
  loading: () => <Waiting />,
})

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
