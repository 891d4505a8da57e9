import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SignIn } from '@/features/sign-in/sign-in.tsx'
import { safeNextPath } from '@/session/next-path.ts'

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations('signIn'))('title') })

type Search = Promise<Partial<Record<'next' | 'password' | 'session', string | string[]>>>

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { next, password, session } = await searchParams
  const why = password === 'new' ? 'newPassword' : session === 'ended' ? 'ended' : null
  return <SignIn next={safeNextPath(typeof next === 'string' ? next : null)} why={why} />
}
