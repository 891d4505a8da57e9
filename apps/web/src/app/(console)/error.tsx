'use client'
import { Button, EmptyState } from '@thingwire/ui'
import { Bug } from 'lucide-react'
import { useTranslations } from 'next-intl'

export default function ConsoleError({ error, reset }: { error: Error; reset: () => void }) {
  const t = useTranslations('errors')
  return (
    <main id="main" className="flex flex-1 items-center justify-center">
      <EmptyState
        icon={<Bug />}
        tone="danger"
        title={t('crashTitle')}
        action={
          <Button variant="primary" onClick={reset}>
            {t('retry')}
          </Button>
        }
      >
        <p>{t('crashText')}</p>
        <p className="mt-2 font-mono text-xs text-ink-3">{error.message}</p>
      </EmptyState>
    </main>
  )
}
