import type { LivePoint } from '@thingwire/contracts'
import { numberOf } from '../../style/color-settings.ts'
import type { TimeRange } from '../../widget.ts'

type Box = { width: number; height: number }
type Dot = readonly [x: number, y: number]

/** Lowest and highest value; null without numbers. */
export const extentOf = (points: readonly LivePoint[]): { min: number; max: number } | null => {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const [, value] of points) {
    const number = numberOf(value)
    if (number === null) continue
    if (number < min) min = number
    if (number > max) max = number
  }
  return min <= max ? { min, max } : null
}

/** At most two dots a pixel column (its lowest and its highest): more cannot be seen. */
const thinned = (dots: readonly Dot[]): Dot[] => {
  const made: Dot[] = []
  for (let start = 0; start < dots.length; ) {
    const column = Math.floor(dots[start]?.[0] ?? 0)
    let end = start
    let low = start
    let high = start
    while (end < dots.length && Math.floor(dots[end]?.[0] ?? 0) === column) {
      if ((dots[end]?.[1] ?? 0) > (dots[low]?.[1] ?? 0)) low = end
      if ((dots[end]?.[1] ?? 0) < (dots[high]?.[1] ?? 0)) high = end
      end += 1
    }
    for (const at of new Set([Math.min(low, high), Math.max(low, high)])) {
      const dot = dots[at]
      if (dot) made.push(dot)
    }
    start = end
  }
  return made
}

/** Points in the window as places in the box, thinned to what can be seen. A flat line runs through the middle. */
export const dotsOf = (points: readonly LivePoint[], window: TimeRange, box: Box): Dot[] => {
  const extent = extentOf(points)
  if (!extent || box.width <= 0 || box.height <= 0) return []
  const first = points[0]?.[0] ?? 0
  const last = points.at(-1)?.[0] ?? 0
  const start = window.endTs > window.startTs ? window.startTs : first
  const span = Math.max(1, (window.endTs > window.startTs ? window.endTs : last) - start)
  const range = extent.max - extent.min
  const dots = points.flatMap(([ts, value]): Dot[] => {
    const number = numberOf(value)
    if (number === null) return []
    const y = range > 0 ? ((extent.max - number) / range) * box.height : box.height / 2
    return [[((ts - start) / span) * box.width, y]]
  })
  return dots.length > box.width * 2 ? thinned(dots) : dots
}

const coordinate = (value: number) => Math.round(value * 10) / 10

/** An SVG path through the dots; a single one becomes a short stroke. */
export const linePath = (dots: readonly Dot[]): string => {
  const [only] = dots
  if (dots.length === 1 && only) return `M${coordinate(only[0] - 1)},${coordinate(only[1])}h2`
  return dots.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${coordinate(x)},${coordinate(y)}`).join('')
}

/** The surface under the line. */
export const areaPath = (dots: readonly Dot[], height: number): string => {
  const [first, last] = [dots[0], dots.at(-1)]
  return first && last && dots.length > 1
    ? `${linePath(dots)}L${coordinate(last[0])},${height}L${coordinate(first[0])},${height}Z`
    : ''
}
