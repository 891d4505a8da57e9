import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { LinkExpired } from '@/features/account-links/link-expired.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('accountLinks'))('expiredHeading'),
})

export default function Page() {
  return <LinkExpired kind="activate" />
}
