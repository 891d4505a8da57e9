'use client'
import { alarmRuleOwners, type EntityType } from '@thingwire/contracts'
import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { FieldIssue } from './issues.ts'

/** What an owner of rules is called. */
export const useOwnerKind = () => {
  const t = useTranslations('alarmFields')
  return (entityType: EntityType) => {
    const known = alarmRuleOwners.find((one) => one === entityType)
    return known ? t(`owners.${known}`) : entityType
  }
}

const codes = [
  'noArgument',
  'noSeverity',
  'nameTaken',
  'argumentMissing',
  'argumentUnknown',
  'notWhole',
  'ownerMissing',
  'nameWrong',
] as const

const missing: ReadonlySet<string> = new Set(['too_small', 'invalid_type', 'invalid_format'])
/** Members that are a fixed value or an argument: something must be said. */
const given: ReadonlySet<PropertyKey> = new Set(['value', 'duration', 'count'])

/** An issue in a sentence; what only the schema has words for is said by it. */
export const useIssueWords = () => {
  const t = useTranslations('alarmFields')
  return useCallback(
    ({ field, path, code, message }: FieldIssue): string => {
      if (field === 'owner') return t('problems.ownerMissing')
      const known = codes.find((one) => one === code)
      if (known) return t(`problems.${known}`, { name: message })
      return missing.has(code) || given.has(path.at(-1) ?? '') ? t('problems.missing') : message
    },
    [t],
  )
}
