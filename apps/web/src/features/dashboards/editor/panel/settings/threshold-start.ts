type Point = readonly [number, unknown, ...unknown[]]
type Series = { role: string; dataKey: { settings: Readonly<Record<string, unknown>> }; points: readonly Point[] }

const numberIn = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN

/** Least and most of what a chart shows on an axis, of all its axes where that one has nothing; null: no numbers. */
export const shownRange = (
  series: readonly Series[],
  axis: { id: string; isLog: boolean },
): { least: number; most: number } | null => {
  const main = series.filter(({ role }) => role === 'main')
  const own = main.filter(({ dataKey }) => (dataKey.settings.yAxisId || 'default') === axis.id)
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { points } of own.length > 0 ? own : main)
    for (const [, value] of points) {
      const number = numberIn(value)
      if (!Number.isFinite(number) || (axis.isLog && number <= 0)) continue
      least = Math.min(least, number)
      most = Math.max(most, number)
    }
  return least <= most ? { least, most } : null
}

const parts = [1 / 2, 3 / 4, 1 / 4]

/** The largest of 1, 2 and 5 times a power of ten that is not more than `most`. */
const roundStep = (most: number): number => {
  const power = 10 ** Math.floor(Math.log10(most))
  const times = [5, 2, 1].find((one) => one * power <= most) ?? 1
  return times * power
}

/** Where a new line begins: a round number in the middle of what is seen, or beside it where `taken` has one already. */
export const thresholdStart = (range: { least: number; most: number } | null, taken: readonly unknown[]): number => {
  if (!range) return 0
  const { least, most } = range
  // Halves first: the whole of a very long range is more than numbers go.
  const quarter = most / 4 - least / 4
  const step = roundStep(quarter)
  if (!(step > 0)) return least
  const places = parts.map((part) => {
    const place = least * (1 - part) + most * part
    return Number((Math.round(place / step) * step).toPrecision(12))
  })
  return places.find((place) => !taken.includes(place)) ?? places[0] ?? least
}
