'use client'
import { cn } from '@thingwire/ui'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { Bug, LogIn, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import type { FlowNode } from './chain-canvas.tsx'
import { NodeFigures } from '../live/counters.tsx'
import { NodeIcon } from '../node-icon.tsx'

export const ChainNodeView = memo(({ data: { node }, selected }: NodeProps<FlowNode>) => {
  const t = useTranslations('ruleChain')
  return (
    <div
      className={cn(
        'relative flex size-full items-center gap-2.5 rounded-lg border bg-surface pr-2.5 pl-2 shadow-card transition-shadow duration-100 hover:border-line-strong',
        node.trouble && 'border-dashed border-warn',
        selected && 'border-accent ring-2 ring-accent/25 hover:border-accent',
      )}
    >
      {node.isEntry ? (
        <span className="absolute -top-5.5 left-0 inline-flex items-center gap-1 text-2xs font-medium text-ok-text">
          <LogIn aria-hidden className="size-3" />
          {t('entry')}
        </span>
      ) : null}
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <NodeIcon node={node} />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm leading-4.5 font-medium text-ink">{node.name}</span>
        <NodeFigures nodeId={node.id}>
          <span className="block truncate text-2xs leading-4 text-ink-3">{node.typeName}</span>
        </NodeFigures>
      </span>
      {node.trouble ? <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn-text" /> : null}
      {node.isDebugged ? <Bug aria-hidden className="size-3.5 shrink-0 text-ink-3" /> : null}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  )
})
ChainNodeView.displayName = 'ChainNodeView'
