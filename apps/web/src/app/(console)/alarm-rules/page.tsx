import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AlarmFieldList } from '@/features/alarm-fields/alarm-field-list.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('alarmFields'))('title'),
})

export default function Page() {
  return <AlarmFieldList />
}
