import type { Place } from '../../model/places.ts'
import type { CanvasActions } from '../actions.ts'

/**
 * What of the picture a mouse is on: it is lit, and a node is there for React Flow, so that it can be taken hold of. Ends
 * with the function that it gives.
 */
export const startPointing = (canvas: CanvasActions, box: HTMLElement): (() => void) => {
  const { flow, over, view, hitFromAfar } = canvas
  let at: Place | null = null
  let frame = 0
  const pointAt = (place: Place | null) => {
    const hit = place && hitFromAfar(place)
    over.set(hit?.id ?? null)
    flow.point(hit?.kind === 'node' ? hit.id : null)
    if (hit) box.dataset.over = hit.kind
    else delete box.dataset.over
  }
  const look = () => {
    frame = 0
    pointAt(view.isHeld ? null : at)
  }
  const onMove = (event: PointerEvent) => {
    // A finger points when it is down only, and then it drags.
    if (event.buttons !== 0 || event.pointerType === 'touch') return
    const isOver = event.target instanceof Element && event.target.closest('.react-flow__pane') !== null
    at = isOver ? { x: event.clientX, y: event.clientY } : null
    frame ||= requestAnimationFrame(look)
  }
  const onLeave = () => {
    at = null
    frame ||= requestAnimationFrame(look)
  }
  /** A hand that presses at once means what it is on now. */
  const onDown = () => {
    // A frame that the browser took from the hand was never let go of.
    flow.frame(false)
    if (frame === 0) return
    cancelAnimationFrame(frame)
    look()
  }
  const onView = () => {
    if (over.get() !== null && flow.dragged().size === 0) pointAt(null)
  }
  box.addEventListener('pointermove', onMove)
  box.addEventListener('pointerleave', onLeave)
  box.addEventListener('pointerdown', onDown, { capture: true })
  const end = view.watch(onView)
  return () => {
    cancelAnimationFrame(frame)
    box.removeEventListener('pointermove', onMove)
    box.removeEventListener('pointerleave', onLeave)
    box.removeEventListener('pointerdown', onDown, { capture: true })
    end()
    pointAt(null)
  }
}
