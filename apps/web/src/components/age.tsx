'use client'
import { ageRefreshMs, toAge } from '@thingwire/ui'
import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'

/** The present moment, moving on as often as an age of `ts` needs. */
const useNow = (ts: number): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), ageRefreshMs(toAge(Math.max(now, Date.now()) - ts)))
    return () => clearTimeout(timer)
  }, [ts, now])
  return Math.max(now, ts)
}

/** How long ago `ts` (epoch ms) was; the full time on hover. */
export const Age = ({ ts, className }: { ts: number; className?: string }) => {
  const t = useTranslations('age')
  const format = useFormatter()
  const age = toAge(useNow(ts) - ts)
  return (
    <time
      dateTime={new Date(ts).toISOString()}
      title={format.dateTime(ts, { dateStyle: 'medium', timeStyle: 'medium' })}
      className={className}
      suppressHydrationWarning
    >
      {t(age.unit, { count: age.count })}
    </time>
  )
}

export const Timestamp = ({ ts }: { ts: number }) => {
  const format = useFormatter()
  return (
    <time dateTime={new Date(ts).toISOString()}>
      {format.dateTime(ts, { dateStyle: 'medium', timeStyle: 'short' })}
    </time>
  )
}
