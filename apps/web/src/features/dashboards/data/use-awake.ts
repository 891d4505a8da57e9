'use client'
import { useSyncExternalStore } from 'react'

/** Who looks at another tab for a moment comes back to a page that went on. */
const patienceMs = 15_000

const listeners = new Set<() => void>()
let isAsleep = false
let timer: ReturnType<typeof setTimeout> | null = null

const set = (asleep: boolean) => {
  if (isAsleep === asleep) return
  isAsleep = asleep
  for (const listener of [...listeners]) listener()
}

const look = () => {
  if (timer) clearTimeout(timer)
  timer = document.hidden ? setTimeout(() => set(true), patienceMs) : null
  if (!document.hidden) set(false)
}

const listen = (listener: () => void) => {
  if (listeners.size === 0) document.addEventListener('visibilitychange', look)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) document.removeEventListener('visibilitychange', look)
  }
}

/** Whether somebody may be looking at the page: false some time after its tab was hidden. */
export const useAwake = (): boolean =>
  useSyncExternalStore(
    listen,
    () => !isAsleep,
    () => true,
  )
