import type { Clock } from '@thingwire/rules'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/**
 * Lets the first message of each originator per interval pass. Intervals are slots of the data's own time. Slots nobody
 * asks for are forgotten after ten intervals (ten minutes to two days); at most a hundred are kept.
 */
export class Deduplicator {
  readonly #clock: Clock
  readonly #intervalMs: number
  readonly #keepMs: number
  readonly #maxSlots: number
  /** By slot, the one used longest ago first. */
  readonly #slots = new Map<number, { ids: Set<string>; usedAt: number }>()

  constructor(intervalSeconds: number, clock: Clock) {
    this.#clock = clock
    this.#intervalMs = intervalSeconds * 1_000
    this.#keepMs = Math.min(Math.max(this.#intervalMs * 10, 10 * minuteMs), 2 * dayMs)
    this.#maxSlots = Math.min(Math.max(Math.floor(this.#keepMs / this.#intervalMs), 2), 100)
  }

  /** True for the first call per originator and slot. `ts` is epoch ms. */
  claim(ts: number, originatorId: string): boolean {
    const now = this.#clock.now()
    const key = Math.floor(ts / this.#intervalMs)
    const slot = this.#slots.get(key) ?? { ids: new Set<string>(), usedAt: now }
    slot.usedAt = now
    this.#slots.delete(key)
    this.#slots.set(key, slot)
    this.#forgetOld(now)
    if (slot.ids.has(originatorId)) return false
    slot.ids.add(originatorId)
    return true
  }

  /** Takes a claim back, for a message that could not be saved after all: its repetition must pass. */
  release(ts: number, originatorId: string): void {
    this.#slots.get(Math.floor(ts / this.#intervalMs))?.ids.delete(originatorId)
  }

  #forgetOld(now: number): void {
    for (const [key, { usedAt }] of this.#slots) {
      if (this.#slots.size <= this.#maxSlots && now - usedAt < this.#keepMs) return
      this.#slots.delete(key)
    }
  }
}
