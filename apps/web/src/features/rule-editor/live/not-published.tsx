'use client'
import { useTranslations } from 'next-intl'

/** Instead of messages: what is drawn does not run yet. */
export const NotPublished = () => {
  const t = useTranslations('chainLive')
  return <p className="text-sm text-ink-3">{t('messages.notPublished')}</p>
}
