'use client'
import type { RuleChainView } from '@/api/rule-chains.ts'
import dynamic from 'next/dynamic'
import { BottomPanel } from './bottom-panel.tsx'
import { SidePanel } from './side-panel.tsx'

/** Fetches the code of the canvas, unless it is there. */
export const loadCanvas = () => import('./canvas/chain-canvas.tsx')

// The flow library is only wanted here, and has nothing to say to a server.
const ChainCanvas = dynamic(async () => (await loadCanvas()).ChainCanvas, { ssr: false })

/** Palette and canvas, what is chosen beside them, what happens in the chain below. */
export const EditorLayout = ({ chain }: { chain: RuleChainView }) => (
  <div className="flex min-h-0 flex-1 flex-col">
    <div data-editor className="relative flex min-h-0 flex-1 overflow-hidden max-sm:flex-col">
      <ChainCanvas ruleChainId={chain.id.id} />
      <SidePanel chain={chain} />
    </div>
    <BottomPanel chain={chain} />
  </div>
)
