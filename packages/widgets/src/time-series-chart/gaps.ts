import type { LivePoint } from '@thingwire/contracts'

export type ChartPoint = [ts: number, value: number | null]

const gapFactor = 3.5
/** Raw points are spaced as the device likes; below this no silence counts as a gap. */
const smallestRawGapMs = 10_000

const toNumber = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value !== 'string' || value.trim() === '') return null
  const parsed = Number(value)
  return Number.isFinite(parsed) ? parsed : null
}

const usualStep = (points: readonly ChartPoint[]): number => {
  const steps = points.slice(1).map((point, index) => point[0] - (points[index]?.[0] ?? point[0]))
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
}

/**
 * Points as the chart draws them: numbers only, and an empty point inside every silence that is long against the bucket
 * width (`interval` ms; 0: against the usual distance of the points), so that no line is drawn over missing data.
 */
export const toChartPoints = (points: readonly LivePoint[], interval: number): ChartPoint[] => {
  const numbers = points.flatMap(([ts, value]): ChartPoint[] => {
    const number = toNumber(value)
    return number === null ? [] : [[ts, number]]
  })
  const longest = interval > 0 ? interval * gapFactor : Math.max(smallestRawGapMs, usualStep(numbers) * gapFactor)
  return numbers.flatMap((point, index): ChartPoint[] => {
    const before = numbers[index - 1]
    return before && point[0] - before[0] > longest ? [[before[0] + 1, null], point] : [point]
  })
}
