import { nullUuid } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { z } from 'zod'
import type { Invalidate } from '../actions/invalidation.ts'

export type StoredSetting<T> = {
  /** As last saved anywhere; remembered for a few seconds. */
  get(): Promise<T>
  save(value: T): Promise<T>
  /** Call it when another process may have saved. */
  forget(): void
}

const maxAgeMs = 10_000

/**
 * One document of the system's settings. What is stored is parsed, so members that a newer release added have their
 * defaults.
 */
export const createStoredSetting = <T>(deps: {
  settings: Pick<Database['settings'], 'get' | 'save'>
  invalidate: Invalidate
  /** Epoch ms. */
  now: () => number
  key: string
  schema: z.ZodType<T>
  /** What stands while nothing is stored; written down when it must be the same for all processes. */
  initial: () => Promise<unknown> | unknown
}): StoredSetting<T> => {
  const { settings, key, schema, now } = deps
  let known: { value: Promise<T>; untilMs: number } | null = null

  const load = async (): Promise<T> => schema.parse((await settings.get(key)) ?? (await deps.initial()))

  return {
    get: () => {
      if (known && now() < known.untilMs) return known.value
      const entry = { value: load(), untilMs: now() + maxAgeMs }
      known = entry
      entry.value.catch(() => {
        if (known === entry) known = null
      })
      return entry.value
    },
    save: async (value) => {
      await settings.save(key, value)
      known = null
      await deps.invalidate({ kind: 'settings', tenantId: nullUuid, id: nullUuid })
      return value
    },
    forget: () => {
      known = null
    },
  }
}
