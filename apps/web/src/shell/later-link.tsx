'use client'
import Link from 'next/link'
import { type ComponentProps, useState, useSyncExternalStore } from 'react'

/** So long after the first link stands the page is taken to be there. */
const settledMs = 4_000

let isSettled = false
const listeners = new Set<() => void>()

const listen = (listener: () => void) => {
  if (listeners.size === 0 && !isSettled) setTimeout(settle, settledMs)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const settle = () => {
  isSettled = true
  for (const listener of [...listeners]) listener()
}

/**
 * A link whose page is fetched ahead only once the present one has had time to open, or when somebody points at it: the
 * links of a whole menu would else compete with what was asked for.
 */
export const LaterLink = (p: Omit<ComponentProps<typeof Link>, 'prefetch'>) => {
  const isLater = useSyncExternalStore(
    listen,
    () => isSettled,
    () => false,
  )
  const [isPointed, setPointed] = useState(false)
  return (
    <Link
      {...p}
      prefetch={isLater || isPointed ? null : false}
      onPointerEnter={(event) => {
        setPointed(true)
        p.onPointerEnter?.(event)
      }}
      onFocus={(event) => {
        setPointed(true)
        p.onFocus?.(event)
      }}
    />
  )
}
