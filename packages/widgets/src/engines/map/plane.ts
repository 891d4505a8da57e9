import { circleOf, type Position, positionOf, numberOf } from './coordinates.ts'

/** How stored values and positions of the map go together: of the globe, or of a picture. */
export type Plane = {
  kind: 'geo' | 'image'
  /** Latitude and longitude, or x and y of a picture; null for what is no place. */
  place: (first: unknown, second: unknown) => Position | null
  /** The other way round, as numbers to be stored. */
  back: (at: Position) => [first: number, second: number]
  /** `{ latitude, longitude, radius }` (metres), or the same with fractions of the picture (radius: of its width). */
  circle: (value: unknown) => Position[][][] | null
  /** What is to be stored for a circle. */
  circleBack: (centre: Position, edge: Position) => { latitude: number; longitude: number; radius: number }
}

const earthRadius = 6_371_008.8
const rad = Math.PI / 180
const rounded = (value: number, digits: number) => Number(value.toFixed(digits))

/** Metres between two positions. */
const metres = (a: Position, b: Position): number => {
  const [lat1, lat2] = [a[1] * rad, b[1] * rad]
  const across = Math.sin(((b[0] - a[0]) * rad) / 2) ** 2 * Math.cos(lat1) * Math.cos(lat2)
  return 2 * earthRadius * Math.asin(Math.sqrt(Math.min(1, Math.sin((lat2 - lat1) / 2) ** 2 + across)))
}

/** About a centimetre on the globe. */
const geoDigits = 7
const wrapped = (longitude: number) => ((((longitude + 180) % 360) + 360) % 360) - 180

export const geoPlane: Plane = {
  kind: 'geo',
  place: positionOf,
  back: ([lon, lat]) => [rounded(lat, geoDigits), rounded(wrapped(lon), geoDigits)],
  circle: circleOf,
  circleBack: (centre, edge) => ({
    latitude: rounded(centre[1], geoDigits),
    longitude: rounded(wrapped(centre[0]), geoDigits),
    radius: rounded(metres(centre, edge), 2),
  }),
}

/** Where a position lies in the square that the world is drawn as, 0…1. */
export const mercator = ([lon, lat]: Position): [x: number, y: number] => [
  lon / 360 + 0.5,
  0.5 - Math.asinh(Math.tan(lat * rad)) / (2 * Math.PI),
]
export const unmercator = (x: number, y: number): Position => [
  (x - 0.5) * 360,
  Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) / rad,
]

/** The longer side of a picture takes so much of the world's, around its middle: coarse enough to be exact in floats. */
const share = 0.25
const imageDigits = 6
const steps = 72

/** @param aspect width by height of the picture */
export const imagePlane = (aspect: number): Plane => {
  const width = aspect >= 1 ? share : share * aspect
  const height = width / aspect
  const at = (x: number, y: number) => unmercator(0.5 + (x - 0.5) * width, 0.5 + (y - 0.5) * height)
  const fractions = (position: Position): [number, number] => {
    const [x, y] = mercator(position)
    return [(x - 0.5) / width + 0.5, (y - 0.5) / height + 0.5]
  }
  const inside = (value: number | null): value is number => value !== null && value >= 0 && value <= 1
  const within = (value: number) => rounded(Math.min(1, Math.max(0, value)), imageDigits)
  return {
    kind: 'image',
    place: (first, second) => {
      const [x, y] = [numberOf(first), numberOf(second)]
      return inside(x) && inside(y) ? at(x, y) : null
    },
    back: (position) => {
      const [x, y] = fractions(position)
      return [within(x), within(y)]
    },
    circle: (value) =>
      circleOf(value, (centre, radius) => {
        const [x, y] = [numberOf(centre[0]), numberOf(centre[1])]
        if (!inside(x) || !inside(y) || radius > 10) return null
        const ring = Array.from({ length: steps + 1 }, (_, step): Position => {
          const angle = ((step % steps) / steps) * 2 * Math.PI
          return at(x + radius * Math.cos(angle), y + radius * aspect * Math.sin(angle))
        })
        return [[ring]]
      }),
    circleBack: (centre, edge) => {
      const [[x1, y1], [x2, y2]] = [fractions(centre), fractions(edge)]
      const radius = Math.hypot(x2 - x1, (y2 - y1) / aspect)
      return { latitude: within(x1), longitude: within(y1), radius: rounded(radius, imageDigits) }
    },
  }
}

/** The four corners of the picture, from the upper left one clockwise. */
export const cornersOf = (plane: Plane): [Position, Position, Position, Position] => {
  const corner = (x: number, y: number): Position => plane.place(x, y) ?? [0, 0]
  return [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]
}
