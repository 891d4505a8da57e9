import { type MouseEvent, type PointerEvent, useCallback, useEffect, useRef } from 'react'

/** How long a finger rests, ms, and how far it may slip, px. */
export const restMs = 550
export const slip = 8

/** Tells when a finger rests on something. The click that follows when it is lifted is none: `wasRest` says so, once. */
export const useRest = (onRest: () => void) => {
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null)
  const hasRested = useRef(false)
  const stop = useCallback(() => {
    if (waiting.current) clearTimeout(waiting.current.timer)
    waiting.current = null
  }, [])
  useEffect(() => stop, [stop])
  const rest = () => {
    stop()
    hasRested.current = true
    onRest()
  }
  return {
    wasRest: (): boolean => {
      const was = hasRested.current
      hasRested.current = false
      return was
    },
    handlers: {
      onPointerDown: ({ pointerType, clientX: x, clientY: y }: PointerEvent) => {
        stop()
        hasRested.current = false
        if (pointerType === 'touch') waiting.current = { timer: setTimeout(rest, restMs), x, y }
      },
      onPointerMove: ({ clientX, clientY }: PointerEvent) => {
        const from = waiting.current
        if (from && Math.hypot(clientX - from.x, clientY - from.y) > slip) stop()
      },
      onPointerUp: stop,
      onPointerCancel: stop,
      onContextMenu: (event: MouseEvent) => {
        // Browsers tell by this, too, that a finger rests.
        if (waiting.current === null && !hasRested.current) return
        event.preventDefault()
        if (waiting.current) rest()
      },
    },
  }
}
