'use client'
import type { RuleChainView } from '@/api/entities.ts'
import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { BottomPanel } from './bottom-panel.tsx'
import { toGraph } from './canvas/graph.ts'
import { findManifest } from './catalogue.ts'
import { toData } from './model/document.ts'
import { SidePanel } from './side-panel.tsx'
import { useDocument, useEditor, useEditorStore } from './store/use-editor.ts'

// The flow library is only wanted here, and has nothing to say to a server.
const ChainCanvas = dynamic(async () => (await import('./canvas/chain-canvas.tsx')).ChainCanvas, { ssr: false })

/** Canvas in the middle, what is chosen beside it, what happens in the chain below. */
export const EditorLayout = ({ chain }: { chain: RuleChainView }) => {
  const store = useEditorStore()
  const document = useDocument()
  const graph = useMemo(() => toGraph({ ...toData(document).metadata }, findManifest), [document])
  const selectedId = useEditor(({ selection }) => [...selection.nodes][0] ?? null)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="relative flex min-h-0 flex-1 overflow-hidden">
        <div className="relative min-w-0 flex-1">
          <ChainCanvas
            graph={graph}
            selectedId={selectedId}
            onSelect={(id) => store.select(id === null ? {} : { nodes: new Set([id]) })}
          />
        </div>
        <SidePanel chain={chain} />
      </div>
      <BottomPanel chain={chain} />
    </div>
  )
}
