'use client'
import { useId, useMemo } from 'react'
import type { TimeRange, WidgetSeries } from '../../widget.ts'
import { areaPath, dotsOf, linePath } from './path.ts'

const edge = 3

/** A line without axes: how it went, beside a value that says where it is. Decorative; the values are said elsewhere. */
export const Sparkline = (p: {
  points: WidgetSeries['points']
  window: TimeRange
  width: number
  height: number
  color: string
}) => {
  const id = useId()
  const { points, window, width, height } = p
  const { startTs, endTs } = window
  const dots = useMemo(
    () => dotsOf(points, { startTs, endTs }, { width, height: height - 2 * edge }),
    [points, startTs, endTs, width, height],
  )
  const last = dots.at(-1)
  if (width <= 0 || height <= 2 * edge) return null
  return (
    <svg aria-hidden width={width} height={height} className="block overflow-visible" style={{ color: p.color }}>
      <defs>
        <linearGradient id={id} x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor="currentColor" stopOpacity="0.18" />
          <stop offset="1" stopColor="currentColor" stopOpacity="0" />
        </linearGradient>
      </defs>
      <g transform={`translate(0,${edge})`}>
        <path d={areaPath(dots, height - edge)} fill={`url(#${id})`} />
        <path
          d={linePath(dots)}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
        {last ? <circle cx={last[0]} cy={last[1]} r="2.25" fill="currentColor" /> : null}
      </g>
    </svg>
  )
}
