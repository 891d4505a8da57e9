/** Radians, clockwise from the top. */
export type Arc = { start: number; end: number }

const turn = Math.PI * 2

/** Shares of a circle, one after the other from the top. */
export const arcsOf = (shares: readonly number[], isClockwise: boolean): Arc[] => {
  const total = shares.reduce((sum, share) => sum + share, 0)
  let at = 0
  return shares.map((share) => {
    const from = at
    at += total > 0 ? (share / total) * turn : 0
    return isClockwise ? { start: from, end: at } : { start: turn - at, end: turn - from }
  })
}

/** Equal parts of a circle. */
export const sectorsOf = (count: number, startDegrees: number): Arc[] =>
  Array.from({ length: count }, (_, index) => {
    const start = ((90 - startDegrees) * Math.PI) / 180 + (index * turn) / count
    return { start, end: start + turn / count }
  })

export type Point = { x: number; y: number }

export const onCircle = (center: Point, radius: number, angle: number): Point => ({
  x: center.x + Math.sin(angle) * radius,
  y: center.y - Math.cos(angle) * radius,
})

const text = (point: Point): string => `${point.x.toFixed(2)} ${point.y.toFixed(2)}`

/** A part of a ring; a disc where there is no inner radius. Whole circles are drawn in halves, which SVG cannot else. */
export const ringPath = (center: Point, inner: number, outer: number, arc: Arc): string => {
  if (arc.end - arc.start >= turn - 1e-6) {
    const middle = arc.start + Math.PI
    return `${ringPath(center, inner, outer, { start: arc.start, end: middle })} ${ringPath(center, inner, outer, { start: middle, end: arc.start + turn - 1e-4 })}`
  }
  const isLarge = arc.end - arc.start > Math.PI ? 1 : 0
  const outerPart = `M ${text(onCircle(center, outer, arc.start))} A ${outer} ${outer} 0 ${isLarge} 1 ${text(onCircle(center, outer, arc.end))}`
  if (inner <= 0) return `${outerPart} L ${text(center)} Z`
  return `${outerPart} L ${text(onCircle(center, inner, arc.end))} A ${inner} ${inner} 0 ${isLarge} 0 ${text(onCircle(center, inner, arc.start))} Z`
}

/** Names around a circle have room for every nth only. */
export const everyNth = (count: number, radius: number): number =>
  Math.max(1, Math.ceil((28 * count) / Math.max(1, turn * (radius + 12))))

type SideLabel = { index: number; side: 'left' | 'right'; y: number }

/**
 * Labels beside a pie, one below the other without overlap; those for which there is no room are left out, the smallest
 * first.
 */
export const placedLabels = (
  wanted: readonly { index: number; angle: number; share: number }[],
  p: { center: Point; radius: number; height: number; lineHeight: number },
): SideLabel[] =>
  (['left', 'right'] as const).flatMap((side) => {
    const ofSide = wanted.filter(({ angle }) => (Math.sin(angle) >= 0 ? 'right' : 'left') === side)
    const room = Math.max(0, Math.floor(p.height / p.lineHeight))
    const kept = new Set(
      ofSide
        .toSorted((a, b) => b.share - a.share)
        .slice(0, room)
        .map(({ index }) => index),
    )
    const labels = ofSide
      .filter(({ index }) => kept.has(index))
      .map(({ index, angle }) => ({ index, side, y: onCircle(p.center, p.radius, angle).y }))
      .sort((a, b) => a.y - b.y)
    return spread(labels, p.lineHeight, p.height)
  })

const spread = (labels: SideLabel[], lineHeight: number, height: number): SideLabel[] => {
  let least = lineHeight / 2
  const down = labels.map((label) => {
    const y = Math.max(label.y, least)
    least = y + lineHeight
    return { ...label, y }
  })
  let most = height - lineHeight / 2
  return down
    .toReversed()
    .map((label) => {
      const y = Math.min(label.y, most)
      most = y - lineHeight
      return { ...label, y }
    })
    .toReversed()
}

/** Steps that people count in, from at or below `min` to at or above `max`. */
export const niceTicks = (min: number, max: number, count: number): number[] => {
  const span = max - min
  if (!(span > 0) || !Number.isFinite(span)) return [min]
  const rough = span / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough
  const first = Math.floor(min / step + 1e-9)
  const last = Math.ceil(max / step - 1e-9)
  return Array.from({ length: Math.min(50, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  )
}
