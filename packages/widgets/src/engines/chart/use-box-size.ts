'use client'
import { type RefObject, useEffect, useState } from 'react'

type Size = { width: number; height: number }

/**
 * Not the widget's size but the box's own: the legend beside it takes a line, then two. Null until all is laid out for the
 * first time; to ask for it earlier would lay out the page for each chart anew.
 */
export const useBoxSize = (box: RefObject<HTMLElement | null>): Size | null => {
  const [size, setSize] = useState<Size | null>(null)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element
      setSize((before) => (before?.width === width && before.height === height ? before : { width, height }))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return size
}
