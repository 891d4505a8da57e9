import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ForgotPassword } from '@/features/account-links/forgot-password.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('accountLinks'))('forgotHeading'),
})

export default function Page() {
  return <ForgotPassword />
}
