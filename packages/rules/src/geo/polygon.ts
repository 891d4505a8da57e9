import { type Box, boxOf, edgesOf, encloses, isOnEdge, isWithinBox, type Place, type Ring, surrounds } from './ring.ts'

/** An area on the map. What is on its boundary is outside. */
export type Area = { contains(latitude: number, longitude: number): boolean }

export type ParsedPolygon = { ok: true; area: Area } | { ok: false; message: string }

const maxCorners = 10_000
/** Edges of different rings that are held against each other: some 100 ms. */
const maxPairs = 1_000_000
const maxDepth = 50

/**
 * An area as ThingsBoard writes it: `[[latitude, longitude], …]`, or such rings in lists of any depth. Two corners are those
 * of a rectangle. A ring within another one is a hole; what is in a hole is outside, also within a further ring.
 */
export const parsePolygon = (text: string): ParsedPolygon => {
  const refuse = (message: string) => ({ ok: false, message }) as const
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return refuse('The perimeter is no JSON')
  }
  const rings: Ring[] = []
  const problem = collect(parsed, rings, 0)
  if (problem) return refuse(problem)
  if (rings.length === 0) return refuse('The perimeter has no corners')
  const corners = rings.reduce((sum, { length }) => sum + length, 0)
  const pairs = (corners ** 2 - rings.reduce((sum, { length }) => sum + length ** 2, 0)) / 2
  if (corners > maxCorners) return refuse(`A perimeter may have ${maxCorners} corners`)
  if (pairs > maxPairs) return refuse('The perimeter has too many rings of too many corners')
  return { ok: true, area: areaOf(rings) }
}

const collect = (value: unknown, rings: Ring[], depth: number): string | null => {
  if (!Array.isArray(value)) return 'The perimeter is no list of corners'
  if (depth > maxDepth) return 'The perimeter is nested too deeply'
  if (value.length === 0) return null
  if (!value.every(isPair)) {
    for (const item of value) {
      const problem = collect(item, rings, depth + 1)
      if (problem) return problem
    }
    return null
  }
  const ring = value.map(([x, y]): Place => [Number(x), Number(y)])
  if (ring.length < 2) return 'A perimeter needs two corners at least'
  rings.push(ring.length === 2 ? rectangle(ring) : ring)
  return null
}

const isCoordinate = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))

const isPair = (value: unknown): value is [unknown, unknown] =>
  Array.isArray(value) && value.length === 2 && value.every(isCoordinate)

const rectangle = (ring: Ring): Ring => {
  const { minX, minY, maxX, maxY } = boxOf(ring)
  return [
    [minX, minY],
    [minX, maxY],
    [maxX, maxY],
    [maxX, minY],
  ]
}

type Boxed = { ring: Ring; box: Box }

const areaOf = (rings: readonly Ring[]): Area => {
  const isHole = rings.map((ring) =>
    rings.some((other) => other !== ring && encloses(other, ring) && !encloses(ring, other)),
  )
  const boxed = rings.map((ring): Boxed => ({ ring, box: boxOf(ring) }))
  const outer = boxed.filter((_, index) => !isHole[index])
  const holes = boxed.filter((_, index) => isHole[index])
  const isIn = ({ ring, box }: Boxed, place: Place) => isWithinBox(place, box) && surrounds(ring, place)
  const covers = (place: Place) => outer.some((one) => isIn(one, place)) && !holes.some((one) => isIn(one, place))
  return {
    contains: (latitude, longitude) => {
      const place: Place = [latitude, longitude]
      const directions = edgesThrough(boxed, place)
      if (directions.length === 0) return covers(place)
      // It is on an edge: inside only when all around it is, as where two rings meet.
      return sectorsBetween(directions).every((angle) =>
        covers([latitude + step * Math.cos(angle), longitude + step * Math.sin(angle)]),
      )
    },
  }
}

/** So far from a place its surroundings are looked at, degrees: a tenth of a millimetre. */
const step = 1e-9

/** Directions in which edges leave the place; none: it is on no edge. */
const edgesThrough = (boxed: readonly Boxed[], place: Place): number[] => {
  const found = new Set<number>()
  const towards = (end: Place) => {
    if (end[0] !== place[0] || end[1] !== place[1]) found.add(Math.atan2(end[1] - place[1], end[0] - place[0]))
  }
  for (const { ring, box } of boxed)
    if (isWithinBox(place, box))
      edgesOf(ring, (from, to) => {
        if (!isOnEdge(place, from, to)) return
        towards(from)
        towards(to)
      })
  return [...found].sort((a, b) => a - b)
}

/** The middles of the angles between them. */
const sectorsBetween = (directions: readonly number[]): number[] =>
  directions.map((angle, index) => {
    const next = directions[index + 1] ?? (directions[0] ?? 0) + 2 * Math.PI
    return (angle + next) / 2
  })
