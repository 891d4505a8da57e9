'use client'
import { useTranslations } from 'next-intl'
import type { NodeRemark } from './chain-report.ts'

const fewFields = 3

/** What is wrong with a node and what to do about it, in words. */
export const useRemark = () => {
  const t = useTranslations('chainList')
  return (remark: NodeRemark): string => {
    switch (remark.kind) {
      case 'unknown':
        return t(remark.isProfessional ? 'import.remark.professional' : 'import.remark.unknown', { type: remark.type })
      case 'needs':
        return t('import.remark.needs', { part: remark.part })
      case 'upgrade':
        return remark.reason
      case 'settings': {
        const named = remark.fields
          .slice(0, fewFields)
          .map(({ path, reason }) => (path ? `${path}: ${reason}` : reason))
          .join(' · ')
        const more = remark.fields.length - fewFields
        const fields = more > 0 ? t('import.remark.moreFields', { fields: named, count: more }) : named
        return t('import.remark.settings', { fields })
      }
    }
  }
}
