'use client'
import type { RuleChainView } from '@/api/rule-chains.ts'
import { BottomPanel } from './bottom-panel.tsx'
import { SidePanel } from './side-panel.tsx'

export type CanvasCode = Awaited<ReturnType<typeof loadCanvas>>

/** Fetches the code of the canvas, unless it is there: the flow library is only wanted here. */
export const loadCanvas = () => import('./canvas/chain-canvas.tsx')

type Props = { chain: RuleChainView; canvas: CanvasCode }

/** Palette and canvas, what is chosen beside them, what happens in the chain below. */
export const EditorLayout = ({ chain, canvas: { ChainCanvas } }: Props) => (
  <div className="flex min-h-0 flex-1 flex-col">
    <div data-editor className="relative flex min-h-0 flex-1 overflow-hidden max-sm:flex-col">
      <ChainCanvas ruleChainId={chain.id.id} />
      <SidePanel chain={chain} />
    </div>
    <BottomPanel chain={chain} />
  </div>
)
