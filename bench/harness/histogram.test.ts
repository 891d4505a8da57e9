import { describe, expect, it } from 'vitest'
import { createHistogram, merge, percentile, record, summary } from './histogram.ts'

const filled = (values: number[]) => {
  const histogram = createHistogram()
  for (const value of values) record(histogram, value)
  return histogram
}

describe('a latency histogram', () => {
  it('gives percentiles within one percent of the exact ones', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => (i + 1) * 10)
    for (const share of [0.01, 0.5, 0.95, 0.99])
      expect(Math.abs(percentile(filled(values), share) / (share * 100_000) - 1)).toBeLessThan(0.012)
  })

  it('adds those of several processes as if one had seen all', () => {
    const whole = filled([5, 100, 100, 90_000])
    expect(merge([filled([5, 100]), filled([100, 90_000])])).toEqual(whole)
  })

  it('never tells more than the largest value it saw', () => {
    expect(percentile(filled([1000]), 0.99)).toBeLessThanOrEqual(1000)
    expect(summary(filled([1_500_000])).maxMs).toBe(1500)
  })

  it('knows nothing when nothing was recorded', () => {
    expect(percentile(createHistogram(), 0.5)).toBeNaN()
  })
})
