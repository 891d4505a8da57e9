/** A place in the plane: x is the latitude, y the longitude, degrees. */
export type Place = readonly [x: number, y: number]
/** Corners in order; the last is joined to the first. */
export type Ring = readonly Place[]

export type Box = { minX: number; minY: number; maxX: number; maxY: number }

export const boxOf = (ring: Ring): Box => {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (const [x, y] of ring) {
    box.minX = Math.min(box.minX, x)
    box.minY = Math.min(box.minY, y)
    box.maxX = Math.max(box.maxX, x)
    box.maxY = Math.max(box.maxY, y)
  }
  return box
}

export const isWithinBox = ([x, y]: Place, { minX, minY, maxX, maxY }: Box): boolean =>
  x >= minX && x <= maxX && y >= minY && y <= maxY

/** Calls with each edge. */
export const edgesOf = (ring: Ring, visit: (from: Place, to: Place) => void): void => {
  let from = ring[ring.length - 1]
  for (const to of ring) {
    if (from) visit(from, to)
    from = to
  }
}

/** Positive: to the left of the line from a to b. */
export const turn = (a: Place, b: Place, p: Place): number =>
  (b[0] - a[0]) * (p[1] - a[1]) - (p[0] - a[0]) * (b[1] - a[1])

export const isOnEdge = (p: Place, from: Place, to: Place): boolean =>
  p[0] >= Math.min(from[0], to[0]) &&
  p[0] <= Math.max(from[0], to[0]) &&
  p[1] >= Math.min(from[1], to[1]) &&
  p[1] <= Math.max(from[1], to[1]) &&
  turn(from, to, p) === 0

export const isOnBoundary = (p: Place, ring: Ring): boolean => {
  let isOn = false
  edgesOf(ring, (from, to) => {
    isOn ||= isOnEdge(p, from, to)
  })
  return isOn
}

/**
 * Whether the ring runs around a place that is not on it, once or several times, in either sense: so a ring that crosses
 * itself has all of its lobes.
 */
export const surrounds = (ring: Ring, p: Place): boolean => {
  let rounds = 0
  edgesOf(ring, (from, to) => {
    if (from[1] <= p[1]) {
      if (to[1] > p[1] && turn(from, to, p) > 0) rounds++
    } else if (to[1] <= p[1] && turn(from, to, p) < 0) rounds--
  })
  return rounds !== 0
}

/** Where on the edge from a to b (0…1) the edge from c to d crosses or touches it; parallel edges have no such place. */
const crossing = (a: Place, b: Place, c: Place, d: Place): number | null => {
  const [from, to] = [turn(c, d, a), turn(c, d, b)]
  if (from === to) return null
  const at = from / (from - to)
  const sides = turn(a, b, c) * turn(a, b, d)
  return at >= 0 && at <= 1 && sides <= 0 ? at : null
}

/** How far along the edge from a to b a place on its line stands. */
const along = (a: Place, b: Place, p: Place): number =>
  Math.abs(b[0] - a[0]) > Math.abs(b[1] - a[1]) ? (p[0] - a[0]) / (b[0] - a[0]) : (p[1] - a[1]) / (b[1] - a[1])

/** Whether no place of the inner ring is outside of the outer one; they may touch. */
export const encloses = (outer: Ring, inner: Ring): boolean => {
  const [out, within] = [boxOf(outer), boxOf(inner)]
  if (within.minX < out.minX || within.minY < out.minY || within.maxX > out.maxX || within.maxY > out.maxY) return false
  const isInside = (p: Place) => surrounds(outer, p) || isOnBoundary(p, outer)
  if (!inner.every(isInside)) return false
  let isEnclosed = true
  edgesOf(inner, (a, b) => {
    if (!isEnclosed) return
    const cuts = [0, 1]
    edgesOf(outer, (c, d) => {
      const at = crossing(a, b, c, d)
      if (at !== null) cuts.push(at)
      // Edges on one line: their ends cut each other.
      else if (turn(a, b, c) === 0) cuts.push(...[along(a, b, c), along(a, b, d)].filter((t) => t > 0 && t < 1))
    })
    cuts.sort((first, second) => first - second)
    for (let n = 1; n < cuts.length && isEnclosed; n++) {
      const [from = 0, to = 0] = [cuts[n - 1], cuts[n]]
      // Shorter pieces are what rounding leaves of a touch.
      if (to - from < 1e-9) continue
      const t = (from + to) / 2
      isEnclosed = isNearlyInside(outer, [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])
    }
  })
  return isEnclosed
}

/** Far less than a millimetre, in degrees. */
const hair = 1e-11

/** The middle of a piece of an edge is rounded: on a slanting boundary it may come to lie beside it. */
const isNearlyInside = (ring: Ring, p: Place): boolean => {
  if (surrounds(ring, p) || isOnBoundary(p, ring)) return true
  let isNear = false
  edgesOf(ring, (from, to) => {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1])
    const t =
      length === 0 ? 0 : ((p[0] - from[0]) * (to[0] - from[0]) + (p[1] - from[1]) * (to[1] - from[1])) / length ** 2
    if (t >= 0 && t <= 1 && length > 0) isNear ||= Math.abs(turn(from, to, p)) / length < hair
  })
  return isNear
}
