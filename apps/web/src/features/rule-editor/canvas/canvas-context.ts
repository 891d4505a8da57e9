'use client'
import { createContext, use } from 'react'
import type { CanvasActions } from './actions.ts'

const CanvasContext = createContext<CanvasActions | null>(null)
export const CanvasProvider = CanvasContext

/** What can be done on the canvas; the value never changes, so nothing is drawn again for it. */
export const useCanvas = (): CanvasActions => {
  const actions = use(CanvasContext)
  if (!actions) throw new Error('This is not on a canvas')
  return actions
}
