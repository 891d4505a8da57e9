'use client'
import { type RefObject, useLayoutEffect, useState } from 'react'

type Size = { width: number; height: number }

/**
 * Not the widget's size but the box's own: the legend beside it takes a line, then two. Null only until it is known, which is
 * before it is first shown. All boxes of a board are read before any is drawn in, so that the page is laid out once for them.
 */
export const useBoxSize = (box: RefObject<HTMLElement | null>): Size | null => {
  const [size, setSize] = useState<Size | null>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const read = () => {
      const { clientWidth: width, clientHeight: height } = element
      setSize((before) => (before?.width === width && before.height === height ? before : { width, height }))
    }
    read()
    const observer = new ResizeObserver(read)
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return size
}
