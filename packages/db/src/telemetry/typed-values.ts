import type { KvValue } from '@thingwire/contracts'
import { withoutNul } from '../rows.ts'

/** The value columns of telemetry and attribute rows; exactly one is set. */
export type ValueColumns = {
  bool_v: boolean | null
  long_v: number | bigint | null
  dbl_v: number | null
  str_v: string | null
  json_v: string | null
}

const minInt64 = -(2n ** 63n)
const maxInt64 = 2n ** 63n - 1n

/**
 * A value as it is going to be stored. Numbers that JSON cannot carry (NaN, infinities) and integers beyond 64 bits
 * become their text, as the device API does with numbers it cannot represent.
 */
export const normalised = (kv: KvValue): KvValue => {
  switch (kv.type) {
    case 'BOOLEAN':
      return kv
    case 'LONG':
      return isInt64(kv.value) ? kv : { type: 'STRING', value: String(kv.value) }
    case 'DOUBLE':
      return Number.isFinite(kv.value) ? kv : { type: 'STRING', value: String(kv.value) }
    case 'STRING':
    case 'JSON':
      return kv.value.includes('\u0000') ? { type: kv.type, value: withoutNul(kv.value) } : kv
  }
}

const isInt64 = (value: number | bigint): boolean =>
  typeof value === 'bigint' ? value >= minInt64 && value <= maxInt64 : Number.isSafeInteger(value)

/** Undefined when no column is set, which no writer of ours produces. */
export const fromColumns = (row: ValueColumns): KvValue | undefined => {
  if (row.dbl_v !== null) return { type: 'DOUBLE', value: row.dbl_v }
  if (row.long_v !== null) return { type: 'LONG', value: row.long_v }
  if (row.bool_v !== null) return { type: 'BOOLEAN', value: row.bool_v }
  if (row.str_v !== null) return { type: 'STRING', value: row.str_v }
  if (row.json_v !== null) return { type: 'JSON', value: row.json_v }
  return undefined
}
