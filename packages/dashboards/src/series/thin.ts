type Point = readonly [ts: number, value: unknown]

/** First, last, lowest and highest of the points in one column of a drawing, by their places. */
type Column = { first: number; last: number; low: number; high: number }

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

/**
 * Points that draw the same line as all of them in a picture of `most / 4` columns: of each column the first and the last
 * and, of numbers, the lowest and the highest. Values stay as they are, and so do lists that are short enough.
 * @param points ascending
 */
export const thinPoints = <P extends Point>(points: readonly P[], most: number): readonly P[] => {
  const [start] = points
  const end = points.at(-1)
  if (points.length <= most || !start || !end) return points
  const columns = Math.max(1, Math.floor(most / 4))
  const width = (end[0] - start[0] + 1) / columns
  const found: Column[] = []
  let at = -1
  points.forEach(([ts, value], index) => {
    const place = Math.floor((ts - start[0]) / width)
    const known = place === at ? found.at(-1) : undefined
    if (!known) {
      at = place
      found.push({ first: index, last: index, low: index, high: index })
      return
    }
    known.last = index
    if (!isNumber(value)) return
    const [low, high] = [points[known.low]?.[1], points[known.high]?.[1]]
    if (!isNumber(low) || value < low) known.low = index
    if (!isNumber(high) || value > high) known.high = index
  })
  const kept = found.flatMap(({ first, last, low, high }) =>
    [...new Set([first, low, high, last])].sort((a, b) => a - b),
  )
  return kept.map((index) => points[index]).filter((point) => point !== undefined)
}
