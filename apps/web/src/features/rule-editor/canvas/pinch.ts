import type { Place } from '../model/places.ts'
import type { CanvasActions } from './actions.ts'
import { zooms } from './view/view.ts'

/** Where two fingers are, and how far from each other. */
const gripOf = ([a, b]: readonly Touch[]): { middle: Place; apart: number } | null =>
  a && b
    ? {
        middle: { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 },
        apart: Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)),
      }
    : null

/**
 * Two fingers move and zoom the view wherever they are put down: what the first of them began to drag goes back to its
 * place, and until both are lifted nothing else is done. Ends with the function that it gives.
 */
export const startPinch = ({ box, flow, hand, rf, view }: CanvasActions, room: HTMLElement): (() => void) => {
  /** The point of the canvas between the fingers, how far they were apart then, and at which zoom. */
  let held: { point: Place; apart: number; zoom: number } | null = null
  const fingers = ({ touches }: TouchEvent) =>
    [...touches].filter(({ target }) => target instanceof Node && room.contains(target))
  const middleIn = ({ x, y }: Place): Place => {
    const { left, top } = room.getBoundingClientRect()
    return { x: x - left, y: y - top }
  }
  const onStart = (event: TouchEvent) => {
    const grip = gripOf(fingers(event))
    if (!grip) return
    event.stopPropagation()
    if (held) return
    flow.callOff()
    if (box.current?.dataset.connecting !== undefined) hand.isCalledOff = true
    const { x, y, zoom } = view.now()
    const middle = middleIn(grip.middle)
    held = { point: { x: (middle.x - x) / zoom, y: (middle.y - y) / zoom }, apart: grip.apart, zoom }
  }
  const onMove = (event: TouchEvent) => {
    if (!held) return
    event.stopPropagation()
    if (event.cancelable) event.preventDefault()
    const grip = gripOf(fingers(event))
    // One finger is left: it is lifted, too.
    if (!grip) return
    const zoom = Math.min(zooms.most, Math.max(zooms.least, (held.zoom * grip.apart) / held.apart))
    const middle = middleIn(grip.middle)
    void rf.setViewport({ x: middle.x - held.point.x * zoom, y: middle.y - held.point.y * zoom, zoom })
  }
  const onEnd = (event: TouchEvent) => {
    if (fingers(event).length === 0) held = null
  }
  room.addEventListener('touchstart', onStart, { capture: true })
  room.addEventListener('touchmove', onMove, { capture: true, passive: false })
  for (const type of ['touchend', 'touchcancel'] as const) room.addEventListener(type, onEnd, { capture: true })
  return () => {
    room.removeEventListener('touchstart', onStart, { capture: true })
    room.removeEventListener('touchmove', onMove, { capture: true })
    for (const type of ['touchend', 'touchcancel'] as const) room.removeEventListener(type, onEnd, { capture: true })
  }
}
