import type { Random } from './random.ts'

export type Fault<Kind extends string> = { kind: Kind; untilMs: number; size: number }
/** How long each fault lasts, in seconds. */
export type FaultDurations<Kind extends string> = Readonly<Record<Kind, readonly [low: number, high: number]>>

/** A device is well for at least this long after a fault and after its start. */
const healthyMs = 120_000

/**
 * When a device goes wrong and how: faults come at random with a mean distance, one at a time.
 * `at` must be called with moments that never go back.
 */
export const faultSchedule = <Kind extends string>(
  random: Random,
  o: { durations: FaultDurations<Kind>; startMs: number; meanMinutesBetween: number },
) => {
  const kinds = Object.keys(o.durations) as [Kind, ...Kind[]]
  const nextStart = (fromMs: number) => fromMs + healthyMs - Math.log(1 - random.next()) * o.meanMinutesBetween * 60_000
  let startsMs = nextStart(o.startMs)
  let current: Fault<Kind> | null = null
  return {
    at: (nowMs: number): Fault<Kind> | null => {
      if (current && nowMs >= current.untilMs) {
        startsMs = nextStart(current.untilMs)
        current = null
      }
      if (!current && nowMs >= startsMs) {
        const kind = random.pick(kinds)
        const [least, most] = o.durations[kind]
        current = {
          kind,
          untilMs: nowMs + random.between(least, most) * 1000,
          size: random.pick([-1, 1]) * random.between(8, 16),
        }
      }
      return current
    },
  }
}
