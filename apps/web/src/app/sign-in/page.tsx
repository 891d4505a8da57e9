import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SignIn } from '@/features/sign-in/sign-in.tsx'
import { safeNextPath } from '@/session/next-path.ts'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('signIn'))('title') })

type Search = Promise<{ next?: string | string[]; password?: string | string[] }>

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { next, password } = await searchParams
  return <SignIn next={safeNextPath(typeof next === 'string' ? next : null)} hasNewPassword={password === 'new'} />
}
