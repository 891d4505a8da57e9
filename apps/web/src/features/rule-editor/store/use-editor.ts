'use client'
import { createContext, use, useSyncExternalStore } from 'react'
import type { EditorState, EditorStore } from './editor-store.ts'

const EditorContext = createContext<EditorStore | null>(null)
export const EditorProvider = EditorContext

/** The store of the chain that is open; for changing it, and for reading it in event handlers. */
export const useEditorStore = (): EditorStore => {
  const store = use(EditorContext)
  if (!store) throw new Error('No rule chain is open here')
  return store
}

/**
 * A part of the open chain; the component is drawn again when that part is another. `select` must give the same value for
 * the same state: pick what is there rather than building something new.
 */
export const useEditor = <T>(select: (state: EditorState) => T): T => {
  const store = useEditorStore()
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.get()),
    () => select(store.get()),
  )
}

export const useDocument = () => useEditor((state) => state.history.present)
export const useDocNode = (id: string) => useEditor((state) => state.history.present.nodes[id])
