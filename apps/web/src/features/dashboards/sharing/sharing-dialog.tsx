'use client'
import { useQuery } from '@tanstack/react-query'
import { Dialog, Skeleton, TabPanel, Tabs } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { getDashboardInfo } from '@/api/dashboard-library.ts'
import { Access } from './access.tsx'
import { Homes } from './homes.tsx'

/** Who sees a dashboard, and for whom it comes first. Every change counts at once. */
export const SharingDialog = ({
  dashboard,
  onClose,
}: {
  dashboard: { id: string; title: string }
  onClose: () => void
}) => {
  const t = useTranslations('dashboardSharing')
  const common = useTranslations('common')
  const [tab, setTab] = useState('access')
  const info = useQuery({
    queryKey: ['dashboard', dashboard.id, 'info'],
    queryFn: ({ signal }) => getDashboardInfo(dashboard.id, signal),
    staleTime: 0,
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { title: dashboard.title })}
      description={t('text')}
      closeLabel={common('close')}
      className="sm:top-[8vh] sm:max-h-[84vh] sm:max-w-xl"
    >
      {info.data ? (
        <Tabs
          label={t('title', { title: dashboard.title })}
          value={tab}
          onChange={setTab}
          tabs={(['access', 'homes'] as const).map((value) => ({ value, label: t(`tab.${value}`) }))}
          className="-mx-5"
        >
          <TabPanel value="access" className="min-h-72 px-5 pt-5">
            <Access dashboard={dashboard} info={info.data} />
          </TabPanel>
          <TabPanel value="homes" className="min-h-72 px-5 pt-5">
            <Homes dashboard={dashboard} info={info.data} />
          </TabPanel>
        </Tabs>
      ) : info.error ? (
        <p role="alert" className="text-sm text-danger-text">
          {info.error.message}
        </p>
      ) : (
        <Skeleton className="h-40" />
      )}
    </Dialog>
  )
}
