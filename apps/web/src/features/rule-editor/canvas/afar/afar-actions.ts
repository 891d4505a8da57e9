import type { Place } from '../../model/places.ts'
import type { CanvasTools } from '../actions.ts'
import type { ViewActions } from '../view-actions.ts'
import { type Hit, hitAt } from './hit.ts'

/** So far beside a thing of the picture a mouse and a finger may be; px of the screen. */
const reach = { fine: 4, coarse: 14 } as const
/** So large things are once one has gone to them. */
const nearZoom = 0.8

/** Pointing at the picture of a chain that is seen from afar. */
export const afarActions = ({ far, flow, rf, view }: CanvasTools, { show }: ViewActions) => {
  /** What is at a point of the screen; null also when one is near, where everything is there by itself. */
  const hitFromAfar = (at: Place): Hit | null => {
    if (!far.get()) return null
    const isCoarse = window.matchMedia('(pointer: coarse)').matches
    view.settle()
    return hitAt(flow.whole(), rf.screenToFlowPosition(at), (isCoarse ? reach.coarse : reach.fine) / view.zoom())
  }
  return {
    hitFromAfar,
    /** From afar to what is at a point of the screen; false: one is near already. */
    goNear: (at: Place): boolean => {
      if (!far.get()) return false
      const hit = hitFromAfar(at)
      const { x, y } = rf.screenToFlowPosition(at)
      if (hit?.kind === 'node') show(hit.id)
      else void rf.setCenter(x, y, { zoom: nearZoom })
      return true
    },
  }
}
