'use client'
import { useTranslations } from 'next-intl'
import { findManifest } from '../catalogue.ts'
import { titlesOfPath } from '../model/config-titles.ts'

/** Members of a node that have words of their own; those of its configuration are called as in its form. */
const words = ['name', 'description', 'queueName', 'debug', 'isSingleton', 'bypass', 'group', 'x', 'y'] as const

/** What a setting of a node is called, by the path of its member. */
export const useMemberName = () => {
  const t = useTranslations('chainVersions')
  return (className: string, [first = '', ...rest]: readonly string[]): string => {
    if (first === 'configuration' && rest.length > 0) return titlesOfPath(findManifest(className), rest).join(' › ')
    const known = words.find((word) => word === first)
    return known ? t(`members.${known}`) : [first, ...rest].join(' › ')
  }
}
