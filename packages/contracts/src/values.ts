import { z } from 'zod'

export const dataTypes = ['BOOLEAN', 'LONG', 'DOUBLE', 'STRING', 'JSON'] as const
export type DataType = (typeof dataTypes)[number]

/**
 * One typed value. `LONG` is a number while it is a safe integer and a bigint beyond that; `JSON` is its text.
 * The type is kept apart from the value because 20 and 20.0 are different on the wire (as ThingsBoard).
 */
export type KvValue =
  | { type: 'BOOLEAN'; value: boolean }
  | { type: 'LONG'; value: number | bigint }
  | { type: 'DOUBLE'; value: number }
  | { type: 'STRING'; value: string }
  | { type: 'JSON'; value: string }

export type KvEntry = KvValue & { key: string }

/** A value at a moment; `ts` is epoch milliseconds. */
export type TsValue = KvValue & { ts: number }
export type TsKvEntry = KvEntry & { ts: number }

export const attributeScopes = ['CLIENT_SCOPE', 'SERVER_SCOPE', 'SHARED_SCOPE'] as const
export const attributeScopeSchema = z.enum(attributeScopes)
export type AttributeScope = z.infer<typeof attributeScopeSchema>

export const aggregations = ['NONE', 'AVG', 'MIN', 'MAX', 'SUM', 'COUNT'] as const
export const aggregationSchema = z.enum(aggregations)
export type Aggregation = z.infer<typeof aggregationSchema>

/** Longest key accepted anywhere, in characters (as ThingsBoard). */
export const maxKeyLength = 255

/** What a JSON client sees: numbers as numbers (a LONG beyond 2^53 as text), JSON values parsed. */
export const toPlainValue = (kv: KvValue): unknown => {
  switch (kv.type) {
    case 'JSON':
      return JSON.parse(kv.value)
    case 'LONG':
      return typeof kv.value === 'bigint' ? kv.value.toString() : kv.value
    default:
      return kv.value
  }
}

/** The text form used by time-series answers without strict types and by metadata. */
export const toTextValue = (kv: KvValue): string => String(kv.value)
