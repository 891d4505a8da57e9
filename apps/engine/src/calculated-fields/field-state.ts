import type { KvValue } from '@thingwire/contracts'
import { type Argument, type FieldCount, isSameKvValue } from '@thingwire/rules'
import { z } from 'zod'
import { storedValueSchema } from './field-messages.ts'

/** What is kept of one rule and one entity between its evaluations. */
export type KnownField = {
  /** Of the rule; those of another version are read anew. */
  version: number
  all: Map<string, Argument>
  counts: Readonly<Record<string, FieldCount>>
  /** The alarm that was active after the last evaluation. */
  alarmId: string | null
}

const schema = z.object({
  version: z.number(),
  args: z.record(
    z.string(),
    z.object({ ts: z.number(), value: storedValueSchema, isDefault: z.literal(true).exactOptional() }),
  ),
  counts: z.record(z.string(), z.object({ times: z.number(), sinceMs: z.number() })),
  alarmId: z.guid().nullable(),
})

/** Null: nothing usable is kept. */
export const readState = (stored: unknown, version: number): KnownField | null => {
  const parsed = schema.safeParse(stored)
  if (!parsed.success || parsed.data.version !== version) return null
  const { args, counts, alarmId } = parsed.data
  return { version, all: new Map(Object.entries(args)), counts, alarmId }
}

export const writeState = ({ version, all, counts, alarmId }: KnownField): unknown => ({
  version,
  args: Object.fromEntries(
    Array.from(all, ([name, { value, ...rest }]) => [
      name,
      { ...rest, value: value && { type: value.type, value: plain(value) } },
    ]),
  ),
  counts,
  alarmId,
})

const plain = ({ value }: KvValue) => (typeof value === 'bigint' ? value.toString() : value)

/** Takes a value in, unless it is older than what is known, or the same. Answers whether it was news. */
export const takeIn = (known: KnownField, name: string, { ts, value }: Argument): boolean => {
  const before = known.all.get(name)
  const isOlder =
    before !== undefined && !before.isDefault && (ts < before.ts || (ts === before.ts && isSame(before.value, value)))
  if (isOlder) return false
  known.all.set(name, { ts, value })
  return true
}

const isSame = (a: KvValue | null, b: KvValue | null): boolean => (a && b ? isSameKvValue(a, b) : a === b)
