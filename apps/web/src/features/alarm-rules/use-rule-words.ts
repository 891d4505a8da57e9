'use client'
import { useFormatter, useTranslations } from 'next-intl'
import type { RuleWords } from './rule-text.ts'

const signs: Record<string, string> = {
  EQUAL: '=',
  NOT_EQUAL: '≠',
  GREATER: '>',
  LESS: '<',
  GREATER_OR_EQUAL: '≥',
  LESS_OR_EQUAL: '≤',
}
const wordy = ['STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'NOT_CONTAINS', 'IN', 'NOT_IN'] as const
const sources = ['CURRENT_DEVICE', 'CURRENT_CUSTOMER', 'CURRENT_TENANT', 'CURRENT_USER'] as const
const units = ['NANOSECONDS', 'MICROSECONDS', 'MILLISECONDS', 'SECONDS', 'MINUTES', 'HOURS', 'DAYS'] as const

/** The words in which conditions are told here. */
export const useRuleWords = (): RuleWords => {
  const t = useTranslations('alarmRules')
  const format = useFormatter()
  return {
    operation: (operation) => {
      const known = wordy.find((one) => one === operation)
      return signs[operation] ?? (known ? t(`operations.${known}`) : operation)
    },
    and: t('joins.AND'),
    or: t('joins.OR'),
    boolean: (value) => t(value ? 'true' : 'false'),
    attribute: (source, name) => {
      const known = sources.find((one) => one === source)
      return known ? t(`attributeIn.${known}`, { name }) : name
    },
    moment: (ts) => format.dateTime(ts, { dateStyle: 'medium', timeStyle: 'short' }),
    forTime: (value, unit) =>
      t('forTime', { value, unit: t(`units.${units.find((one) => one === unit) ?? 'SECONDS'}`) }),
    times: (value) => t('times', { value }),
  }
}
