'use client'
import { useEffect, useMemo, useState } from 'react'

export type FullScreen = { isOn: boolean; toggle: () => void }

/** Over the whole window, with the same content: nothing is fetched or drawn anew. Escape leads back. */
export const useFullScreen = (box: HTMLElement | null): FullScreen => {
  const [isOn, setOn] = useState(false)
  useEffect(() => {
    if (!isOn) return
    box?.focus()
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) setOn(false)
    }
    document.addEventListener('keydown', leave)
    return () => document.removeEventListener('keydown', leave)
  }, [isOn, box])
  return useMemo(() => ({ isOn, toggle: () => setOn((was) => !was) }), [isOn])
}
