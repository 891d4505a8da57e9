import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { NewAlarmFieldPage } from '@/features/alarm-fields/new-alarm-field-page.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('alarmFields'))('title'),
})

export default function Page() {
  return <NewAlarmFieldPage />
}
