'use client'
import { type PointerEvent as Press, useEffect, useRef } from 'react'
import type { Offer } from './drawn-from.ts'
import { incoming, type Place } from './incoming.ts'

/** Less is a press, px. */
const leastDrag = 5

/** Dragging one offer onto the board. A finger drags by the grip, since it scrolls elsewhere. */
export const useLibraryDrag = (offer: Offer, add: (offer: Offer, to: Place | null) => void) => {
  const stop = useRef<(() => void) | null>(null)
  /** A drag that ends over its card is no press of it. */
  const isDragged = useRef(false)
  useEffect(() => () => stop.current?.(), [])
  const onPointerDown = (event: Press<HTMLElement>) => {
    const isGrip = event.target instanceof Element && event.target.closest('[data-grip]') !== null
    if (event.button !== 0 || (event.pointerType === 'touch' && !isGrip)) return
    const from = { x: event.clientX, y: event.clientY }
    const { pointerId } = event
    isDragged.current = false
    const move = (to: PointerEvent) => {
      if (to.pointerId !== pointerId) return
      const isFar = Math.hypot(to.clientX - from.x, to.clientY - from.y) >= leastDrag
      if (!isDragged.current && !isFar) return
      isDragged.current = true
      to.preventDefault()
      incoming.set({ widget: offer.widget, x: to.clientX, y: to.clientY, target: null })
    }
    const end = () => {
      stop.current?.()
      stop.current = null
      incoming.set(null)
    }
    const up = (to: PointerEvent) => {
      if (to.pointerId !== pointerId) return
      const target = incoming.get()?.target ?? null
      end()
      if (target) add(offer, target)
    }
    const cancel = (to: PointerEvent) => to.pointerId === pointerId && end()
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== 'Escape' || !isDragged.current) return
      key.preventDefault()
      end()
    }
    addEventListener('pointermove', move)
    addEventListener('pointerup', up)
    addEventListener('pointercancel', cancel)
    addEventListener('keydown', onKey, true)
    stop.current = () => {
      removeEventListener('pointermove', move)
      removeEventListener('pointerup', up)
      removeEventListener('pointercancel', cancel)
      removeEventListener('keydown', onKey, true)
    }
  }
  const onClick = () => {
    if (!isDragged.current) add(offer, null)
    isDragged.current = false
  }
  return { onPointerDown, onClick }
}
