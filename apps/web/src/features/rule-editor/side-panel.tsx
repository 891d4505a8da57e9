'use client'
import type { RuleChainView } from '@/api/entities.ts'
import { NodePanel } from './panels/node-panel.tsx'
import { useDocument, useEditor } from './store/use-editor.ts'

/** What is chosen on the canvas, to be read and changed: a node, a wire, a note, or several of them. */
export const SidePanel = ({ chain }: { chain: RuleChainView }) => {
  const { nodes, wires, notes } = useEditor((state) => state.selection)
  const document = useDocument()
  const [nodeId] = nodes
  if (nodes.size + wires.size + notes.size !== 1) return null
  const node = nodeId === undefined ? undefined : document.nodes[nodeId]
  return node ? <NodePanel node={node} chain={chain} /> : null
}
