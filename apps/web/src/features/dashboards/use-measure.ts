'use client'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'

/** Inner size of the element, px; zero until measured. */
export const useElementSize = (element: HTMLElement | null): { width: number; height: number } => {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      const { width, height } = entry.contentRect
      setSize({ width: Math.round(width), height: Math.round(height) })
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
