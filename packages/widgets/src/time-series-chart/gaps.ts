import type { LivePoint } from '@thingwire/contracts'

export type ChartPoint = [ts: number, value: number | null]

const gapFactor = 3.5
/** Below this no silence between raw points counts as a gap. */
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
 * Points as the chart draws them: numbers only, and an empty point inside every silence that is long against both the
 * bucket width (`interval` ms; 0: raw points) and the usual distance of the points, so that no line is drawn over missing
 * data. A device may well send less often than the buckets of a short window are wide.
 */
export const toChartPoints = (points: readonly LivePoint[], interval: number): ChartPoint[] => {
  const numbers = points.flatMap(([ts, value]): ChartPoint[] => {
    const number = toNumber(value)
    return number === null ? [] : [[ts, number]]
  })
  const shortest = interval > 0 ? interval * gapFactor : smallestRawGapMs
  const longest = Math.max(shortest, usualStep(numbers) * gapFactor)
  return numbers.flatMap((point, index): ChartPoint[] => {
    const before = numbers[index - 1]
    return before && point[0] - before[0] > longest ? [[before[0] + 1, null], point] : [point]
  })
}

const isEmpty = (point: ChartPoint | undefined): boolean => !point || point[1] === null

/** Whether the point has no neighbour that a line could lead to, so that it must be drawn as a dot to be seen. */
export const standsAlone = (points: readonly ChartPoint[], index: number): boolean =>
  !isEmpty(points[index]) && isEmpty(points[index - 1]) && isEmpty(points[index + 1])
