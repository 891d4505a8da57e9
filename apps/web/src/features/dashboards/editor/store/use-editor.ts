'use client'
import type { DashboardContradiction, EditedDashboard } from '@thingwire/dashboards/edit'
import { createContext, use, useSyncExternalStore } from 'react'
import type { Autosave } from '../../../drafts/autosave.ts'
import type { EditorState, EditorStore } from './editor-store.ts'

type OpenEditor = { store: EditorStore; saving: Autosave<EditedDashboard, DashboardContradiction>; dashboardId: string }

const EditorContext = createContext<OpenEditor | null>(null)
export const EditorProvider = EditorContext

/** The dashboard that is open for editing. */
export const useOpenEditor = (): OpenEditor => {
  const editor = use(EditorContext)
  if (!editor) throw new Error('No dashboard is open for editing here')
  return editor
}

export const useEditorStore = (): EditorStore => useOpenEditor().store

/** A part of the editor's state; `select` must give the same value for the same state. */
export const useEditor = <T>(select: (state: EditorState) => T): T => {
  const store = useEditorStore()
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.get()),
    () => select(store.get()),
  )
}

export const useConfiguration = () => useEditor((state) => state.history.present.configuration)
export const useSelection = () => useEditor((state) => state.selection)
