import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PackageList } from '@/features/ota-packages/package-list.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('packages'))('title'),
})

export default function Page() {
  return <PackageList />
}
