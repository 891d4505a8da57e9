import type { EntityFilter, EntityKey } from '@thingwire/contracts'
import type { Principal } from '../database.ts'
import { containing, withoutNul } from '../rows.ts'
import { type Bind, createBindings } from './bindings.ts'
import { type Selected, selectEntities } from './entity-filter.ts'
import {
  latestComparable,
  latestJoin,
  latestHolds,
  type LatestKeyType,
  latestOrder,
  latestText,
  scopeCodes,
} from './latest-columns.ts'
import { predicateSql, type SettledPredicate } from './predicates.ts'
import { viewJoins, viewSeries } from './view-series.ts'

/** A search whose texts are validated and whose dynamic values are known. */
export type SettledSearch = {
  filter: EntityFilter
  keyFilters: readonly { key: EntityKey; predicate: SettledPredicate }[]
  keyFiltersOperation: 'AND' | 'OR'
}

export type SettledPage = {
  /** What the rows show; also what `textSearch` looks at. */
  selection: readonly EntityKey[]
  textSearch: string | null
  sort: { key: EntityKey; direction: 'ASC' | 'DESC' } | null
  limit: number
  offset: number
}

export type Statement = { text: string; values: unknown[] }

/** Telemetry keys by name as the integers that stand in the rows; those that never occurred are absent. */
export type KeyIds = ReadonlyMap<string, number>

/** The scope (as stored) of keys, by id, that are attributes of no other scope. */
type OnlyScopes = ReadonlyMap<number, number>

export type KnownKeys = { ids: KeyIds; onlyScopes: OnlyScopes }

/** Every name that `KeyIds` has to know for a search. */
export const keyNames = (search: SettledSearch, page?: SettledPage): string[] => {
  const keys = [
    ...search.keyFilters.map(({ key }) => key),
    ...(page ? [...page.selection, ...(page.sort ? [page.sort.key] : [])] : []),
  ]
  return [...new Set(keys.filter(({ type }) => isLatest(type)).map(({ key }) => key))]
}

/** Of these names those that are looked up in whatever scope was written last, to filter or to sort by. */
export const scopelessNames = (search: SettledSearch, page?: SettledPage): string[] => {
  const keys = [...search.keyFilters.map(({ key }) => key), ...(page?.sort ? [page.sort.key] : [])]
  return [...new Set(keys.filter(({ type }) => type === 'ATTRIBUTE').map(({ key }) => key))]
}

const isLatest = (type: EntityKey['type']): type is LatestKeyType => type !== 'ENTITY_FIELD' && type !== 'ALARM_FIELD'

type Matching = {
  selected: Selected
  joins: string[]
  conditions: string[]
  bind: Bind
  values: unknown[]
  /** Joins the integer that stands for the entity, once. */
  needRef(isRequired: boolean): void
  /** The same for the entity that has the time series. */
  needSeries(isRequired: boolean): void
  keys: KnownKeys
}

const startMatching = (search: SettledSearch, viewer: Principal, keys: KnownKeys): Matching | null => {
  const { bind, values } = createBindings()
  const selected = selectEntities(search.filter, viewer, bind)
  if (!selected) return null
  const joins: string[] = []
  let hasRef = false
  const needRef = (isRequired: boolean) => {
    if (!hasRef) joins.push(`${isRequired ? '' : 'LEFT '}JOIN telemetry_entities te ON te.entity_id = e.id`)
    hasRef = true
  }
  let hasViews = false
  const needSeries = (isRequired: boolean) => {
    if (!selected.mayBeViews) return needRef(isRequired)
    if (!hasViews) joins.push(viewJoins('e.id'))
    hasViews = true
  }
  const matching = { selected, joins, conditions: [...selected.conditions], bind, values, needRef, needSeries, keys }
  return addKeyFilters(matching, search) ? matching : null
}

const detailsOf = ({ keys, selected }: Matching, keyId: number) => ({
  keyId,
  onlyScope: keys.onlyScopes.get(keyId),
  isOfView: selected.mayBeViews,
})

