import { type EdgeProps, getBezierPath, getSmoothStepPath } from '@xyflow/react'

type Ends = Pick<EdgeProps, 'sourceX' | 'sourceY' | 'targetX' | 'targetY' | 'sourcePosition' | 'targetPosition'>

/** The way of a wire and its middle. One that leads back goes around corners, where a curve would cross the nodes. */
export const wirePath = (ends: Ends): { path: string; x: number; y: number } => {
  const isBack = ends.targetX < ends.sourceX + 16
  const [path, x, y] = isBack
    ? getSmoothStepPath({ ...ends, borderRadius: 12, offset: 24 })
    : getBezierPath({ ...ends, curvature: 0.3 })
  return { path, x, y }
}

/** The labels stand around the middle of their wire, which is a point in the middle of their room. */
export const labelsPlace = (x: number, y: number) => ({ left: `${x}px`, top: `${y}px` })
