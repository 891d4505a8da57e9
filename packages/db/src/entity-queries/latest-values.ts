import type { EntityData, EntityKey, QueryValue } from '@thingwire/contracts'
import { isRecord } from '../rows.ts'
import type { KeyIds } from './entity-query-sql.ts'
import { scopeCodes } from './latest-columns.ts'

const missing: QueryValue = { ts: 0, value: '' }

/** `[keyId, ts, isDouble, text, scope?]` as the statement packs a latest value. */
type Packed = { keyId: number; value: QueryValue; scope: number }

const unpack = (column: unknown): Packed[] =>
  (Array.isArray(column) ? column : []).flatMap((item: unknown) => {
    if (!Array.isArray(item)) return []
    const [keyId, ts, isDouble, text, scope]: unknown[] = item
    if (typeof keyId !== 'number' || typeof ts !== 'number' || typeof text !== 'string') return []
    return [
      {
        keyId,
        value: { ts, value: isDouble === true ? plainDecimal(text) : text },
        scope: typeof scope === 'number' ? scope : 0,
      },
    ]
  })

/** A row of the find statement as the selection wants it shown. */
export const toLatest = (
  row: Record<string, unknown>,
  selection: readonly EntityKey[],
  keyIds: KeyIds,
  nowMs: number,
): EntityData['latest'] => {
  const series = unpack(row.series)
  const attributes = unpack(row.attributes)
  const latest: EntityData['latest'] = {}
  let field = 0
  for (const { type, key } of selection) {
    // Keys are texts of callers; `__proto__` is one like any other.
    const group = latest[type] ?? Object.create(null)
    latest[type] = group
    if (type === 'ENTITY_FIELD') {
      const value = row[`f${field++}`]
      group[key] = { ts: nowMs, value: fieldText(key, typeof value === 'string' ? value : '') }
      continue
    }
    const id = keyIds.get(key)
    const candidates = (type === 'TIME_SERIES' ? series : attributes).filter(
      (one) => one.keyId === id && (!isScoped(type) || one.scope === scopeCodes[type]),
    )
    group[key] = candidates.reduce<Packed | null>((a, b) => (a && !isNewer(b, a) ? a : b), null)?.value ?? missing
  }
  return latest
}

const isScoped = (type: EntityKey['type']): type is keyof typeof scopeCodes => Object.hasOwn(scopeCodes, type)

const isNewer = (a: Packed, b: Packed): boolean =>
  a.value.ts > b.value.ts || (a.value.ts === b.value.ts && a.scope < b.scope)

const fieldText = (key: string, text: string): string => {
  if (key !== 'additionalInfo' || text === '') return text
  try {
    const parsed: unknown = JSON.parse(text)
    return isRecord(parsed) ? JSON.stringify(parsed) : text
  } catch {
    return text
  }
}

/** PostgreSQL's shortest form of a double without its exponent. */
export const plainDecimal = (text: string): string => {
  const [, sign = '', whole = '', fraction = '', exponent = ''] = /^(-?)(\d+)\.?(\d*)(?:e([+-]?\d+))?$/.exec(text) ?? []
  if (whole === '') return text
  if (exponent === '') return text
  const shift = Number(exponent)
  const digits = whole + fraction
  const point = whole.length + shift
  const unsigned =
    point <= 0
      ? `0.${'0'.repeat(-point)}${digits}`
      : point >= digits.length
        ? digits + '0'.repeat(point - digits.length)
        : `${digits.slice(0, point)}.${digits.slice(point)}`
  return sign + unsigned
}
