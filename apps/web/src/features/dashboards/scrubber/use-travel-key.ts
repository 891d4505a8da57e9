'use client'
import { useEffect } from 'react'
import type { Travel } from './travel-context.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** T begins and ends the journey, wherever the focus is but where somebody types. */
export const useTravelKey = ({ clock, enter, leave }: Travel, isOn: boolean) => {
  useEffect(() => {
    if (!isOn) return
    const listen = (event: KeyboardEvent) => {
      const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
      if (event.key !== 't' || !isPlain || event.defaultPrevented || isTyping(event.target)) return
      event.preventDefault()
      if (clock) leave()
      else enter()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [clock, enter, leave, isOn])
}
