'use client'
import { useOpenChainName } from './open-chain.tsx'
import { useEditor, useEditorStore } from '../store/use-editor.ts'

/** Reports name nodes, not their ids; a name that several nodes have leads nowhere. */
export const useShowNode = (
  chainName: string,
  nodeName: string,
): { run: (() => void) | null; isElsewhere: boolean } => {
  const store = useEditorStore()
  const own = useOpenChainName()
  const isElsewhere = chainName !== own
  const id = useEditor(({ history }) => {
    if (isElsewhere) return null
    let found: string | null = null
    for (const node of Object.values(history.present.nodes)) {
      if (node.name !== nodeName) continue
      if (found !== null) return null
      found = node.id
    }
    return found
  })
  return { run: id === null ? null : () => store.select({ nodes: new Set([id]) }), isElsewhere }
}
