import { LRUCache } from 'lru-cache'

/** `watched`: it has struck lately, so it runs with nothing beside it. `suspended`: it does not run at all for a while. */
export type ScriptState = 'active' | 'watched' | 'suspended'

export type ScriptStatistics = {
  calls: number
  messages: number
  errors: number
  /** Time until its answers were there, all calls together. */
  timeMs: number
  state: ScriptState
  /** Epoch ms; null when it is not suspended. */
  suspendedUntil: number | null
}

/** As ThingsBoard: so many times a script may run out of time or memory before it is suspended, and for how long. */
export const maxStrikes = 3
export const suspensionMs = 60_000

const maxScripts = 10_000

type Entry = { calls: number; messages: number; errors: number; timeMs: number; strikes: number; lastStrikeAt: number }

export type ScriptHealth = {
  stateOf(key: string): ScriptState
  /** Epoch ms. */
  suspendedUntil(key: string): number
  /** Notes a call that ended. Says whether the script has just been suspended by it. */
  note(key: string, call: { messages: number; errors: number; timeMs: number; strikes: number }): boolean
  statistics(key: string): ScriptStatistics | null
}

/**
 * What is known about scripts. Strikes are forgotten a while after the last one; after a suspension one more is enough
 * for the next.
 */
export const createScriptHealth = (now: () => number): ScriptHealth => {
  const entries = new LRUCache<string, Entry>({ max: maxScripts })

  const suspendedUntil = (entry: Entry | undefined): number =>
    entry && entry.strikes >= maxStrikes ? entry.lastStrikeAt + suspensionMs : 0
  const stateOf = (entry: Entry | undefined): ScriptState => {
    if (!entry || entry.strikes === 0) return 'active'
    if (suspendedUntil(entry) > now()) return 'suspended'
    return now() - entry.lastStrikeAt < 2 * suspensionMs ? 'watched' : 'active'
  }

  return {
    stateOf: (key) => stateOf(entries.get(key)),
    suspendedUntil: (key) => suspendedUntil(entries.get(key)),
    note: (key, call) => {
      const entry = entries.get(key) ?? { calls: 0, messages: 0, errors: 0, timeMs: 0, strikes: 0, lastStrikeAt: 0 }
      entries.set(key, entry)
      entry.calls++
      entry.messages += call.messages
      entry.errors += call.errors
      entry.timeMs += call.timeMs
      if (call.strikes === 0) return false
      const wasSuspended = stateOf(entry) === 'suspended'
      if (stateOf(entry) === 'active') entry.strikes = 0
      entry.strikes = Math.min(maxStrikes, entry.strikes + call.strikes)
      entry.lastStrikeAt = now()
      return !wasSuspended && entry.strikes === maxStrikes
    },
    statistics: (key) => {
      const entry = entries.get(key)
      if (!entry) return null
      const { calls, messages, errors, timeMs } = entry
      const state = stateOf(entry)
      return {
        calls,
        messages,
        errors,
        timeMs,
        state,
        suspendedUntil: state === 'suspended' ? suspendedUntil(entry) : null,
      }
    },
  }
}
