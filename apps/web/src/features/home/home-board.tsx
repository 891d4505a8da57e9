'use client'
import { readDashboard } from '@thingwire/dashboards'
import { Button } from '@thingwire/ui'
import { House } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { getHomeDashboard } from '@/api/dashboard-library.ts'
import { Board } from '../dashboards/board/board.tsx'

type HomeDashboard = NonNullable<Awaited<ReturnType<typeof getHomeDashboard>>>

/** The dashboard that was chosen as home. */
export const HomeBoard = ({ home }: { home: HomeDashboard }) => {
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
