'use client'
import { useLayoutEffect, useState } from 'react'

/** How far outside of the window something counts as seen, px, so that it stands there when it is scrolled to. */
const marginPx = 240

const isNear = ({ top, bottom, left, right }: DOMRect): boolean =>
  bottom > -marginPx && top < innerHeight + marginPx && right > -marginPx && left < innerWidth + marginPx

/** Whether the element is near what is seen of the page. */
export const useInView = (element: Element | null): boolean => {
  const [inView, setInView] = useState(false)
  useLayoutEffect(() => {
    if (!element) return
    // The observer would tell a frame later, and all that is begun then comes a frame later.
    setInView(isNear(element.getBoundingClientRect()))
    const observer = new IntersectionObserver((entries) => setInView(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: `${marginPx}px`,
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return inView
}
