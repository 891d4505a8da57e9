import type { Coordinates, RangeUnit } from '@thingwire/rules'

/** [latitude, longitude] in degrees, as polygons are written. */
export type Corner = readonly [latitude: number, longitude: number]
export type Ring = readonly Corner[]

const isCorner = (value: unknown): value is Corner =>
  Array.isArray(value) && value.length >= 2 && typeof value[0] === 'number' && typeof value[1] === 'number'

const ringIn = (value: unknown): Ring | null =>
  Array.isArray(value) && value.every(isCorner) ? value.map(([latitude, longitude]) => [latitude, longitude]) : null

/** Polygons of a setting: one list of corners, or a list of such; null: it is something else, which only its text shows. */
export const readRings = (text: string): readonly Ring[] | null => {
  if (text.trim() === '') return []
  try {
    const value: unknown = JSON.parse(text)
    if (!Array.isArray(value)) return null
    if (value.length === 0) return []
    const one = ringIn(value)
    if (one) return [one]
    const rings = value.map(ringIn)
    return rings.every((ring) => ring !== null) ? rings : null
  } catch {
    return null
  }
}

const numbers = (ring: Ring) => `[${ring.map(([latitude, longitude]) => `[${latitude}, ${longitude}]`).join(', ')}]`

/** One polygon is written as it is, several as a list. */
export const writeRings = (rings: readonly Ring[]): string => {
  const [only] = rings
  if (only === undefined) return ''
  return rings.length === 1 ? numbers(only) : `[${rings.map(numbers).join(', ')}]`
}

/** Six decimals are some ten centimetres. */
export const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

/** Of the whole way round; a place beyond the date line is where it is said to be elsewhere. */
export const onGlobe = ([latitude, longitude]: Corner): Corner => [
  rounded(Math.min(90, Math.max(-90, latitude))),
  rounded(((((longitude + 180) % 360) + 360) % 360) - 180),
]

/** As it is drawn: two corners are those of a rectangle, and every ring is closed. Longitude first, as maps have it. */
export const outline = (ring: Ring): [number, number][] => {
  const [a, b] = ring
  const corners: Ring = ring.length === 2 && a && b ? [a, [a[0], b[1]], b, [b[0], a[1]]] : ring
  const closed = [...corners, ...corners.slice(0, 1)]
  return closed.map(([latitude, longitude]) => [longitude, latitude])
}

const metres: Readonly<Record<RangeUnit, number>> = {
  METER: 1,
  KILOMETER: 1_000,
  FOOT: 0.3048,
  MILE: 1_609.344,
  NAUTICAL_MILE: 1_852,
}
export const toMetres = (length: number, unit: RangeUnit): number => length * metres[unit]
export const fromMetres = (length: number, unit: RangeUnit): number => length / metres[unit]

const earthRadius = 6_371_008.7714
const radians = (degrees: number) => (degrees * Math.PI) / 180
const degrees = (angle: number) => (angle * 180) / Math.PI

/** The place so far from another, in a direction clockwise from north. */
export const away = ({ latitude, longitude }: Coordinates, radius: number, bearing: number): Coordinates => {
  const angle = radius / earthRadius
  const [lat, lon, to] = [radians(latitude), radians(longitude), radians(bearing)]
  const sine = Math.sin(lat) * Math.cos(angle) + Math.cos(lat) * Math.sin(angle) * Math.cos(to)
  const there = Math.asin(Math.min(1, Math.max(-1, sine)))
  const across = Math.atan2(Math.sin(to) * Math.sin(angle) * Math.cos(lat), Math.cos(angle) - Math.sin(lat) * sine)
  return { latitude: degrees(there), longitude: degrees(lon + across) }
}

const sides = 96

/** A circle on the globe, closed, longitude first. */
export const circleOutline = (center: Coordinates, radius: number): [number, number][] =>
  Array.from({ length: sides + 1 }, (_, index) => {
    const { latitude, longitude } = away(center, radius, (index * 360) / sides)
    return [longitude, latitude]
  })

export type Bounds = { west: number; south: number; east: number; north: number }

/** What holds all of these; null: there are none. */
export const boundsOf = (places: readonly (readonly [number, number])[]): Bounds | null => {
  if (places.length === 0) return null
  const longitudes = places.map(([longitude]) => longitude)
  const latitudes = places.map(([, latitude]) => latitude)
  return {
    west: Math.min(...longitudes),
    south: Math.min(...latitudes),
    east: Math.max(...longitudes),
    north: Math.max(...latitudes),
  }
}

const steps = [30, 15, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001]
const wantedLines = 5

/** Lines of latitude and longitude, some five each way. */
export const graticule = ({ west, south, east, north }: Bounds): { step: number; lines: [number, number][][] } => {
  const span = Math.max(east - west, north - south)
  const step = steps.find((one) => span / one >= wantedLines) ?? 0.0001
  const from = (value: number) => Math.ceil(value / step) * step
  const lines: [number, number][][] = []
  for (let longitude = from(west); longitude <= east; longitude += step)
    lines.push([
      [longitude, south],
      [longitude, north],
    ])
  for (let latitude = from(south); latitude <= north; latitude += step)
    lines.push([
      [west, latitude],
      [east, latitude],
    ])
  return { step, lines }
}

const isIn = ([x, y]: readonly [number, number], ring: readonly (readonly [number, number])[]): boolean => {
  let isInside = false
  for (const [index, [x1, y1]] of ring.entries()) {
    const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1]
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isInside = !isInside
  }
  return isInside
}

/** Polygons with their holes, as maps fill them: a ring within another one is a hole of it. */
export const filled = (rings: readonly Ring[]): [number, number][][][] => {
  const outlines = rings.filter((ring) => ring.length >= 2).map(outline)
  const within = outlines.map((ring) => outlines.filter((other) => other !== ring && ring[0] && isIn(ring[0], other)))
  return outlines.flatMap((ring, index) =>
    (within[index]?.length ?? 0) > 0 ? [] : [[ring, ...outlines.filter((_, at) => within[at]?.includes(ring))]],
  )
}
