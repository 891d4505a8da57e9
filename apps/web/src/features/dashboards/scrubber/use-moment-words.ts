'use client'
import { useFormatter, useTranslations } from 'next-intl'

/** Midnight of the day that is so many days before today, epoch ms. */
const dayStart = (daysBack: number): number => {
  const day = new Date()
  day.setHours(0, 0, 0, 0)
  day.setDate(day.getDate() - daysBack)
  return day.getTime()
}

/** A moment in words: "12:03:40", "12:03 yesterday", "3 Nov, 12:03". */
export const useMomentWords = (): ((ts: number, isExact?: boolean) => string) => {
  const t = useTranslations('timeTravel')
  const format = useFormatter()
  return (ts, isExact = false) => {
    const time = format.dateTime(ts, {
      ...{ hour: 'numeric', minute: '2-digit' },
      ...(isExact && { second: '2-digit' }),
    })
    if (ts >= dayStart(0)) return time
    if (ts >= dayStart(1)) return t('yesterday', { time })
    return `${format.dateTime(ts, { month: 'short', day: 'numeric' })}, ${time}`
  }
}
