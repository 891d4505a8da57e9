/** Longitude first, as maps want it. */
export type Position = [longitude: number, latitude: number]

/** Numbers, also as text; null for everything else. */
export const numberOf = (value: unknown): number | null => {
  if (typeof value === 'string' && value.trim() === '') return null
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** Null for what is no place on the globe. */
export const positionOf = (latitude: unknown, longitude: unknown): Position | null => {
  const [lat, lon] = [numberOf(latitude), numberOf(longitude)]
  return lat === null || lon === null || Math.abs(lat) > 90 || Math.abs(lon) > 180 ? null : [lon, lat]
}

/** Places are often JSON written as text. */
const fromJson = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return null
  }
}

const memberOf = (value: unknown, ...names: string[]): unknown =>
  typeof value === 'object' && value !== null
    ? names.map((name): unknown => Reflect.get(value, name)).find((member) => member !== undefined)
    : undefined

type Placing = (first: unknown, second: unknown) => Position | null

/** A list of corners, latitude (or x) first as files have them; null when one of them is no place. */
const lineOf =
  (place: Placing) =>
  (value: unknown): Position[] | null => {
    if (!Array.isArray(value) || value.length < 2) return null
    const corners = value.map((one: unknown) =>
      Array.isArray(one)
        ? place(one[0], one[1])
        : place(memberOf(one, 'latitude', 'lat', 'x'), memberOf(one, 'longitude', 'lng', 'lon', 'y')),
    )
    return corners.every((one) => one !== null) ? corners : null
  }

const close = (ring: readonly Position[]): Position[] => {
  const [first, last] = [ring[0], ring.at(-1)]
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : [...ring]
}

/** Two corners are those of a rectangle. */
const ringOf = (line: readonly Position[]): Position[] => {
  const [a, b] = line
  if (line.length > 2 || !a || !b) return close(line)
  return close([a, [b[0], a[1]], b, [a[0], b[1]]])
}

/** Areas, each an outer ring and its holes: of `[[lat, lon], …]`, of rings, and of several such. Null for anything else. */
export const polygonsOf = (value: unknown, place: Placing = positionOf): Position[][][] | null => {
  const given = fromJson(value)
  if (!Array.isArray(given) || given.length === 0) return null
  const read = lineOf(place)
  const line = read(given)
  if (line) return [[ringOf(line)]]
  const rings = given.map(read)
  if (rings.every((one) => one !== null)) return [rings.map(ringOf)]
  const many = given.map((one: unknown) => {
    const inner = Array.isArray(one) ? one.map(read) : []
    return inner.length > 0 && inner.every((ring) => ring !== null) ? inner.map(ringOf) : null
  })
  return many.every((one) => one !== null) ? many : null
}

/** Lines: of `[[lat, lon], …]` or of several such. */
export const polylinesOf = (value: unknown, place: Placing = positionOf): Position[][] | null => {
  const given = fromJson(value)
  const read = lineOf(place)
  const line = read(given)
  if (line) return [line]
  if (!Array.isArray(given) || given.length === 0) return null
  const lines = given.map(read)
  return lines.every((one) => one !== null) ? lines : null
}

const earthRadius = 6_371_008.8
const steps = 72

const ringAround = (centre: Position, radius: number): Position[][][] => {
  const angle = Math.min(radius / earthRadius, Math.PI / 2)
  const latitude = (centre[1] * Math.PI) / 180
  const ring = Array.from({ length: steps }, (_, step): Position => {
    const bearing = (step / steps) * 2 * Math.PI
    const lat = Math.asin(
      Math.sin(latitude) * Math.cos(angle) + Math.cos(latitude) * Math.sin(angle) * Math.cos(bearing),
    )
    const east = Math.atan2(
      Math.sin(bearing) * Math.sin(angle) * Math.cos(latitude),
      Math.cos(angle) - Math.sin(latitude) * Math.sin(lat),
    )
    return [centre[0] + (east * 180) / Math.PI, (lat * 180) / Math.PI]
  })
  return [[close(ring)]]
}

const onGlobe = (centre: readonly [unknown, unknown], radius: number) => {
  const position = positionOf(...centre)
  return position && ringAround(position, radius)
}

/**
 * A circle of `{ latitude, longitude, radius }` as a ring: on the globe with its radius in metres, elsewhere as `around`
 * makes it.
 */
export const circleOf = (
  value: unknown,
  around: (centre: readonly [unknown, unknown], radius: number) => Position[][][] | null = onGlobe,
): Position[][][] | null => {
  const given = fromJson(value)
  const radius = numberOf(memberOf(given, 'radius'))
  if (radius === null || radius <= 0) return null
  return around([memberOf(given, 'latitude', 'lat', 'x'), memberOf(given, 'longitude', 'lng', 'lon', 'y')], radius)
}

/** `lat, lon` as text or list. */
export const centreOf = (value: unknown): Position | null => {
  const parts = typeof value === 'string' ? value.split(',') : value
  return Array.isArray(parts) && parts.length === 2 ? positionOf(parts[0], parts[1]) : null
}

export type Bounds = [west: number, south: number, east: number, north: number]

export const boundsOf = (positions: Iterable<Position>): Bounds | null => {
  let bounds: Bounds | null = null
  for (const [lon, lat] of positions)
    bounds = bounds
      ? [Math.min(bounds[0], lon), Math.min(bounds[1], lat), Math.max(bounds[2], lon), Math.max(bounds[3], lat)]
      : [lon, lat, lon, lat]
  return bounds
}
