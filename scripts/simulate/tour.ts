/** A place on a tour; one without minutes is only passed. */
export type Stop = { name: string; latitude: number; longitude: number; minutes: number }
type Place = { latitude: number; longitude: number }
/** Where a tour is at a moment. `speed` in km/h. */
export type TourPoint = Place & { speed: number; doorOpen: boolean }

type Part = { fromMs: number; lengthMs: number; from: Place; to: Place; speed: number }

const earthKm = 6_371
const radians = (degrees: number) => (degrees * Math.PI) / 180

const distanceKm = (a: Place, b: Place) => {
  const height = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2
  const width = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2
  const across = Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude))
  return 2 * earthKm * Math.asin(Math.sqrt(height + across * width))
}

const kmPerHour = 82
const minuteMs = 60_000
/** Of a stop, the doors are open from and to this share of its time. */
const doors = { from: 0.15, to: 0.7 }

const partsOf = (stops: readonly Stop[]): Part[] => {
  const parts: Part[] = []
  const add = (from: Place, to: Place, lengthMs: number, speed: number) => {
    const last = parts.at(-1)
    parts.push({ fromMs: last ? last.fromMs + last.lengthMs : 0, lengthMs, from, to, speed })
  }
  const way = [...stops, ...stops.slice(1, -1).reverse()]
  way.forEach((stop, index) => {
    if (stop.minutes > 0) add(stop, stop, stop.minutes * minuteMs, 0)
    const next = way[(index + 1) % way.length]
    if (next) add(stop, next, (distanceKm(stop, next) / kmPerHour) * 60 * minuteMs, kmPerHour)
  })
  return parts.filter(({ lengthMs }) => lengthMs > 0)
}

/**
 * A way there and back, driven for ever. Where it is depends on the moment alone, so a restart does not move it.
 * @param offset in [0, 1): where in the tour it is at the moment 0
 */
export const createTour = (stops: readonly Stop[], offset: number) => {
  const parts = partsOf(stops)
  const last = parts.at(-1)
  if (!last) throw new RangeError('A tour needs two places.')
  const roundMs = last.fromMs + last.lengthMs
  return {
    roundMs,
    at: (atMs: number): TourPoint => {
      const inRound = (atMs + offset * roundMs) % roundMs
      const part = parts.findLast(({ fromMs }) => fromMs <= inRound) ?? last
      const way = (inRound - part.fromMs) / part.lengthMs
      const between = (from: number, to: number) => from + (to - from) * way
      return {
        latitude: between(part.from.latitude, part.to.latitude),
        longitude: between(part.from.longitude, part.to.longitude),
        speed: part.speed,
        doorOpen: part.speed === 0 && way > doors.from && way < doors.to,
      }
    },
  }
}