/** @returns false when no entity can match: a filter on a key that never occurred */
const addKeyFilters = (matching: Matching, search: SettledSearch): boolean => {
  const { selected, joins, bind, keys } = matching
  const isAnd = search.keyFiltersOperation === 'AND'
  const aliases = new Map<string, string>()
  const parts: string[] = []
  for (const { key, predicate } of search.keyFilters) {
    if (!isLatest(key.type)) {
      const field = selected.field(key.type === 'ENTITY_FIELD' ? key.key : '')
      const subject = { text: field.text, long: field.number ?? null, double: null, boolean: null }
      const part = predicateSql(predicate, subject, bind)
      if (part !== undefined) parts.push(part)
      continue
    }
    const keyId = keys.ids.get(key.key)
    if (keyId === undefined) {
      if (isAnd) return false
      parts.push('false')
      continue
    }
    const name = `${key.type} ${key.key}`
    const alias = aliases.get(name) ?? `f${aliases.size}`
    if (!aliases.has(name)) {
      aliases.set(name, alias)
      if (key.type === 'TIME_SERIES') matching.needSeries(isAnd)
      else matching.needRef(isAnd)
      joins.push(`${isAnd ? '' : 'LEFT '}JOIN ${latestJoin(alias, key.type, detailsOf(matching, keyId), bind)}`)
    }
    const part = predicateSql(predicate, latestComparable(alias), bind)
    if (part !== undefined) parts.push(part)
  }
  if (parts.length > 0) matching.conditions.push(`(${parts.join(isAnd ? ' AND ' : ' OR ')})`)
  return true
}

const rowsOf = ({ selected, joins, conditions }: Matching): string => {
  const type = selected.entityType === null ? 'e.entity_type' : `'${selected.entityType}'`
  const reached = selected.reached ? ` JOIN ${selected.reached({ id: 'e.id', type })}` : ''
  return `FROM ${selected.source()}${reached} ${joins.join(' ')} WHERE ${conditions.length > 0 ? conditions.join(' AND ') : 'true'}`
}

const withCtes = (ctes: readonly string[], text: string): string =>
  ctes.length === 0 ? text : `WITH RECURSIVE ${ctes.join(', ')} ${text}`

/** How many there are: one row, `total`. Null: none, without asking. */
export const countStatement = (search: SettledSearch, viewer: Principal, keys: KnownKeys): Statement | null => {
  const matching = startMatching(search, viewer, keys)
  if (!matching) return null
  const text = withCtes(matching.selected.ctes, `SELECT count(*) AS total ${rowsOf(matching)}`)
  return { text, values: matching.values }
}

/** Newest values `x` of the keys, up to a WHERE that goes on. */
const seriesRows = ({ mayBeViews }: Selected, keys: string): string =>
  mayBeViews
    ? `FROM ${viewSeries(keys)} x WHERE true`
    : `FROM ts_kv_latest x WHERE x.entity = te.ref AND x.key = ANY(${keys})`

/** Adds the search in the columns that the rows show. */
const addTextSearch = (matching: Matching, page: SettledPage) => {
  const { bind, selected, keys } = matching
  if (!page.textSearch || page.selection.length === 0) return
  const searched = withoutNul(page.textSearch)
  const like = `ILIKE ${bind(containing(searched))}::text`
  const holds = (alias: string) => latestHolds(alias, searched, like)
  const parts: string[] = []
  const series: number[] = []
  /** By the scope; 0: any. */
  const attributes = new Map<number, number[]>()
  for (const { type, key } of page.selection) {
    if (type === 'ENTITY_FIELD' && key !== 'additionalInfo') parts.push(`${selected.field(key).text} ${like}`)
    const id = isLatest(type) ? keys.ids.get(key) : undefined
    if (id === undefined) continue
    if (type === 'TIME_SERIES') series.push(id)
    else {
      const scope = isScoped(type) ? scopeCodes[type] : 0
      attributes.set(scope, [...(attributes.get(scope) ?? []), id])
    }
  }
  if (series.length > 0) matching.needSeries(false)
  if (attributes.size > 0) matching.needRef(false)
  if (series.length > 0)
    parts.push(`EXISTS (SELECT 1 ${seriesRows(selected, `${bind(series)}::int[]`)} AND ${holds('x')})`)
  for (const [scope, ids] of attributes)
    parts.push(
      `EXISTS (SELECT 1 FROM attributes x WHERE x.entity = te.ref AND x.key = ANY(${bind(ids)}::int[])${scope === 0 ? '' : ` AND x.scope = ${scope}`} AND ${holds('x')})`,
    )
  // Nothing that could be searched holds the text; the bound value must be used even so.
  matching.conditions.push(parts.length > 0 ? `(${parts.join(' OR ')})` : `'' ${like}`)
}

const isScoped = (type: EntityKey['type']): type is keyof typeof scopeCodes => Object.hasOwn(scopeCodes, type)

