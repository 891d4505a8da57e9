'use client'
import { useCallback, useLayoutEffect, useState, useSyncExternalStore } from 'react'

type Size = { width: number; height: number }

/** Inner size of an element without padding, px; zero until measured, which is before it is first shown. */
export const useElementSize = (element: HTMLElement | null): Size => {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  useLayoutEffect(() => {
    if (!element) return
    const set = (width: number, height: number) =>
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }))
    set(element.clientWidth, element.clientHeight)
    const observer = new ResizeObserver(([entry]) => {
      if (entry) set(Math.round(entry.contentRect.width), Math.round(entry.contentRect.height))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return size
}

type Clock = { now: number; listeners: Set<() => void>; stop: () => void }
const clocks = new Map<number, Clock>()

const clockOf = (intervalMs: number): Clock => {
  const clock = clocks.get(intervalMs) ?? { now: Date.now(), listeners: new Set(), stop: () => {} }
  clocks.set(intervalMs, clock)
  return clock
}

const startClock = (clock: Clock, intervalMs: number) => {
  const tick = () => {
    if (document.hidden) return
    clock.now = Date.now()
    for (const listener of [...clock.listeners]) listener()
  }
  tick()
  const timer = setInterval(tick, intervalMs)
  document.addEventListener('visibilitychange', tick)
  clock.stop = () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  }
}

/**
 * The present moment, moving on every `intervalMs`; standing still for null, and while the tab is hidden. All who ask for
 * the same interval move on together, so that they are drawn in one go.
 */
export const useTick = (intervalMs: number | null): number => {
  const listen = useCallback(
    (listener: () => void) => {
      if (intervalMs === null) return () => {}
      const clock = clockOf(intervalMs)
      clock.listeners.add(listener)
      if (clock.listeners.size === 1) startClock(clock, intervalMs)
      return () => {
        clock.listeners.delete(listener)
        if (clock.listeners.size === 0) clock.stop()
      }
    },
    [intervalMs],
  )
  const read = () => clockOf(intervalMs ?? 0).now
  return useSyncExternalStore(listen, read, read)
}
