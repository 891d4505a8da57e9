'use client'
import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { Unresolved } from './resolve.ts'

/** Why a datasource names no entities, in the viewer's language. */
export const useUnresolvedText = () => {
  const t = useTranslations('boardData')
  return useCallback(
    (why: Unresolved | { reason: 'noDatasource' }): string => {
      switch (why.reason) {
        case 'noStateEntity':
          return t('noStateEntity')
        case 'unknownType':
          return t('unknownType', { type: why.type.slice(0, 60) })
        case 'invalid':
          return t('invalid', { problem: why.problem.slice(0, 200) })
        case 'noEntity':
        case 'noSource':
        case 'missingAlias':
        case 'noDatasource':
          return t(why.reason === 'noEntity' ? 'noAliasEntity' : why.reason)
      }
    },
    [t],
  )
}
