/** Angles as dashboard files have them: degrees, clockwise, 0 at the bottom. */
export type Sweep = { start: number; sweep: number }

export type Point = { x: number; y: number }

const radians = (degrees: number) => (degrees * Math.PI) / 180

export const pointAt = (centre: Point, radius: number, angle: number): Point => ({
  x: centre.x - radius * Math.sin(radians(angle)),
  y: centre.y + radius * Math.cos(radians(angle)),
})

export const angleAt = ({ start, sweep }: Sweep, share: number): number => start + sweep * share

const round = (value: number) => Math.round(value * 100) / 100

/** Part of a circle as an SVG path. A whole turn is two halves, for one arc from a point to itself would be nothing. */
export const arcPath = (centre: Point, radius: number, from: number, to: number): string => {
  const turn = Math.min(360, Math.max(0, to - from))
  if (turn === 0 || radius <= 0) return ''
  const place = (angle: number) => {
    const { x, y } = pointAt(centre, radius, angle)
    return `${round(x)},${round(y)}`
  }
  const piece = (end: number, large: boolean) => `A${round(radius)},${round(radius)} 0 ${large ? 1 : 0} 1 ${place(end)}`
  if (turn >= 359.99) return `M${place(from)}${piece(from + 180, false)}${piece(from + 360, false)}`
  return `M${place(from)}${piece(from + turn, turn > 180)}`
}

export type Dial = { centre: Point; radius: number }

/**
 * The largest dial that fits, standing in the middle of what it covers: half a dial needs half the height. The centre always
 * counts as covered, because the needle and the value are there.
 */
export const fitDial = (box: { width: number; height: number }, angles: Sweep, margin: number, below = 0): Dial => {
  const covered: Point[] = [{ x: 0, y: 0 }]
  const step = Math.max(1, Math.abs(angles.sweep) / 90)
  for (let at = 0; at <= 90; at += 1) covered.push(pointAt({ x: 0, y: 0 }, 1, angles.start + at * step))
  const xs = covered.map(({ x }) => x)
  const ys = covered.map(({ y }) => y)
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
  const height = box.height - 2 * margin - below
  const radius = Math.max(1, Math.min((box.width - 2 * margin) / (right - left), height / (bottom - top)))
  return {
    centre: {
      x: box.width / 2 - (radius * (left + right)) / 2,
      y: margin + Math.max(0, height - radius * (bottom - top)) / 2 - radius * top,
    },
    radius,
  }
}
