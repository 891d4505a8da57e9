type DurationPart = { unit: 'second' | 'minute' | 'hour' | 'day'; count: number }

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

/** A length of time in its two largest units: what people can grasp. Below a second it is 0 seconds. */
export const durationParts = (durationMs: number): DurationPart[] => {
  let rest = Math.max(0, durationMs)
  const parts = units.map(([unit, ms]) => {
    const count = Math.floor(rest / ms)
    rest -= count * ms
    return { unit, count }
  })
  const first = parts.findIndex(({ count }) => count > 0)
  if (first === -1) return parts.slice(-1)
  return parts.slice(first, first + 2).filter(({ count }) => count > 0)
}
