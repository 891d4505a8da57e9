import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { Logo } from '@/shell/logo.tsx'

export default async function NotFound() {
  const t = await getTranslations('errors')
  return (
    <main className="flex h-dvh flex-col items-center justify-center gap-2 px-6 text-center">
      <Logo className="mb-3 size-9" />
      <h1 className="text-xl font-semibold tracking-tight">{t('noPageTitle')}</h1>
      <p className="text-ink-2">{t('noPageText')}</p>
      <Link href="/" className="mt-4 font-medium text-accent-text underline-offset-4 hover:underline">
        {t('home')}
      </Link>
    </main>
  )
}
