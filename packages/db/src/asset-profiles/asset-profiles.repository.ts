import {
  AppError,
  type AssetProfile,
  type PageData,
  type PageLink,
  type SaveAssetProfile,
  toPageData,
} from '@thingwire/contracts'
import type { Queryable, Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { removeTraces } from '../entity-removal.ts'
import { containing, sortColumn, sortDirection } from '../rows.ts'
import { fromWireId, writableTenant } from '../scope.ts'
import { uuidV7 } from '../uuid.ts'

/** A customer sees the profiles of its tenant: their names stand on its own assets. */
export type AssetProfilesRepository = {
  find(scope: Scope, profileId: string): Promise<AssetProfile | null>
  /** The profile of assets that name none. */
  findDefault(scope: Scope): Promise<AssetProfile | null>
  /** In the order asked for; those that are missing are left out. */
  findMany(scope: Scope, profileIds: readonly string[]): Promise<AssetProfile[]>
  list(scope: Scope, link: PageLink): Promise<PageData<AssetProfile>>
  /** By name; only those with assets (of the customer) when asked so. */
  names(scope: Scope, filter: { isUsed: boolean }): Promise<{ id: string; tenantId: string; name: string }[]>
  save(scope: Scope, profile: SaveAssetProfile): Promise<AssetProfile>
  /** The one that was it before is not any more. */
  setDefault(scope: Scope, profileId: string): Promise<AssetProfile>
  /** Throws when assets use it, or when it is the default one. */
  delete(scope: Scope, profileId: string): Promise<boolean>
}

type Row = {
  id: string
  created_time: number
  tenant_id: string
  name: string
  description: string | null
  image: string | null
  is_default: boolean
  default_rule_chain_id: string | null
  default_dashboard_id: string | null
  default_queue_name: string | null
  default_edge_rule_chain_id: string | null
  external_id: string | null
  version: number
}

const columns = `id, created_time, tenant_id, name, description, image, is_default, default_rule_chain_id,
  default_dashboard_id, default_queue_name, default_edge_rule_chain_id, external_id, version`

const sortColumns = {
  id: 'id',
  name: 'name',
  createdTime: 'created_time',
  description: 'description',
  isDefault: 'is_default',
  default: 'is_default',
} as const

export const createAssetProfilesRepository = (sql: Sql): AssetProfilesRepository => {
  const select = async (
    scope: Scope,
    condition: string,
    value: unknown,
    db: Queryable = sql,
  ): Promise<AssetProfile[]> => {
    const { rows } = await db.query<Row>({
      text: `SELECT ${columns} FROM asset_profiles WHERE ($1::uuid IS NULL OR tenant_id = $1) AND ${condition}`,
      values: [tenantOf(scope), value],
    })
    return rows.map(toProfile)
  }
  const find = async (scope: Scope, profileId: string) => (await select(scope, 'id = $2::uuid', profileId))[0] ?? null

  return {
    find,
    findDefault: async (scope) => (await select(scope, 'is_default = $2::bool', true))[0] ?? null,

    findMany: async (scope, profileIds) => {
      const byId = new Map((await select(scope, 'id = ANY($2::uuid[])', profileIds)).map((one) => [one.id.id, one]))
      return profileIds.flatMap((id) => byId.get(id.toLowerCase()) ?? [])
    },

    list: async (scope, link) => {
      const filter = '($1::uuid IS NULL OR tenant_id = $1) AND ($2::text IS NULL OR name ILIKE $2)'
      const values = [tenantOf(scope), link.textSearch ? containing(link.textSearch) : null]
      const { rows } = await sql.query<Row>({
        text: `SELECT ${columns} FROM asset_profiles WHERE ${filter}
               ORDER BY ${sortColumn(link, sortColumns, 'id')} ${sortDirection(link)} NULLS LAST, id
               LIMIT $3 OFFSET $4`,
        values: [...values, link.pageSize, link.page * link.pageSize],
      })
      const counted = await sql.query<{ total: number }>({
        text: `SELECT count(*) AS total FROM asset_profiles WHERE ${filter}`,
        values,
      })
      return toPageData(rows.map(toProfile), counted.rows[0]?.total ?? 0, link)
    },

    names: async (scope, { isUsed }) => {
      const { rows } = await sql.query<{ id: string; tenant_id: string; name: string }>({
        text: `SELECT p.id, p.tenant_id, p.name FROM asset_profiles p
               WHERE ($1::uuid IS NULL OR p.tenant_id = $1) AND (NOT $2 OR EXISTS (
                 SELECT FROM assets a WHERE a.tenant_id = p.tenant_id AND a.asset_profile_id = p.id
                   AND ($3::uuid IS NULL OR a.customer_id = $3)))
               ORDER BY p.name`,
        values: [tenantOf(scope), isUsed, scope.kind === 'customer' ? scope.customerId : null],
      })
      return rows.map(({ id, tenant_id, name }) => ({ id, tenantId: tenant_id, name }))
    },

    save: async (scope, profile) => {
      const tenantId = writableTenant(scope)
      return sql.transaction(async (tx) => {
        const values = await checkedValues(tx, tenantId, profile)
        return toProfile(
          await (profile.id ? update(tx, tenantId, profile, values) : create(tx, tenantId, profile, values)),
        )
      })
    },

    setDefault: async (scope, profileId) => {
      const tenantId = writableTenant(scope)
      return sql.transaction(async (tx) => {
        const [found] = await select(scope, 'id = $2::uuid FOR UPDATE', profileId, tx)
        if (!found) throw new AppError('ENTITY_NOT_FOUND', `Asset profile with id [${profileId}] is not found`)
        if (found.default) return found
        await tx.query({
          text: 'UPDATE asset_profiles SET is_default = false, version = version + 1 WHERE tenant_id = $1 AND is_default',
          values: [tenantId],
        })
        const { rows } = await tx.query<Row>({
          text: `UPDATE asset_profiles SET is_default = true, version = version + 1 WHERE id = $1 RETURNING ${columns}`,
          values: [profileId],
        })
        const [row] = rows
        if (!row) throw new Error('A locked asset profile is gone')
        return toProfile(row)
      })
    },

    delete: async (scope, profileId) => {
      const tenantId = writableTenant(scope)
      const found = await find(scope, profileId)
      if (!found) return false
      if (found.default) throw new AppError('ARGUMENT_INVALID', 'Deletion of Default Asset Profile is prohibited!')
      return sql.transaction(async (tx) => {
        const { rowCount } = await tx.query({
          text: 'DELETE FROM asset_profiles WHERE id = $1 AND tenant_id = $2',
          values: [profileId, tenantId],
        })
        if (rowCount !== 1) return false
        await removeTraces(tx, tenantId, [profileId])
        return true
      })
    },
  }
}

const tenantOf = (scope: Scope): string | null => (scope.kind === 'system' ? null : scope.tenantId)

/** Everything that the profile points at exists in the tenant. */
const checkedValues = async (tx: Queryable, tenantId: string, profile: SaveAssetProfile): Promise<unknown[]> => {
  const reference = async (id: string | undefined, table: 'rule_chains' | 'dashboards', what: string) => {
    const wanted = fromWireId(id)
    if (!wanted) return null
    const { rowCount } = await tx.query({
      text: `SELECT FROM ${table} WHERE id = $1 AND tenant_id = $2`,
      values: [wanted, tenantId],
    })
    if (!rowCount) throw new AppError('ARGUMENT_INVALID', `Asset profile is referencing to non-existent ${what}!`)
    return wanted
  }
  const queueName = profile.defaultQueueName?.trim() || null
  if (queueName) {
    const { rowCount } = await tx.query({
      text: 'SELECT FROM queues WHERE name = $1 AND (tenant_id = $2 OR tenant_id IS NULL) LIMIT 1',
      values: [queueName, tenantId],
    })
    if (!rowCount) throw new AppError('ARGUMENT_INVALID', 'Asset profile is referencing to non-existent queue!')
  }
  return [
    profile.name,
    profile.description ?? null,
    profile.image ?? null,
    await reference(profile.defaultRuleChainId?.id, 'rule_chains', 'default rule chain'),
    await reference(profile.defaultDashboardId?.id, 'dashboards', 'default dashboard'),
    queueName,
    await reference(profile.defaultEdgeRuleChainId?.id, 'rule_chains', 'default edge rule chain'),
    fromWireId(profile.externalId?.id),
  ]
}

const create = async (tx: Queryable, tenantId: string, profile: SaveAssetProfile, values: unknown[]): Promise<Row> => {
  const { rows } = await tx.query<Row>({
    // A second default one is refused by the constraint; the tenant's first profile may be it.
    text: `INSERT INTO asset_profiles (name, description, image, default_rule_chain_id, default_dashboard_id,
             default_queue_name, default_edge_rule_chain_id, external_id, id, created_time, tenant_id, is_default)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING ${columns}`,
    values: [...values, uuidV7(), Date.now(), tenantId, profile.default ?? false],
  })
  const [row] = rows
  if (!row) throw new Error('An inserted row is not returned')
  return row
}

const update = async (tx: Queryable, tenantId: string, profile: SaveAssetProfile, values: unknown[]): Promise<Row> => {
  const { rows } = await tx.query<Row>({
    text: `UPDATE asset_profiles SET name = $1, description = $2, image = $3, default_rule_chain_id = $4,
             default_dashboard_id = $5, default_queue_name = $6, default_edge_rule_chain_id = $7, external_id = $8,
             version = version + 1
           WHERE id = $9 AND tenant_id = $10 AND ($11::int IS NULL OR version = $11) RETURNING ${columns}`,
    values: [...values, profile.id?.id, tenantId, profile.version ?? null],
  })
  if (rows[0]) return rows[0]
  const { rowCount } = await tx.query({
    text: 'SELECT FROM asset_profiles WHERE id = $1 AND tenant_id = $2',
    values: [profile.id?.id, tenantId],
  })
  throw rowCount
    ? new AppError('VERSION_CONFLICT')
    : new AppError('ENTITY_NOT_FOUND', "Can't update non existing asset profile!")
}

const toProfile = (row: Row): AssetProfile => ({
  id: { entityType: 'ASSET_PROFILE', id: row.id },
  createdTime: row.created_time,
  tenantId: { entityType: 'TENANT', id: row.tenant_id },
  name: row.name,
  description: row.description,
  image: row.image,
  default: row.is_default,
  defaultRuleChainId: row.default_rule_chain_id ? { entityType: 'RULE_CHAIN', id: row.default_rule_chain_id } : null,
  defaultDashboardId: row.default_dashboard_id ? { entityType: 'DASHBOARD', id: row.default_dashboard_id } : null,
  defaultQueueName: row.default_queue_name,
  defaultEdgeRuleChainId: row.default_edge_rule_chain_id
    ? { entityType: 'RULE_CHAIN', id: row.default_edge_rule_chain_id }
    : null,
  externalId: row.external_id ? { entityType: 'ASSET_PROFILE', id: row.external_id } : null,
  version: row.version,
})
