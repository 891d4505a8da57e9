import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { ScriptProblem } from './script-problem.ts'

const valueTypes = ['text', 'number', 'flag', 'null', 'list', 'object', 'function'] as const
const kinds = ['filter', 'switch', 'update', 'generate', 'string', 'json'] as const

/** A problem of a script, in a sentence. */
export const useProblemWords = (): ((problem: ScriptProblem) => string) => {
  const t = useTranslations('chainScripts')
  return useCallback(
    ({ key, values }) => {
      if (key !== 'wrongResult') return t(`problem.${key}`, { ...values })
      const type = valueTypes.find((one) => one === values.type) ?? 'object'
      const kind = kinds.find((one) => one === values.kind) ?? 'json'
      return t('problem.wrongResult', { type: t(`valueType.${type}`), wanted: t(`wanted.${kind}`) })
    },
    [t],
  )
}
