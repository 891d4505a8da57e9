import type { EntityKey } from '@thingwire/contracts'
import type { Bind } from './bindings.ts'
import type { Comparable } from './predicates.ts'
import { viewSeries } from './view-series.ts'

export type LatestKeyType = Exclude<EntityKey['type'], 'ENTITY_FIELD' | 'ALARM_FIELD'>

/** `attributes.scope` as stored. */
export const scopeCodes = { CLIENT_ATTRIBUTE: 1, SERVER_ATTRIBUTE: 2, SHARED_ATTRIBUTE: 3 } as const

/**
 * A latest value or attribute of the entity behind `te`, to stand after JOIN; at most one row for each entity. Time series
 * of views are those of the entity behind `tv`.
 */
export const latestJoin = (
  alias: string,
  type: LatestKeyType,
  { keyId, onlyScope, isOfView }: { keyId: number; onlyScope: number | undefined; isOfView: boolean },
  bind: Bind,
): string => {
  const key = `${bind(keyId)}::int`
  if (type === 'TIME_SERIES' && isOfView) return `LATERAL ${viewSeries(`ARRAY[${key}]`)} ${alias} ON true`
  if (type === 'TIME_SERIES') return `ts_kv_latest ${alias} ON ${alias}.entity = te.ref AND ${alias}.key = ${key}`
  const attribute = `attributes ${alias} ON ${alias}.entity = te.ref AND ${alias}.key = ${key}`
  const scope = type === 'ATTRIBUTE' ? onlyScope : scopeCodes[type]
  if (scope !== undefined) return `${attribute} AND ${alias}.scope = ${scope}`
  // The scope that was written last; of equally old ones the first.
  return `${attribute} AND NOT EXISTS (
      SELECT 1 FROM attributes n WHERE n.entity = ${alias}.entity AND n.key = ${key} AND n.scope <> ${alias}.scope
        AND (n.last_update_ts > ${alias}.last_update_ts
          OR (n.last_update_ts = ${alias}.last_update_ts AND n.scope < ${alias}.scope)))`
}

/** Only the column of the type is compared: a number never equals its text (as ThingsBoard). */
export const latestComparable = (alias: string): Comparable => ({
  text: `${alias}.str_v`,
  long: `${alias}.long_v`,
  double: `${alias}.dbl_v`,
  boolean: `${alias}.bool_v`,
})

/** What to sort by: numbers by value, then everything else by text. */
export const latestOrder = (alias: string): { number: string; text: string } => ({
  number: `COALESCE(${alias}.dbl_v, ${alias}.long_v::float8)`,
  text: `COALESCE(${alias}.str_v, ${alias}.json_v, ${alias}.bool_v::text)`,
})

/** Any value as text. */
export const latestText = (alias: string): string =>
  `COALESCE(${alias}.str_v, ${alias}.long_v::text, ${alias}.dbl_v::text, ${alias}.bool_v::text, ${alias}.json_v)`

/**
 * Whether a value as text holds what is searched. Numbers are only written out for a search that could be in one: that is
 * by far the dearest part.
 */
export const latestHolds = (alias: string, searched: string, like: string): string => {
  const columns = [`${alias}.str_v`, `${alias}.json_v`]
  if (/^[\d.e+-]*$/i.test(searched)) columns.push(`${alias}.long_v::text`, `${alias}.dbl_v::text`)
  const lower = searched.toLowerCase()
  if ('true'.includes(lower) || 'false'.includes(lower)) columns.push(`${alias}.bool_v::text`)
  return `(${columns.map((column) => `${column} ${like}`).join(' OR ')})`
}
