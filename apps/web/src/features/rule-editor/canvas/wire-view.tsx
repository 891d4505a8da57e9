'use client'
import { cn } from '@thingwire/ui'
import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useIsWireBusy, WireFigure } from '../live/counters.tsx'
import { useWireTrace } from '../live/live-chain.tsx'
import { useIsFar } from './canvas-context.ts'
import type { EntryFlowEdge, WireFlowEdge } from './flow.ts'
import { labelsPlace, wirePath } from './wire-path.ts'

/** More labels than this are counted instead of written. */
const mostLabels = 4
const noLabels: readonly string[] = []

/** An arrow with its labels; each label carries how many messages took it. */
export const WireView = memo((p: EdgeProps<WireFlowEdge>) => {
  const { path, x, y } = wirePath(p)
  const wire = p.data?.wire
  const labels = wire?.labels ?? noLabels
  const busy = useIsWireBusy(p.source, labels)
  const trace = useWireTrace(p.id)
  const isFar = useIsFar()
  const failure = labels.length > 0 && labels.every((label) => label === 'Failure')
  const strong = p.selected === true || trace !== undefined
  const failed = trace ? trace.hasFailed : failure && !p.selected
  return (
    <>
      <BaseEdge
        id={p.id}
        path={path}
        interactionWidth={18}
        className={cn(busy && 'wire-busy', strong && 'wire-strong', failed && 'wire-failed')}
      />
      {isFar ? null : <Labels id={p.id} from={p.source} labels={labels} x={x} y={y} isSelected={p.selected === true} />}
    </>
  )
})
WireView.displayName = 'WireView'

type LabelsProps = {
  id: string
  from: string
  labels: readonly string[]
  x: number
  y: number
  isSelected: boolean
}
const Labels = (p: LabelsProps) => (
  <EdgeLabelRenderer>
    <div
      data-wire={p.id}
      className={cn(
        'wire-labels absolute flex size-0 cursor-pointer flex-col items-center justify-center gap-0.5 text-2xs',
        p.isSelected && 'is-selected',
      )}
      style={labelsPlace(p.x, p.y)}
    >
      {p.labels.slice(0, mostLabels).map((label) => (
        <span key={label} className={cn('wire-label', label === 'Failure' && 'text-danger-text')}>
          {label}
          <WireFigure fromNodeId={p.from} label={label} />
        </span>
      ))}
      {p.labels.length > mostLabels ? <span className="wire-label">+{p.labels.length - mostLabels}</span> : null}
    </div>
  </EdgeLabelRenderer>
)

/** From the mark of the entry to the first node. */
export const EntryWireView = memo((p: EdgeProps<EntryFlowEdge>) => (
  <BaseEdge id={p.id} path={wirePath(p).path} interactionWidth={18} className="wire-entry" />
))
EntryWireView.displayName = 'EntryWireView'
