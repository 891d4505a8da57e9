import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AlarmsPage } from '@/features/alarms/alarms-page.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('alarms'))('title') })

export default function Page() {
  return <AlarmsPage />
}
