import type { KvValue } from '@thingwire/contracts'
import type { CompiledAlarms } from '@thingwire/rules'
import type { News } from './news.ts'

type Seen = Map<string, { ts: number; value: KvValue }>

const mostDevices = 50_000

/**
 * Telemetry that this process has seen, for rules over several keys that come in messages of their own: a chain need not
 * store what its rules look at. What is stored counts when it is newer, also when another process has stored it.
 */
export class SeenValues {
  readonly #devices = new Map<string, Seen>()

  /** By fact key. */
  of(deviceId: string): [string, KvValue][] {
    return Array.from(this.#devices.get(deviceId) ?? [], ([key, { value }]) => [key, value])
  }

  /** Undefined: nothing that is as new as `ts`. */
  newer(deviceId: string, key: string, ts: number): KvValue | undefined {
    const known = this.#devices.get(deviceId)?.get(key)
    return known && known.ts >= ts ? known.value : undefined
  }

  note(deviceId: string, { alarms, byKey }: CompiledAlarms, news: News): void {
    if (news.kind !== 'values' || !alarms.some(({ keys }) => keys.size > 1)) return
    const seen = this.#devices.get(deviceId) ?? new Map()
    for (const [key, value] of news.values)
      if (value && key.startsWith('TIME_SERIES ') && byKey.has(key)) seen.set(key, { ts: news.ts, value })
    if (seen.size === 0) return
    // The device that has said nothing for longest stands first.
    this.#devices.delete(deviceId)
    this.#devices.set(deviceId, seen)
    const [oldest] = this.#devices.keys()
    if (this.#devices.size > mostDevices && oldest !== undefined) this.#devices.delete(oldest)
  }

  forget(deviceId: string): void {
    this.#devices.delete(deviceId)
  }
}
