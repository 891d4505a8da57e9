'use client'
import { useTranslations } from 'next-intl'
import { Page } from '@/shell/page.tsx'
import { ApiKeys } from './api-keys.tsx'
import { ChangePassword } from './change-password.tsx'
import { Factors } from './factors.tsx'
import { ProfileCard } from './profile.tsx'

/** Everything about the own account: who one is, how one signs in, and keys for scripts. */
export const AccountPage = () => {
  const t = useTranslations('account')
  return (
    <Page crumbs={[{ label: t('title') }]}>
      <div className="grid w-full max-w-3xl gap-4 p-4 sm:p-6">
        <ProfileCard />
        <ChangePassword />
        <Factors />
        <ApiKeys />
      </div>
    </Page>
  )
}
