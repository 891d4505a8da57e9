'use client'
import { useEffect, useRef, useState } from 'react'

type Click = Pick<MouseEvent, 'button' | 'metaKey' | 'ctrlKey' | 'shiftKey' | 'altKey'>

/** A click that leads away from here; with a modifier key the link opens elsewhere. */
export const followsLink = (click: Click, target: Pick<Element, 'closest'> | null): boolean =>
  click.button === 0 &&
  !(click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) &&
  !!target?.closest('a[href]:not([download],[target=_blank])')

/** Hands over the newest of its calls after a pause, unless it is cancelled before. */
export const createDelay = <T>(delayMs: number, run: (value: T) => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const cancel = () => clearTimeout(timer)
  return {
    call: (value: T) => {
      cancel()
      timer = setTimeout(() => run(value), delayMs)
    },
    cancel,
  }
}

const pauseMs = 200

export type DelayedSearch = { text: string; type: (text: string) => void; cancel: () => void }

/**
 * Typing asks the server only after a pause; a change from outside (back button) shows at once. Who follows a link within
 * the pause does not want the answer any more, and a late change of the address would undo the way to the next page.
 */
export const useDelayedSearch = (value: string, onChange: (value: string) => void): DelayedSearch => {
  const [text, setText] = useState(value)
  const asked = useRef(value)
  const box = useRef(onChange)
  const [delay] = useState(() =>
    createDelay(pauseMs, (next: string) => {
      if (next === asked.current) return
      asked.current = next
      box.current(next)
    }),
  )
  useEffect(() => {
    box.current = onChange
  })
  useEffect(() => {
    if (value === asked.current) return
    asked.current = value
    delay.cancel()
    setText(value)
  }, [value, delay])
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      if (followsLink(event, event.target instanceof Element ? event.target : null)) delay.cancel()
    }
    document.addEventListener('click', onClick, true)
    return () => {
      document.removeEventListener('click', onClick, true)
      delay.cancel()
    }
  }, [delay])
  return {
    text,
    type: (next) => {
      setText(next)
      delay.call(next)
    },
    cancel: delay.cancel,
  }
}
