import type pg from 'pg'
import { type PageLink, toPageData, type PageData } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { containing, sortColumn, sortDirection } from '../rows.ts'

/** How rows of entities that belong to a tenant and may be assigned to a customer are listed. `e` is the entity. */
export type OwnedSource<Row, Entity> = {
  table: string
  select: string
  /** What stands beside an entity: one row each at most. */
  joins: string
  sorts: Readonly<Record<string, Sort>>
  /** Columns of `e` that a text is looked for in; where there are many rows, each has a trigram index. */
  searched: readonly string[]
  /** Small tables that it is looked for in, too: `key` of `e` points at a row whose `text` has it. */
  searchedBeside: readonly { table: string; text: string; key: string }[]
  toEntity(row: Row): Entity
}

export type Sort = {
  column: string
  /** Within a tenant, and never null: nothing else decides the order. */
  isUnique?: boolean
  /** For a column of what is joined: joins `ranked (id, rank)`, since numbers are sorted faster than texts. */
  rank?(isOfTenant: string): string
}

/** A rank by a text of another table. */
export const rankedBy =
  (join: 'JOIN' | 'LEFT JOIN', table: string, text: string, key: string) =>
  (isOfTenant: string): string =>
    `${join} (SELECT id, dense_rank() OVER (ORDER BY ${text}) AS rank FROM ${table} WHERE ${isOfTenant}) ranked
     ON ranked.id = e.${key}`

/** Collects conditions and their values. */
export const conditionsOf = (scope: Scope) => {
  const values: unknown[] = []
  const conditions: string[] = []
  const param = (value: unknown): string => `$${values.push(value)}`
  /** For tables that stand beside the listed one. */
  const isOfTenant = scope.kind === 'system' ? 'true' : `tenant_id = ${param(scope.tenantId)}::uuid`
  if (scope.kind !== 'system') conditions.push(`e.${isOfTenant}`)
  if (scope.kind === 'customer') conditions.push(`e.customer_id = ${param(scope.customerId)}::uuid`)
  return {
    scope,
    values,
    param,
    isOfTenant,
    where: (condition: string) => void conditions.push(condition),
    text: () => (conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''),
  }
}
export type Conditions = ReturnType<typeof conditionsOf>

const byId: Sort = { column: 'e.id', isUnique: true }

/**
 * One page. The ids of the page are found first, from an index alone where there is one; only their rows are read and
 * joined. They are counted only when the page does not tell by itself how many there are.
 */
export const listOwned = async <Row extends pg.QueryResultRow, Entity>(
  sql: Sql,
  source: OwnedSource<Row, Entity>,
  found: Conditions,
  link: PageLink,
): Promise<PageData<Entity>> => {
  const { table, select, joins } = source
  const text = link.textSearch
  if (text) found.where(await searchCondition(sql, source, found, containing(text)))
  const count = () => countOwned(sql, table, found)
  const offset = link.page * link.pageSize
  // Counting is cheap without a text; it tells from which end a far page is nearer.
  const known = offset > 0 && !text ? await count() : null
  if (known !== null && offset >= known) return toPageData([], known, link)
  const isNearEnd = known !== null && offset > known / 2
  const part =
    isNearEnd && known !== null
      ? { skip: Math.max(known - offset - link.pageSize, 0), take: Math.min(link.pageSize, known - offset) }
      : { skip: offset, take: link.pageSize }
  const sort = sortColumn(link, { id: byId, ...source.sorts }, byId)
  const direction = sortDirection(link)
  const orderBy = (column: string, isDescending: boolean) =>
    sort.isUnique
      ? `${column} ${isDescending ? 'DESC' : 'ASC'}`
      : `${column} ${isDescending ? 'DESC' : 'ASC'}, e.id ${isDescending === (direction === 'desc') ? 'ASC' : 'DESC'}`
  const { rows } = await sql.query<Row>({
    text: `WITH page AS MATERIALIZED (
             SELECT e.id FROM ${table} e ${sort.rank?.(found.isOfTenant) ?? ''} ${found.text()}
             ORDER BY ${orderBy(sort.rank ? 'ranked.rank' : sort.column, (direction === 'desc') !== isNearEnd)}
             LIMIT $${found.values.length + 1} OFFSET $${found.values.length + 2}
           )
           SELECT ${select} FROM page JOIN ${table} e ON e.id = page.id ${joins}
           ORDER BY ${orderBy(sort.column, direction === 'desc')}`,
    values: [...found.values, part.take, part.skip],
  })
  const isLast = rows.length < link.pageSize && (rows.length > 0 || offset === 0)
  const total = known ?? (isLast ? offset + rows.length : await count())
  return toPageData(rows.map(source.toEntity), total, link)
}

const wholeTenant = (scope: Scope): Scope =>
  scope.kind === 'customer' ? { kind: 'tenant', tenantId: scope.tenantId } : scope

/**
 * What stands beside is looked up first: PostgreSQL guesses badly how many rows a nested search will bring, and then
 * reads them all instead of using the indexes.
 */
const searchCondition = async <Row, Entity>(
  sql: Sql,
  { searched, searchedBeside }: OwnedSource<Row, Entity>,
  found: Conditions,
  pattern: string,
): Promise<string> => {
  const conditions = searched.map((column) => `${column} ILIKE ${found.param(pattern)}`)
  for (const { table, text, key } of searchedBeside) {
    const beside = conditionsOf(wholeTenant(found.scope))
    beside.where(`e.${text} ILIKE ${beside.param(pattern)}`)
    const { rows } = await sql.query<{ id: string }>({
      text: `SELECT e.id FROM ${table} e ${beside.text()}`,
      values: beside.values,
    })
    if (rows.length > 0) conditions.push(`e.${key} = ANY(${found.param(rows.map(({ id }) => id))}::uuid[])`)
  }
  return `(${conditions.join(' OR ')})`
}

const countOwned = async (sql: Sql, table: string, found: Conditions): Promise<number> => {
  const { rows } = await sql.query<{ total: number }>({
    text: `SELECT count(*) AS total FROM ${table} e ${found.text()}`,
    values: found.values,
  })
  return rows[0]?.total ?? 0
}

/**
 * Those of the scope that the conditions leave, without an order.
 * @param name Of a statement whose text depends on the kind of the scope alone: it is parsed once a connection
 */
export const findOwned = async <Row extends pg.QueryResultRow, Entity>(
  sql: Sql,
  { table, select, joins, toEntity }: OwnedSource<Row, Entity>,
  found: Conditions,
  name?: string,
): Promise<Entity[]> => {
  const { rows } = await sql.query<Row>({
    ...(name && { name: `${table}-${name}-${found.scope.kind}` }),
    text: `SELECT ${select} FROM ${table} e ${joins} ${found.text()}`,
    values: found.values,
  })
  return rows.map(toEntity)
}
