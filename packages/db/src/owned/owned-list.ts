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
  /** Whether a row is found by a pattern; without the joins, so that only rows of the page are joined. */
  search(pattern: string, tenant: string): string
  toEntity(row: Row): Entity
}
export type Sort = { column: string; isNullable?: boolean; isJoined?: boolean; isUnique?: boolean }

/** Collects conditions and their values. */
export const conditionsOf = (scope: Scope) => {
  const values: unknown[] = []
  const conditions: string[] = []
  const param = (value: unknown): string => `$${values.push(value)}`
  const tenant = scope.kind === 'system' ? 'e.tenant_id' : `${param(scope.tenantId)}::uuid`
  if (scope.kind !== 'system') conditions.push(`e.tenant_id = ${tenant}`)
  if (scope.kind === 'customer') conditions.push(`e.customer_id = ${param(scope.customerId)}::uuid`)
  return {
    values,
    param,
    tenant,
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
  if (link.textSearch) found.where(source.search(found.param(containing(link.textSearch)), found.tenant))
  const filtered = [...found.values]
  const sort = sortColumn(link, { id: byId, ...source.sorts }, byId)
  const order = `${sort.column} ${sortDirection(link)}${sort.isNullable ? ' NULLS LAST' : ''}${sort.isUnique ? '' : ', e.id'}`
  const offset = link.page * link.pageSize
  const { rows } = await sql.query<Row>({
    text: `WITH page AS MATERIALIZED (
             SELECT e.id FROM ${table} e ${sort.isJoined ? joins : ''} ${found.text()}
             ORDER BY ${order} LIMIT ${found.param(link.pageSize)} OFFSET ${found.param(offset)}
           )
           SELECT ${select} FROM page JOIN ${table} e ON e.id = page.id ${joins} ORDER BY ${order}`,
    values: found.values,
  })
  const isLast = rows.length < link.pageSize && (rows.length > 0 || offset === 0)
  const total = isLast ? offset + rows.length : await countOwned(sql, table, found.text(), filtered)
  return toPageData(rows.map(source.toEntity), total, link)
}

const countOwned = async (sql: Sql, table: string, where: string, values: unknown[]): Promise<number> => {
  const { rows } = await sql.query<{ total: number }>({
    text: `SELECT count(*) AS total FROM ${table} e ${where}`,
    values,
  })
  return rows[0]?.total ?? 0
}

/** Those of the scope that the conditions leave, without an order. */
export const findOwned = async <Row extends pg.QueryResultRow, Entity>(
  sql: Sql,
  { table, select, joins, toEntity }: OwnedSource<Row, Entity>,
  found: Conditions,
): Promise<Entity[]> => {
  const { rows } = await sql.query<Row>({
    text: `SELECT ${select} FROM ${table} e ${joins} ${found.text()}`,
    values: found.values,
  })
  return rows.map(toEntity)
}
