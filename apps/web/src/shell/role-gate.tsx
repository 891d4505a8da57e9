'use client'
import { Button, EmptyState } from '@thingwire/ui'
import { ShieldAlert } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useUser } from '@/session/session-provider.tsx'
import { closedPlace } from './navigation.ts'
import { Page } from './page.tsx'

/** Says it at once when a link leads where the role may not go, instead of asking the server for what it will refuse. */
export const RoleGate = ({ children }: { children: ReactNode }) => {
  const t = useTranslations('errors')
  const nav = useTranslations('nav')
  const place = closedPlace(useUser().authority, usePathname())
  if (!place) return children
  return (
    <Page crumbs={[{ label: nav(place.label) }]}>
      <EmptyState
        icon={<ShieldAlert />}
        title={t('forbiddenTitle')}
        action={
          <Button asChild>
            <Link href="/">{t('home')}</Link>
          </Button>
        }
      >
        {t('forbiddenText')}
      </EmptyState>
    </Page>
  )
}
