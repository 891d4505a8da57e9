'use client'
import { cn } from '@thingwire/ui'
import { CircleCheck, CircleDashed, CircleX, History, LoaderCircle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { TestState } from './test-runs.ts'

const icons = { new: CircleDashed, running: LoaderCircle, passed: CircleCheck, failed: CircleX, stale: History }
const tones = {
  new: 'text-ink-3',
  running: 'text-ink-3 animate-spin',
  passed: 'text-ok-text',
  failed: 'text-danger-text',
  stale: 'text-ink-3',
}

/** How a test stands, as a picture with a name. */
export const TestMark = ({ state, className }: { state: TestState; className?: string }) => {
  const t = useTranslations('chainTesting')
  const Icon = icons[state]
  return (
    <span title={t(`state.${state}`)} className={cn('inline-flex shrink-0', className)}>
      <Icon aria-hidden className={cn('size-4', tones[state])} />
      <span className="sr-only">{t(`state.${state}`)}</span>
    </span>
  )
}
