import type { NodeManifest } from '@thingwire/rules'
import type { Place } from '../model/places.ts'
import type { CanvasActions } from './actions.ts'
import { openMenuOf } from './canvas-menu.tsx'
import { dropType } from './drop-type.ts'
import { wirePointer } from './wire-pointer.ts'

/** A finger that rests so long means more than a touch; one that went so far is on its way. */
const [restMs, slopPx] = [450, 10]

const far = (a: Place, b: Place) => Math.hypot(a.x - b.x, a.y - b.y) > slopPx
const placeOf = ({ clientX, clientY }: PointerEvent): Place => ({ x: clientX, y: clientY })

/**
 * A finger that rests on the canvas opens the menu of what is under it. Some browsers ask for that menu by themselves:
 * then there is one all the same. Ends with the function that it gives.
 */
export const startLongPress = (canvas: CanvasActions, room: HTMLElement): (() => void) => {
  let rest: ReturnType<typeof setTimeout> | undefined
  let start: { id: number; at: Place; on: Element } | null = null
  let isOpened = false
  const end = () => {
    clearTimeout(rest)
    start = null
  }
  const onDown = (event: PointerEvent) => {
    isOpened = false
    const isSecond = start !== null
    end()
    if (event.pointerType !== 'touch' || isSecond || !event.isPrimary || !(event.target instanceof Element)) return
    start = { id: event.pointerId, at: placeOf(event), on: event.target }
    rest = setTimeout(() => {
      if (!start) return
      isOpened = true
      openMenuOf(canvas, start.on, start.at)
      end()
    }, restMs)
  }
  const onMove = (event: PointerEvent) => {
    if (start?.id === event.pointerId && far(start.at, placeOf(event))) end()
  }
  const onMenu = (event: Event) => {
    end()
    if (!isOpened) return
    event.preventDefault()
    event.stopPropagation()
  }
  /** That finger, let go, touches nothing: a click would close what it has opened. */
  const onLift = (event: TouchEvent) => {
    if (isOpened && event.cancelable) event.preventDefault()
  }
  room.addEventListener('pointerdown', onDown, { capture: true })
  room.addEventListener('contextmenu', onMenu, { capture: true })
  room.addEventListener('touchend', onLift, { capture: true, passive: false })
  window.addEventListener('pointermove', onMove)
  for (const type of ['pointerup', 'pointercancel'] as const) window.addEventListener(type, end)
  return () => {
    end()
    room.removeEventListener('pointerdown', onDown, { capture: true })
    room.removeEventListener('contextmenu', onMenu, { capture: true })
    room.removeEventListener('touchend', onLift, { capture: true })
    window.removeEventListener('pointermove', onMove)
    for (const type of ['pointerup', 'pointercancel'] as const) window.removeEventListener(type, end)
  }
}

/**
 * A finger takes a type out of the palette: sideways at once, or in any direction after a rest, because up and down
 * scrolls the list. Until it is let go, `canvas.carried` says what is where.
 */
export const carryByTouch = (
  canvas: CanvasActions,
  manifest: NodeManifest,
  row: HTMLElement,
  down: PointerEvent,
): void => {
  if (down.pointerType !== 'touch') return
  const from = placeOf(down)
  const wire = wirePointer()
  const isCarried = () => canvas.carried.get() !== null
  const carry = (at: Place) => {
    canvas.carried.set({ manifest, at })
    wire.pointAt(isOver(at) ? at : null)
  }
  const isOver = ({ x, y }: Place): boolean => {
    const rect = canvas.box.current?.getBoundingClientRect()
    return rect !== undefined && x > rect.left && x < rect.right && y > rect.top && y < rect.bottom
  }
  const rest = setTimeout(() => carry(from), restMs)
  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return
    const at = placeOf(event)
    if (isCarried()) carry(at)
    else if (far(from, at)) {
      clearTimeout(rest)
      if (Math.abs(at.x - from.x) > Math.abs(at.y - from.y)) carry(at)
      else end()
    }
  }
  const onUp = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return
    const at = placeOf(event)
    const id = wire.take()
    const wasCarried = isCarried()
    end()
    if (wasCarried && event.type === 'pointerup' && isOver(at)) dropType(canvas, manifest, at, id)
  }
  /** What is carried does not scroll the list that it came from. */
  const onTouch = (event: TouchEvent) => {
    if (isCarried() && event.cancelable) event.preventDefault()
  }
  /** The touch was a drag, not a choice. */
  const onClick = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  const end = () => {
    clearTimeout(rest)
    wire.take()
    if (isCarried()) {
      row.addEventListener('click', onClick, { capture: true, once: true })
      setTimeout(() => row.removeEventListener('click', onClick, { capture: true }), 0)
    }
    canvas.carried.set(null)
    row.removeEventListener('pointermove', onMove)
    for (const type of ['pointerup', 'pointercancel'] as const) row.removeEventListener(type, onUp)
    row.removeEventListener('touchmove', onTouch)
  }
  row.addEventListener('pointermove', onMove)
  for (const type of ['pointerup', 'pointercancel'] as const) row.addEventListener(type, onUp)
  row.addEventListener('touchmove', onTouch, { passive: false })
}
