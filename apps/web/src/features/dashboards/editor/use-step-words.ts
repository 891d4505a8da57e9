'use client'
import { useTranslations } from 'next-intl'
import type { EditStep } from './store/editor-store.ts'

/** What a step did, for undo and redo. */
export const useStepWords = (): ((step: EditStep) => string) => {
  const t = useTranslations('dashboardEditor')
  return (step) => {
    if (typeof step === 'string') return t(`deed.${step}`)
    const word = t(`step.${step.key}`, { count: step.count })
    return step.title ? `${word} “${step.title}”` : word
  }
}
