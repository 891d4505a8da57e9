'use client'
import { ViewportPortal } from '@xyflow/react'
import { useSyncExternalStore } from 'react'
import { useCanvas } from './canvas-context.ts'

/** Lines through what the dragged things stand in line with. */
export const GuideLines = () => {
  const { flow } = useCanvas()
  const guides = useSyncExternalStore(flow.onDrag, flow.guides, flow.guides)
  if (guides.length === 0) return null
  return (
    <ViewportPortal>
      {guides.map(({ axis, at, from, to }) => (
        <div
          key={axis}
          className="pointer-events-none absolute z-10 bg-accent"
          style={
            axis === 'x'
              ? { left: at, top: from - 12, width: 1, height: to - from + 24 }
              : { left: from - 12, top: at, width: to - from + 24, height: 1 }
          }
        />
      ))}
    </ViewportPortal>
  )
}
