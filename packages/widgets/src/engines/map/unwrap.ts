/** By whole turns, so that most of it lies between -180° and 180°. */
const centred = (ring: number[][]): number[][] => {
  const middle = ring.reduce((sum, [lon = 0]) => sum + lon, 0) / Math.max(1, ring.length)
  const turns = Math.round(middle / 360) * 360
  return turns === 0 ? ring : ring.map(([lon = 0, lat = 0]) => [lon - turns, lat])
}

/**
 * A ring over the date line without the leap from one edge of the map to the other: it goes on beyond 180° instead, and one
 * around a pole is closed along it.
 */
export const unwrapRing = (ring: readonly (readonly number[])[]): number[][] => {
  const made: number[][] = []
  let turn = 0
  let before: number | undefined
  for (const [lon = 0, lat = 0] of ring) {
    if (before !== undefined && Math.abs(lon - before) > 180) turn += lon < before ? 360 : -360
    before = lon
    made.push([lon + turn, lat])
  }
  const [first] = made
  const last = made.at(-1)
  if (turn === 0 || !first || !last) return centred(made)
  const pole = (first[1] ?? 0) < 0 ? -90 : 90
  return [...made, [last[0] ?? 0, pole], [first[0] ?? 0, pole], first]
}
