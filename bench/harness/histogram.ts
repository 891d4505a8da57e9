/** Parts of each doubling; the error of a percentile is at most half a part: 0.8 %. */
const parts = 64
const doublings = 30

/**
 * Latencies in microseconds, from 1 µs to 18 minutes, in logarithmic classes. Plain counts, so that those of several
 * processes can be added.
 */
export type Histogram = { counts: number[]; total: number; max: number }

export const createHistogram = (): Histogram => ({
  counts: new Array<number>(parts * doublings).fill(0),
  total: 0,
  max: 0,
})

export const record = (histogram: Histogram, microseconds: number) => {
  const value = Math.max(1, microseconds)
  const index = Math.min(histogram.counts.length - 1, Math.floor(Math.log2(value) * parts))
  histogram.counts[index] = (histogram.counts[index] ?? 0) + 1
  histogram.total += 1
  if (value > histogram.max) histogram.max = value
}

export const merge = (histograms: readonly Histogram[]): Histogram => {
  const sum = createHistogram()
  for (const one of histograms) {
    one.counts.forEach((count, i) => {
      sum.counts[i] = (sum.counts[i] ?? 0) + count
    })
    sum.total += one.total
    sum.max = Math.max(sum.max, one.max)
  }
  return sum
}

/** The value below which the share (0..1) of all lies, in microseconds; NaN when nothing was recorded. */
export const percentile = (histogram: Histogram, share: number): number => {
  if (histogram.total === 0) return Number.NaN
  const wanted = Math.ceil(histogram.total * share)
  let seen = 0
  for (const [i, count] of histogram.counts.entries()) {
    seen += count
    if (seen >= wanted) return Math.min(histogram.max, 2 ** ((i + 0.5) / parts))
  }
  return histogram.max
}

/** The usual percentiles in milliseconds. */
export const summary = (histogram: Histogram) => {
  const ms = (share: number) => Number((percentile(histogram, share) / 1000).toFixed(2))
  return {
    p50Ms: ms(0.5),
    p95Ms: ms(0.95),
    p99Ms: ms(0.99),
    p999Ms: ms(0.999),
    maxMs: Number((histogram.max / 1000).toFixed(2)),
    count: histogram.total,
  }
}
