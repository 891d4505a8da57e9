'use client'
import { cn } from '@thingwire/ui'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { Server, SkipForward, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { NodeFigures } from '../live/counters.tsx'
import { useNodeTrace } from '../live/live-chain.tsx'
import { NodeBadges } from '../live/node-badges.tsx'
import { useNodeProblems } from '../store/use-problems.ts'
import { NodeIcon } from '../node-icon.tsx'
import type { DocNode } from '../model/document.ts'
import { useIsFar } from './canvas-context.ts'
import type { RuleFlowNode } from './flow.ts'

/** A rule node on the canvas. */
export const NodeView = memo(({ data: { doc, look, outs }, selected }: NodeProps<RuleFlowNode>) => {
  const trace = useNodeTrace(doc.id)
  const isFar = useIsFar()
  return (
    <div
      className={cn(
        'rule-box relative flex size-full items-center gap-2.5 rounded-lg border bg-surface pr-2.5 pl-2 shadow-card',
        look.trouble && 'border-dashed border-warn',
        doc.bypass && 'border-dashed bg-sunken',
        selected ? 'border-accent ring-2 ring-accent/25' : 'hover:border-line-strong',
        trace && (trace.hasFailed ? 'border-danger ring-2 ring-danger/25' : 'border-accent ring-2 ring-accent/25'),
        trace?.isCurrent && (trace.hasFailed ? 'ring-4 ring-danger/40' : 'ring-4 ring-accent/40'),
      )}
    >
      {look.hasInput ? <Handle type="target" position={Position.Left} /> : null}
      <span className="flex min-w-0 flex-1 items-center gap-2.5">
        <span className={cn('shrink-0', doc.bypass && 'opacity-50 grayscale')}>
          <NodeIcon node={look} />
        </span>
        {isFar ? null : <NodeText doc={doc} typeName={look.typeName} />}
      </span>
      {isFar ? null : <Marks doc={doc} />}
      {trace ? <TraceStep step={trace.step} hasFailed={trace.hasFailed} /> : null}
      {isFar ? null : <NodeNumber no={doc.no} />}
      {look.hasOutput || outs > 0 ? <Handle type="source" position={Position.Right} /> : null}
    </div>
  )
})
NodeView.displayName = 'NodeView'

const NodeText = ({ doc, typeName }: { doc: DocNode; typeName: string }) => (
  <span className="min-w-0 flex-1">
    <span
      className={cn(
        'block truncate text-sm leading-4.5 font-medium',
        doc.bypass ? 'text-ink-3 line-through' : 'text-ink',
      )}
    >
      {doc.name}
    </span>
    <Subtitle doc={doc} typeName={typeName} />
  </span>
)

const Subtitle = ({ doc, typeName }: { doc: DocNode; typeName: string }) => {
  const t = useTranslations('chainCanvas')
  const line = 'block truncate text-2xs leading-4 text-ink-3'
  if (!doc.bypass)
    return (
      <NodeFigures nodeId={doc.id}>
        <span className={line}>{typeName}</span>
      </NodeFigures>
    )
  const { label } = doc.bypass
  return <span className={line}>{label === null ? t('bypassed') : t('bypassedAlong', { label })}</span>
}

const Marks = ({ doc }: { doc: DocNode }) => {
  const t = useTranslations('chainCanvas')
  return (
    <span className="flex shrink-0 items-center gap-1">
      {doc.bypass ? <SkipForward aria-hidden className="size-3.5 text-ink-3" /> : null}
      <ProblemMark id={doc.id} />
      {doc.isSingleton ? (
        <span title={t('isSingleton')}>
          <Server aria-hidden className="size-3.5 text-ink-3" />
        </span>
      ) : null}
      <NodeBadges nodeId={doc.id} />
    </span>
  )
}

const NodeNumber = ({ no }: { no: number | undefined }) => {
  const t = useTranslations('chainCanvas')
  return no === undefined ? null : (
    <span
      aria-hidden
      className="pointer-events-none absolute right-1 -bottom-4 text-2xs leading-4 text-ink-3 tabular-nums"
    >
      {t('number', { no })}
    </span>
  )
}

const TraceStep = ({ step, hasFailed }: { step: number; hasFailed: boolean }) => {
  const t = useTranslations('chainCanvas')
  return (
    <span
      title={t('traceStep', { step })}
      className={cn(
        'absolute -top-2.5 -left-2 flex h-5 min-w-5 items-center justify-center rounded-full px-1 text-2xs font-semibold tabular-nums',
        hasFailed ? 'bg-danger text-danger-ink' : 'bg-accent text-accent-ink',
      )}
    >
      {step}
    </span>
  )
}

/** The worst that is wrong with a node; the list below the canvas says all of it. */
const ProblemMark = ({ id }: { id: string }) => {
  const t = useTranslations('chainCanvas')
  const problems = useNodeProblems(id)
  const errors = problems.filter((one) => one.severity === 'error').length
  const warnings = problems.filter((one) => one.severity === 'warning').length
  if (errors + warnings === 0) return null
  const text = t('problems', { errors, warnings })
  return (
    <span title={text}>
      <TriangleAlert aria-hidden className={cn('size-4', errors > 0 ? 'text-danger-text' : 'text-warn-text')} />
      <span className="sr-only">{text}</span>
    </span>
  )
}
