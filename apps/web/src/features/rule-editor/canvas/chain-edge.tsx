'use client'
import { cn } from '@thingwire/ui'
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react'
import { memo } from 'react'
import type { FlowEdge } from './chain-canvas.tsx'
import { useIsWireBusy, WireFigure } from '../live/counters.tsx'

/** An arrow with its labels; each label carries how many messages took it. */
export const ChainEdgeView = memo((p: EdgeProps<FlowEdge>) => {
  const [path, x, y] = getBezierPath(p)
  const labels = p.data?.edge.labels ?? []
  const isBusy = useIsWireBusy(p.source, labels)
  const isFailure = labels.length > 0 && labels.every((label) => label === 'Failure')
  return (
    <>
      <BaseEdge
        id={p.id}
        path={path}
        className={cn(isBusy && 'chain-edge-busy')}
        style={{ stroke: isFailure ? 'var(--tw-danger)' : isBusy ? 'var(--tw-accent)' : 'var(--tw-line-strong)' }}
      />
      <EdgeLabelRenderer>
        <div
          className="pointer-events-none absolute flex flex-col items-center gap-0.5 text-2xs"
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
        >
          {labels.map((label) => (
            <span
              key={label}
              className={cn(
                'rounded-full border bg-canvas px-1.5 leading-4 whitespace-nowrap text-ink-2',
                label === 'Failure' && 'text-danger-text',
              )}
            >
              {label}
              <WireFigure fromNodeId={p.source} label={label} />
            </span>
          ))}
        </div>
      </EdgeLabelRenderer>
    </>
  )
})
ChainEdgeView.displayName = 'ChainEdgeView'
