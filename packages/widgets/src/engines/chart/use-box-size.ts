'use client'
import { type RefObject, useEffect, useState } from 'react'

/** Not the widget's size but the box's own: the legend beside it takes a line, then two. */
export const useBoxSize = (box: RefObject<HTMLElement | null>, first: { width: number; height: number }) => {
  const [size, setSize] = useState(first)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const read = () => {
      const { clientWidth: width, clientHeight: height } = element
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }))
    }
    // It tells the first size, too, once all is laid out; asking for it here would lay out the page for each chart anew.
    const observer = new ResizeObserver(read)
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return size
}
