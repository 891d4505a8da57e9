'use client'
import type { GroupInterval, TimeWindowModel } from '@thingwire/dashboards'
import { useFormatter, useTranslations } from 'next-intl'

const units = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1_000],
] as const

/** Time windows and their parts in words. */
export const useWindowWords = () => {
  const t = useTranslations('boardWindow')
  const format = useFormatter()
  /** "1 hour", "90 minutes": in the largest unit that leaves no rest. */
  const duration = (ms: number): string => {
    const [unit, size] = units.find((one) => ms % one[1] === 0) ?? (['milliseconds', 1] as const)
    return t(unit, { count: ms / size })
  }
  const interval = (group: GroupInterval): string =>
    typeof group === 'number' ? duration(group) : t(`calendar.${group}`)
  const span = (model: TimeWindowModel): string => {
    const { span: chosen } = model
    switch (chosen.kind) {
      case 'last':
        return t('lastOf', { duration: duration(chosen.durationMs) })
      case 'quick':
        return t(`quickOf.${chosen.interval}`)
      case 'fixed':
        return format.dateTimeRange(chosen.startTs, chosen.endTs, {
          dateStyle: 'short',
          timeStyle: 'short',
          ...(model.timeZone ? { timeZone: model.timeZone } : {}),
        })
      case 'all':
        return t('all')
    }
  }
  return { duration, interval, span }
}
