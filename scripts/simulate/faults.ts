import type { Random } from './random.ts'

export const faultKinds = ['stuck', 'drop-out', 'spike', 'low-battery'] as const
export type FaultKind = (typeof faultKinds)[number]
export type Fault = { kind: FaultKind; untilMs: number; size: number }

/** How long each fault lasts, in seconds. */
const durations: Record<FaultKind, [low: number, high: number]> = {
  stuck: [60, 240],
  'drop-out': [20, 90],
  // One or two readings at the usual rate.
  spike: [1, 2],
  'low-battery': [300, 900],
}

/** A device is well for at least this long after a fault and after its start. */
const healthyMs = 120_000

/**
 * When a device goes wrong and how: faults come at random with a mean distance, one at a time.
 * `at` must be called with moments that never go back.
 */
export const faultSchedule = (random: Random, startMs: number, meanMinutesBetween: number) => {
  const nextStart = (fromMs: number) => fromMs + healthyMs - Math.log(1 - random.next()) * meanMinutesBetween * 60_000
  let startsMs = nextStart(startMs)
  let current: Fault | null = null
  return {
    at: (nowMs: number): Fault | null => {
      if (current && nowMs >= current.untilMs) {
        startsMs = nextStart(current.untilMs)
        current = null
      }
      if (!current && nowMs >= startsMs) {
        const kind = random.pick(faultKinds)
        current = {
          kind,
          untilMs: nowMs + random.between(...durations[kind]) * 1000,
          size: random.pick([-1, 1]) * random.between(8, 16),
        }
      }
      return current
    },
  }
}
