import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DashboardList } from '@/features/dashboards/list/dashboard-list.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('dashboards'))('title'),
})

export default function Page() {
  return <DashboardList />
}
