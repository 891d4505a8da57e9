import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ChoosePassword } from '@/features/account-links/choose-password.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('accountLinks'))('activateHeading'),
})

type Search = Promise<{ activateToken?: string | string[] }>

export default async function Page({ searchParams }: { searchParams: Search }) {
  const { activateToken: token } = await searchParams
  return <ChoosePassword kind="activate" token={typeof token === 'string' ? token : ''} />
}
