import { z } from 'zod'

/** `times`: how often the condition held. `sinceMs`: the newest moment at which it held (0: never), `lastedMs`: for how long. */
type Count = { times: number; sinceMs: number; lastedMs: number }

/** As it is kept: by alarm and rule, `[times, sinceMs, lastedMs]`; `seen` is the message that was counted last. */
const countsSchema = z.object({
  seen: z.string().nullable(),
  rules: z.record(z.string(), z.record(z.string(), z.tuple([z.number(), z.number(), z.number()]))),
})
export type StoredCounts = z.output<typeof countsSchema>

const tuple = (...numbers: [number, number, number]) => numbers

const nothing: Count = { times: 0, sinceMs: 0, lastedMs: 0 }

/** What the rules of one device have counted. Rules that have counted nothing take no place. */
export class RuleCounts {
  readonly #counts = new Map<string, Map<string, Count>>()
  #isChanged = false
  /** Id of the message that was counted last. */
  readonly seen: string | null

  /** @param stored What was kept; anything else is as nothing */
  constructor(stored: unknown) {
    if (stored === null) {
      this.seen = null
      return
    }
    const parsed = countsSchema.safeParse(stored)
    this.seen = parsed.success ? parsed.data.seen : null
    for (const [alarm, rules] of Object.entries(parsed.success ? parsed.data.rules : {}))
      for (const [rule, [times, sinceMs, lastedMs]] of Object.entries(rules))
        this.#put(alarm, rule, { times, sinceMs, lastedMs })
    this.#isChanged = false
  }

  get isChanged(): boolean {
    return this.#isChanged
  }

  /** Whether some rule waits for time to pass. */
  get isTimed(): boolean {
    for (const rules of this.#counts.values()) for (const { sinceMs } of rules.values()) if (sinceMs > 0) return true
    return false
  }

  of(alarm: string, rule: string): Count {
    return this.#counts.get(alarm)?.get(rule) ?? nothing
  }

  /** The condition holds once more; answers how often it has. */
  again(alarm: string, rule: string): number {
    const times = this.of(alarm, rule).times + 1
    this.#put(alarm, rule, { ...nothing, times })
    return times
  }

  /** The condition holds at `ts`, too; answers for how long it has, ms. Values that come late add nothing. */
  last(alarm: string, rule: string, ts: number): number {
    const { sinceMs, lastedMs } = this.of(alarm, rule)
    if (sinceMs > 0 && ts <= sinceMs) return lastedMs
    const now = sinceMs > 0 ? lastedMs + (ts - sinceMs) : 0
    this.#put(alarm, rule, { times: 0, sinceMs: ts, lastedMs: now })
    return now
  }

  reset(alarm: string, rule: string): void {
    const rules = this.#counts.get(alarm)
    if (!rules?.delete(rule)) return
    if (rules.size === 0) this.#counts.delete(alarm)
    this.#isChanged = true
  }

  resetAlarm(alarm: string): void {
    if (this.#counts.delete(alarm)) this.#isChanged = true
  }

  /** Forgets alarms that the profile does not have any more. */
  retain(alarms: ReadonlySet<string>): void {
    for (const alarm of [...this.#counts.keys()]) if (!alarms.has(alarm)) this.resetAlarm(alarm)
  }

  /** To be kept; null: there is nothing to keep. */
  stored(seen: string): StoredCounts | null {
    if (this.#counts.size === 0) return null
    return {
      seen,
      rules: Object.fromEntries(
        Array.from(this.#counts, ([alarm, rules]) => [
          alarm,
          Object.fromEntries(
            Array.from(rules, ([rule, { times, sinceMs, lastedMs }]) => [rule, tuple(times, sinceMs, lastedMs)]),
          ),
        ]),
      ),
    }
  }

  #put(alarm: string, rule: string, count: Count): void {
    const rules = this.#counts.get(alarm) ?? new Map<string, Count>()
    this.#counts.set(alarm, rules.set(rule, count))
    this.#isChanged = true
  }
}
