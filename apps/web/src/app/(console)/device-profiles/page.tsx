import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ProfileList } from '@/features/device-profiles/profile-list.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('profiles'))('title'),
})

export default function Page() {
  return <ProfileList />
}
