import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ChoosePassword } from '@/features/account-links/choose-password.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('accountLinks'))('resetHeading'),
})

type Search = Promise<{ resetToken?: string | string[] }>

export default async function Page({ searchParams }: { searchParams: Search }) {
  const { resetToken: token } = await searchParams
  return <ChoosePassword kind="reset" token={typeof token === 'string' ? token : ''} />
}
