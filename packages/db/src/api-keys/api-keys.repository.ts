import { type ApiKeyInfo, type PageData, type PageLink, toPageData } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import { containing, sortColumn, sortDirection } from '../rows.ts'
import type { Scope } from '../database.ts'
import { fromWireId, toWireId } from '../scope.ts'
import { uuidV7 } from '../uuid.ts'

/** A key without what depends on the clock. */
export type StoredApiKey = Omit<ApiKeyInfo, 'expired'>

export type NewApiKey = {
  /** Null: of a system administrator. */
  tenantId: string | null
  userId: string
  description: string
  /** SHA-256 of the key, hex. */
  valueHash: string
  /** Epoch ms; 0: never. */
  expirationTime: number
  enabled: boolean
}

/** Rights to a key are those to its user; callers check them. */
export type ApiKeysRepository = {
  create(key: NewApiKey): Promise<StoredApiKey>
  find(scope: Scope, id: string): Promise<StoredApiKey | null>
  /** Any tenant's: sign-in does not know yet whose key it is. */
  findByHash(valueHash: string): Promise<StoredApiKey | null>
  list(userId: string, link: PageLink): Promise<PageData<StoredApiKey>>
  /** Null: no such key. */
  update(
    scope: Scope,
    id: string,
    change: { description?: string | undefined; enabled?: boolean | undefined },
  ): Promise<StoredApiKey | null>
  delete(scope: Scope, id: string): Promise<boolean>
}

type Row = {
  id: string
  created_time: number
  tenant_id: string | null
  user_id: string
  description: string
  expiration_time: number
  enabled: boolean
}

const columns = 'id, created_time, tenant_id, user_id, description, expiration_time, enabled'
const sortColumns = {
  id: 'id',
  createdTime: 'created_time',
  description: 'description',
  expirationTime: 'expiration_time',
  enabled: 'enabled',
} as const

export const createApiKeysRepository = (sql: Sql): ApiKeysRepository => {
  const first = async (name: string, text: string, values: unknown[]): Promise<StoredApiKey | null> => {
    const { rows } = await sql.query<Row>({ name, text, values })
    return rows[0] ? toKey(rows[0]) : null
  }
  return {
    create: async (key) => {
      const { rows } = await sql.query<Row>({
        text: `INSERT INTO api_keys (id, created_time, tenant_id, user_id, description, value_hash, expiration_time, enabled)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${columns}`,
        values: [
          uuidV7(),
          Date.now(),
          fromWireId(key.tenantId),
          key.userId,
          key.description,
          key.valueHash,
          key.expirationTime,
          key.enabled,
        ],
      })
      const [row] = rows
      if (!row) throw new Error('INSERT answered no row')
      return toKey(row)
    },

    find: (scope, id) =>
      first(
        'api-key-by-id',
        `SELECT ${columns} FROM api_keys WHERE id = $1 AND ($2::uuid IS NULL OR tenant_id = $2::uuid)`,
        [id, reachOf(scope)],
      ),

    findByHash: (valueHash) =>
      first('api-key-by-hash', `SELECT ${columns} FROM api_keys WHERE value_hash = $1`, [valueHash]),

    list: async (userId, link) => {
      const order = `${sortColumn(link, sortColumns, 'id')} ${sortDirection(link)}, id`
      const pattern = link.textSearch ? containing(link.textSearch) : null
      const where = 'user_id = $1 AND ($2::text IS NULL OR description ILIKE $2)'
      const [{ rows }, counted] = await Promise.all([
        sql.query<Row>({
          text: `SELECT ${columns} FROM api_keys WHERE ${where} ORDER BY ${order} LIMIT $3 OFFSET $4`,
          values: [userId, pattern, link.pageSize, link.page * link.pageSize],
        }),
        sql.query<{ n: number }>({
          text: `SELECT count(*) AS n FROM api_keys WHERE ${where}`,
          values: [userId, pattern],
        }),
      ])
      return toPageData(rows.map(toKey), counted.rows[0]?.n ?? 0, link)
    },

    update: (scope, id, { description, enabled }) =>
      first(
        'api-key-update',
        `UPDATE api_keys SET description = COALESCE($3, description), enabled = COALESCE($4, enabled)
         WHERE id = $1 AND ($2::uuid IS NULL OR tenant_id = $2::uuid) RETURNING ${columns}`,
        [id, reachOf(scope), description ?? null, enabled ?? null],
      ),

    delete: async (scope, id) => {
      const { rowCount } = await sql.query({
        text: 'DELETE FROM api_keys WHERE id = $1 AND ($2::uuid IS NULL OR tenant_id = $2::uuid)',
        values: [id, reachOf(scope)],
      })
      return rowCount === 1
    },
  }
}

/** Null: everybody's. */
const reachOf = (scope: Scope): string | null => (scope.kind === 'system' ? null : scope.tenantId)

const toKey = (row: Row): StoredApiKey => ({
  id: { entityType: 'API_KEY', id: row.id },
  createdTime: row.created_time,
  tenantId: { entityType: 'TENANT', id: toWireId(row.tenant_id) },
  userId: { entityType: 'USER', id: row.user_id },
  description: row.description,
  expirationTime: row.expiration_time,
  enabled: row.enabled,
})
