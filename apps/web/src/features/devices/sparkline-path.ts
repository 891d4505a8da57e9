type Box = { width: number; height: number; inset: number }

/** SVG path of `[ts, value]` points fitted into the box; null for fewer than two. A flat course runs through the middle. */
export const sparklinePath = (points: readonly (readonly [number, number])[], box: Box) => {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last || points.length < 2) return null
  const values = points.map(([, value]) => value)
  const min = Math.min(...values)
  const range = Math.max(...values) - min
  const duration = last[0] - first[0] || 1
  const x = (ts: number) => round(box.inset + ((ts - first[0]) / duration) * (box.width - 2 * box.inset))
  const y = (value: number) =>
    round(
      range === 0 ? box.height / 2 : box.height - box.inset - ((value - min) / range) * (box.height - 2 * box.inset),
    )
  const line = points.map(([ts, value], index) => `${index === 0 ? 'M' : 'L'}${x(ts)} ${y(value)}`).join('')
  return { line, last: [x(last[0]), y(last[1])] as const }
}

const round = (n: number) => Math.round(n * 10) / 10
