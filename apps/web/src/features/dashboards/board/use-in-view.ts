'use client'
import { useEffect, useState } from 'react'

/** How far outside of the window something counts as seen, so that it stands there when it is scrolled to. */
const margin = '240px'

/** Whether the element is near what is seen of the page. */
export const useInView = (element: Element | null): boolean => {
  const [inView, setInView] = useState(false)
  useEffect(() => {
    if (!element) return
    const observer = new IntersectionObserver((entries) => setInView(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: margin,
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return inView
}
