'use client'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { LogIn } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import type { EntryFlowNode } from './flow.ts'

/** Where messages come in. Its wire is dragged to the node that is to get them first. */
export const EntryView = memo((_: NodeProps<EntryFlowNode>) => {
  const t = useTranslations('chainCanvas')
  return (
    <div className="rule-box relative flex size-full items-center justify-center gap-1 rounded-full border border-ok/40 bg-ok-soft text-2xs font-medium text-ok-text">
      <LogIn aria-hidden className="size-3" />
      {t('entry')}
      <Handle type="source" position={Position.Right} />
    </div>
  )
})
EntryView.displayName = 'EntryView'
