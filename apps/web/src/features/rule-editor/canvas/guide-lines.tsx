'use client'
import { ViewportPortal } from '@xyflow/react'
import { useSyncExternalStore } from 'react'
import { useCanvas } from './canvas-context.ts'

/** Lines through what the dragged things stand in line with. */
export const GuideLines = () => {
  const { flow, view } = useCanvas()
  const guides = useSyncExternalStore(flow.onDrag, flow.guides, flow.guides)
  if (guides.length === 0) return null
  // As thin and as far beyond what it touches at any size of the drawing.
  const px = 1 / view.zoom()
  const beyond = 12 * px
  return (
    <ViewportPortal>
      {guides.map(({ axis, at, from, to }) => (
        <div
          key={axis}
          className="pointer-events-none absolute z-10 bg-accent"
          style={
            axis === 'x'
              ? { left: at - px / 2, top: from - beyond, width: px, height: to - from + 2 * beyond }
              : { left: from - beyond, top: at - px / 2, width: to - from + 2 * beyond, height: px }
          }
        />
      ))}
    </ViewportPortal>
  )
}
