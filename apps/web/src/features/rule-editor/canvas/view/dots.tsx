'use client'
import { useEffect, useRef } from 'react'
import { useCanvas } from '../canvas-context.ts'
import { gridStep } from '../flow-store.ts'
import { farZoom } from './view.ts'

/** Every second step of the grid, so that the dots are where nodes come to lie. */
const gap = { x: gridStep.x * 2, y: gridStep.y * 2 }
const most = Math.max(gap.x, gap.y) * 2

const within = (value: number, step: number) => ((value % step) + step) % step

/** The dots behind the chain: a picture of their own that is shifted when the view moves, and drawn when it zooms. */
export const Dots = () => {
  const { view } = useCanvas()
  const dots = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let drawnFor = 0
    const follow = () => {
      const { style } = dots.current ?? {}
      if (!style) return
      const { x, y, zoom } = view.now()
      const [wide, high] = [gap.x * zoom, gap.y * zoom]
      if (zoom !== drawnFor) {
        drawnFor = zoom
        // From afar they are too small to be seen, and would be drawn all the same.
        style.visibility = zoom < farZoom ? 'hidden' : 'visible'
        style.backgroundSize = `${wide}px ${high}px`
        style.setProperty('--dot', `${Math.max(0.5, zoom / 2)}px`)
      }
      // The middle of a tile is a dot. Whole px: between two of them all of it would be drawn anew.
      const at = [within(x + wide / 2, wide), within(y + high / 2, high)].map((px) => Math.round(px) - most)
      style.transform = `translate(${at.join('px, ')}px)`
    }
    follow()
    return view.watch(follow)
  }, [view])
  return <div ref={dots} aria-hidden className="chain-dots" style={{ inset: `0 -${most}px -${most}px 0` }} />
}
