import type { KvValue } from '@thingwire/contracts'

/**
 * An argument as a rule sees it: its newest value, or none, and since when, epoch ms. `isDefault`: nobody has sent one yet;
 * it is the default since it was first looked for, and any value that comes is newer.
 */
export type Argument = { ts: number; value: KvValue | null; isDefault?: true }
export type Arguments = ReadonlyMap<string, Argument>

/** A default value is a number or a boolean where its text is one (as ThingsBoard); blank: there is none. */
export const defaultOf = (text: string | null | undefined): KvValue | null => {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '') return null
  if (trimmed === 'true' || trimmed === 'false') return { type: 'BOOLEAN', value: trimmed === 'true' }
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(trimmed)) return { type: 'DOUBLE', value: Number(trimmed) }
  return { type: 'STRING', value: text ?? '' }
}

/** When the newest of them was measured, epoch ms; 0: none was. */
export const newestTs = (all: Arguments): number => {
  let newest = 0
  for (const { ts, isDefault } of all.values()) if (!isDefault) newest = Math.max(newest, ts)
  return newest
}
