'use client'
import type { RuleChainView } from '@/api/entities.ts'
import { useEditor } from './store/use-editor.ts'

/** What is chosen on the canvas, to be read and changed: one node, one wire, one note. */
export const SidePanel = (_: { chain: RuleChainView }) => {
  const chosen = useEditor(({ selection }) => selection.nodes.size)
  return chosen === 1 ? <aside className="w-[26rem] shrink-0 border-l" /> : null
}
