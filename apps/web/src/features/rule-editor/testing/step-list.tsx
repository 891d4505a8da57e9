'use client'
import type { ChainTestStep } from '@thingwire/contracts'
import { cn } from '@thingwire/ui'
import { ArrowRight, ChevronRight, CircleDot } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Payload, excerptOf } from './payload.tsx'
import { useShowNode } from './use-show-node.ts'

type Props = {
  steps: readonly ChainTestStep[]
  /** Steps that another run did not take in the same way. */
  marked?: ReadonlySet<number>
  label: string
}

/** The way of a message: each node it left, by which connection, and with what. */
export const StepList = ({ steps, marked, label }: Props) => {
  const t = useTranslations('chainTesting')
  if (steps.length === 0) return <p className="text-xs text-ink-3">{t('noSteps')}</p>
  return (
    <ol aria-label={label} className="grid grid-cols-[minmax(0,1fr)]">
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no id, and the list of a run never changes
        <Step key={index} step={step} number={index + 1} isMarked={marked?.has(index) ?? false} />
      ))}
    </ol>
  )
}

const Step = ({ step, number, isMarked }: { step: ChainTestStep; number: number; isMarked: boolean }) => {
  const t = useTranslations('chainTesting')
  const show = useShowNode(step.chain, step.node)
  return (
    <li className={cn('border-b border-line/60 last:border-b-0', isMarked && 'bg-warn-soft')}>
      <details className="group">
        <summary className="flex min-h-7 cursor-default list-none items-center gap-1.5 rounded-sm px-1 text-xs hover:bg-hover pointer-coarse:min-h-10 [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            className="size-3 shrink-0 text-ink-3 transition-transform duration-100 group-open:rotate-90"
          />
          <span className="w-5 shrink-0 text-right text-2xs text-ink-3 tabular-nums">{number}</span>
          <span className="max-w-[40%] shrink-0 truncate font-medium text-ink">{step.node}</span>
          <ArrowRight aria-hidden className="size-3 shrink-0 text-ink-3" />
          <span className={cn('shrink-0', step.error === null ? 'text-ink-2' : 'font-medium text-danger-text')}>
            {step.connection ?? t('kept')}
          </span>
          {step.isEnd ? (
            <span title={t('endText')} className="inline-flex shrink-0 items-center gap-1 text-2xs text-ink-3">
              <CircleDot aria-hidden className="size-3" />
              {t('end')}
            </span>
          ) : null}
          <span className="min-w-0 flex-1 truncate text-right font-mono text-2xs text-ink-3">
            {step.error ?? excerptOf(step.data)}
          </span>
        </summary>
        <div className="grid gap-2 py-2 pr-1 pl-10 text-xs">
          {step.error === null ? null : <p className="break-words text-danger-text">{step.error}</p>}
          <p className="flex flex-wrap gap-x-4 gap-y-1 text-ink-2">
            <span>{step.type}</span>
            {show.isElsewhere ? <span>{t('inChain', { chain: step.chain })}</span> : null}
            {show.run ? (
              <button type="button" onClick={show.run} className="text-accent-text hover:underline">
                {t('showNode')}
              </button>
            ) : null}
          </p>
          <Payload text={step.data} label={t('data')} />
          {Object.keys(step.metadata).length > 0 ? (
            <Payload text={JSON.stringify(step.metadata)} label={t('metadata')} />
          ) : null}
        </div>
      </details>
    </li>
  )
}
