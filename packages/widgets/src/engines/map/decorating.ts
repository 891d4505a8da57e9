import type { Position } from './coordinates.ts'
import { mercator, unmercator } from './plane.ts'

/** px of the page that the world is wide at zoom 0. */
const worldPx = 512

/**
 * A line without its beginning and its end, as it is seen at a zoom; null where nothing is left of it.
 * @param start px from its first point
 * @param end px from its last point
 */
export const shortened = (
  line: readonly Position[],
  { start, end }: { start: number; end: number },
  zoom: number,
): Position[] | null => {
  const scale = worldPx * 2 ** zoom
  const places = line.map(mercator)
  const lengths = places.map(([x, y], index) => {
    const [left, up] = places[index - 1] ?? [x, y]
    return Math.hypot(x - left, y - up)
  })
  const [from, to] = [start / scale, lengths.reduce((sum, one) => sum + one, 0) - end / scale]
  if (!(from < to)) return null
  const kept: Position[] = []
  let passed = 0
  for (const [index, here] of places.entries()) {
    const [length, before] = [lengths[index] ?? 0, places[index - 1] ?? here]
    const cut = (at: number) => {
      const share = length === 0 ? 1 : (at - passed) / length
      kept.push(unmercator(before[0] + (here[0] - before[0]) * share, before[1] + (here[1] - before[1]) * share))
    }
    const next = passed + length
    if (passed < from && from < next) cut(from)
    if (next > to) {
      if (passed < to) cut(to)
      break
    }
    const own = line[index]
    if (next >= from && own) kept.push(own)
    passed = next
  }
  return kept.length < 2 ? null : kept
}
