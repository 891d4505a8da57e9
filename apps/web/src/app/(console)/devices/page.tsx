import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DeviceList } from '@/features/devices/device-list.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('devices'))('title') })

export default function Page() {
  return <DeviceList />
}
