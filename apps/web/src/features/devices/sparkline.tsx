import { sparklinePath } from './sparkline-path.ts'

/** The course of one key in the last minutes; decoration beside the number, so hidden from screen readers. */
export const Sparkline = ({
  points,
  width = 96,
  height = 24,
}: {
  points: readonly (readonly [number, number])[]
  width?: number
  height?: number
}) => {
  const path = sparklinePath(points, { width, height, inset: 2 })
  if (!path) return null
  return (
    <svg aria-hidden width={width} height={height} viewBox={`0 0 ${width} ${height}`} className="overflow-visible">
      <path
        d={path.line}
        fill="none"
        stroke="var(--tw-accent)"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx={path.last[0]} cy={path.last[1]} r="2" fill="var(--tw-accent)" />
    </svg>
  )
}