/** What to sort by, most important first. */
const sortTerms = (matching: Matching, sort: SettledPage['sort']): string[] => {
  if (!sort) return []
  const { key } = sort
  if (!isLatest(key.type)) {
    if (key.type === 'ALARM_FIELD') return []
    const field = matching.selected.field(key.key)
    return [field.number ?? field.text]
  }
  const keyId = matching.keys.ids.get(key.key)
  if (keyId === undefined) return []
  if (key.type === 'TIME_SERIES') matching.needSeries(false)
  else matching.needRef(false)
  matching.joins.push(`LEFT JOIN ${latestJoin('s', key.type, detailsOf(matching, keyId), matching.bind)}`)
  const order = latestOrder('s')
  return [order.number, order.text]
}

/**
 * One page with the total: rows of `id`, `entity_type`, `f0…` (the entity fields of the selection, in its order),
 * `series` and `attributes` (JSON), `total`. A page behind the end is one row whose `id` is null.
 */
export const findStatement = (
  search: SettledSearch,
  page: SettledPage,
  viewer: Principal,
  keys: KnownKeys,
): Statement | null => {
  const matching = startMatching(search, viewer, keys)
  if (!matching) return null
  const { selected, bind } = matching
  addTextSearch(matching, page)
  const terms = sortTerms(matching, page.sort)
  // A type that all rows share stays out of the set that is held in memory.
  const ownType = selected.entityType === null ? ', e.entity_type' : ''
  const type = selected.entityType === null ? 'p.entity_type' : `'${selected.entityType}'::text`
  const order = (row: string) =>
    [...terms.map((_, i) => `${row}.s${i} ${page.sort?.direction ?? 'ASC'} NULLS LAST`), `${row}.id`].join(', ')
  const fields = page.selection
    .filter((key) => key.type === 'ENTITY_FIELD')
    .map(({ key }, i) => `, ${selected.field(key).text} AS f${i}`)
    .join('')
  const latest = latestSelection(page, selected, keys.ids, bind)
  const matched = `SELECT e.id${ownType}${terms.map((term, i) => `, ${term} AS s${i}`).join('')} ${rowsOf(matching)}`
  const join = (what: string) => (fields === '' ? '' : what)
  const text = withCtes(
    [
      ...selected.ctes,
      `matched AS MATERIALIZED (${matched})`,
      `page AS MATERIALIZED (SELECT * FROM matched m ORDER BY ${order('m')} LIMIT ${bind(page.limit)}::bigint OFFSET ${bind(page.offset)}::bigint)`,
    ],
    `SELECT p.id, ${type} AS entity_type${fields}${latest.columns}, counted.total
     FROM (SELECT count(*) AS total FROM matched) counted
     LEFT JOIN page p ON true
     ${join(`LEFT JOIN ${selected.source()} ON e.id = p.id${selected.entityType === null ? ' AND e.entity_type = p.entity_type' : ''}`)}
     ${selected.reached ? join(`LEFT JOIN ${selected.reached({ id: 'p.id', type })}`) : ''}
     ${latest.joins}
     ORDER BY ${order('p')}`,
  )
  return { text, values: matching.values }
}

/** All latest values of a row in one column each, whatever the number of keys. */
const latestSelection = (
  page: SettledPage,
  selected: Selected,
  keyIds: KeyIds,
  bind: Bind,
): { columns: string; joins: string } => {
  const ids = (isWanted: (type: EntityKey['type']) => boolean) => [
    ...new Set(page.selection.filter(({ type }) => isWanted(type)).flatMap(({ key }) => keyIds.get(key) ?? [])),
  ]
  const series = ids((type) => type === 'TIME_SERIES')
  const attributes = ids((type) => isLatest(type) && type !== 'TIME_SERIES')
  const columns = [
    ...(series.length > 0
      ? [
          `, (SELECT json_agg(json_build_array(x.key, x.ts, x.dbl_v IS NOT NULL, ${latestText('x')}))
             ${seriesRows(selected, `${bind(series)}::int[]`)}) AS series`,
        ]
      : []),
    ...(attributes.length > 0
      ? [
          `, (SELECT json_agg(json_build_array(x.key, x.last_update_ts, x.dbl_v IS NOT NULL, ${latestText('x')}, x.scope))
             FROM attributes x WHERE x.entity = te.ref AND x.key = ANY(${bind(attributes)}::int[])) AS attributes`,
        ]
      : []),
  ]
  return {
    columns: columns.join(''),
    joins: [
      ...(selected.mayBeViews && series.length > 0 ? [viewJoins('p.id')] : []),
      ...(columns.length > 0 ? ['LEFT JOIN telemetry_entities te ON te.entity_id = p.id'] : []),
    ].join(' '),
  }
}
