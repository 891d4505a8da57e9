'use client'
import { useSyncExternalStore } from 'react'

const listen = (changed: () => void) => {
  window.addEventListener('resize', changed)
  return () => window.removeEventListener('resize', changed)
}
const usualWidth = 1_280

/** Width of the browser's window, px. */
export const useWindowWidth = (): number =>
  useSyncExternalStore(
    listen,
    () => window.innerWidth,
    () => usualWidth,
  )
