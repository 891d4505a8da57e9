import type { DynamicValue, KvValue } from '@thingwire/contracts'
import { textOfKv } from '../exact-json.ts'

export type KeyType = 'ATTRIBUTE' | 'TIME_SERIES' | 'ENTITY_FIELD'

/** How a value of a device is named among its others. */
export const factKey = (type: KeyType, key: string): string => `${type} ${key}`

/** What alarm rules are evaluated over: values of one device, by `factKey`, and attributes of those above it. */
export type Facts = {
  values: ReadonlyMap<string, KvValue>
  /** Attributes in the server scope. */
  customer: ReadonlyMap<string, KvValue>
  tenant: ReadonlyMap<string, KvValue>
}

/** The value that stands elsewhere; undefined: nobody has it. The owner of a user is never looked at (as ThingsBoard). */
export const resolved = (dynamic: DynamicValue, facts: Facts): KvValue | undefined => {
  const key = dynamic?.sourceAttribute
  if (!dynamic || !key) return undefined
  const { sourceType, inherit } = dynamic
  if (sourceType === 'CURRENT_TENANT') return facts.tenant.get(key)
  if (sourceType === 'CURRENT_CUSTOMER') return facts.customer.get(key) ?? (inherit ? facts.tenant.get(key) : undefined)
  if (sourceType !== 'CURRENT_DEVICE') return undefined
  const own = facts.values.get(factKey('ATTRIBUTE', key))
  return own ?? (inherit ? (facts.customer.get(key) ?? facts.tenant.get(key)) : undefined)
}

const numeric = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/** Null: it is none. */
export const numberOf = (value: KvValue): number | null => {
  if (value.type === 'BOOLEAN') return value.value ? 1 : 0
  if (value.type === 'LONG' || value.type === 'DOUBLE') return Number(value.value)
  const text = value.value.trim()
  return numeric.test(text) ? Number(text) : null
}

export const booleanOf = (value: KvValue): boolean => {
  if (value.type === 'BOOLEAN') return value.value
  if (value.type === 'LONG' || value.type === 'DOUBLE') return value.value > 0
  return value.value.trim().toLowerCase() === 'true'
}

export const textOf = (value: KvValue): string => textOfKv(value)

/** A constant of a rule as a value; undefined for what is no single value. */
export const constantOf = (value: unknown): KvValue | undefined => {
  if (typeof value === 'string') return { type: 'STRING', value }
  if (typeof value === 'boolean') return { type: 'BOOLEAN', value }
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'LONG' : 'DOUBLE', value }
  return undefined
}
