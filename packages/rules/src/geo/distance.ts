/** Degrees. */
export type Coordinates = { latitude: number; longitude: number }

/** How many make a kilometre (as ThingsBoard has them). */
const perKilometre = { METER: 1_000, KILOMETER: 1, FOOT: 3_280.84, MILE: 0.62137, NAUTICAL_MILE: 0.539957 }

export type RangeUnit = keyof typeof perKilometre
export const rangeUnits = ['METER', 'KILOMETER', 'FOOT', 'MILE', 'NAUTICAL_MILE'] as const satisfies RangeUnit[]

/** Mean radius, km. */
const earthRadius = 6_371.0087714

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Along the great circle, by haversine. */
export const distanceBetween = (a: Coordinates, b: Coordinates, unit: RangeUnit): number => {
  const across = Math.sin(radians(a.longitude - b.longitude) / 2)
  const along = Math.sin(radians(a.latitude - b.latitude) / 2)
  const h = Math.min(1, along ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * across ** 2)
  return 2 * Math.atan2(Math.sqrt(h), Math.sqrt(1 - h)) * earthRadius * perKilometre[unit]
}
