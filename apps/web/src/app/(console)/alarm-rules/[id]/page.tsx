import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AlarmFieldPage } from '@/features/alarm-fields/alarm-field-page.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('alarmFields'))('title'),
})

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  // Another entity is another page: nothing typed or opened on one may stay on the next.
  return <AlarmFieldPage key={id} id={id} />
}
