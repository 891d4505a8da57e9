'use client'
import Link from 'next/link'
import { type ComponentProps, useEffect, useRef, useState } from 'react'

/** Who only passes over a link does not mean it. */
const meansItMs = 80

/**
 * A link to something that takes a moment to open. Its page is fetched ahead when somebody points at it, and so is what
 * `ahead` begins, once: what stands there before any value does.
 */
export const AheadLink = ({ ahead, ...p }: Omit<ComponentProps<typeof Link>, 'prefetch'> & { ahead?: () => void }) => {
  const [isMeant, setMeant] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const mean = () => {
    if (!isMeant) ahead?.()
    setMeant(true)
  }
  return (
    <Link
      {...p}
      prefetch={isMeant}
      onPointerEnter={(event) => {
        timer.current = setTimeout(mean, meansItMs)
        p.onPointerEnter?.(event)
      }}
      onPointerLeave={(event) => {
        clearTimeout(timer.current)
        p.onPointerLeave?.(event)
      }}
      onFocus={(event) => {
        mean()
        p.onFocus?.(event)
      }}
    />
  )
}
