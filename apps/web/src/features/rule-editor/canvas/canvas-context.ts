'use client'
import { createContext, use, useSyncExternalStore } from 'react'
import type { CanvasActions } from './actions.ts'

const CanvasContext = createContext<CanvasActions | null>(null)
export const CanvasProvider = CanvasContext

/** What can be done on the canvas; the value never changes, so nothing is drawn again for it. */
export const useCanvas = (): CanvasActions => {
  const actions = use(CanvasContext)
  if (!actions) throw new Error('This is not on a canvas')
  return actions
}

/** Whether the canvas is seen from so far that texts are not drawn: they could not be read, and there may be thousands. */
export const useIsFar = (): boolean => {
  const { far } = useCanvas()
  return useSyncExternalStore(far.subscribe, far.get, far.get)
}
