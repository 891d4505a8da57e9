'use client'
import { CloudOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useConnectionState } from '@/live/live-provider.tsx'

const graceMs = 3_000

/** Says that values stand still. A short break (a laptop waking, a restart) is not worth a banner. */
export const OfflineBanner = () => {
  const t = useTranslations('connection')
  const { status, since } = useConnectionState()
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    setIsLong(false)
    if (status !== 'lost') return
    const timer = setTimeout(() => setIsLong(true), Math.max(0, since + graceMs - Date.now()))
    return () => clearTimeout(timer)
  }, [status, since])
  if (!isLong) return null
  return (
    <div
      role="alert"
      className="flex shrink-0 items-center justify-center gap-2 bg-warn-soft px-4 py-1.5 text-xs font-medium text-warn-text"
    >
      <CloudOff aria-hidden className="size-3.5" />
      {t('banner', { time: new Date(since) })}
    </div>
  )
}
