import {
  AppError,
  type Asset,
  type AssetInfo,
  type PageData,
  type PageLink,
  type SaveAsset,
} from '@thingwire/contracts'
import type { Queryable, Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { removeTraces } from '../entity-removal.ts'
import { conditionsOf, findOwned, listOwned } from '../owned/owned-list.ts'
import { fromWireId, writableTenant } from '../scope.ts'
import { uuidV7 } from '../uuid.ts'
import { assetSource } from './asset-rows.ts'

export type AssetFilter = { type?: string; assetProfileId?: string }

export type AssetsRepository = {
  find(scope: Scope, assetId: string): Promise<AssetInfo | null>
  findByName(scope: Scope, name: string): Promise<AssetInfo | null>
  /** In the order asked for; those that are missing are left out. */
  findMany(scope: Scope, assetIds: readonly string[]): Promise<AssetInfo[]>
  list(scope: Scope, link: PageLink, filter?: AssetFilter): Promise<PageData<AssetInfo>>
  /**
   * Creates, or replaces what may be chosen of an asset.
   * @param options.mayMakeProfile whether a profile is made when none has the name in `type`
   */
  save(scope: Scope, asset: SaveAsset, options?: { mayMakeProfile?: boolean }): Promise<AssetInfo>
  /** @param customerId null: takes it from its customer */
  assign(scope: Scope, assetId: string, customerId: string | null): Promise<AssetInfo>
  /** Throws when entity views look at it. */
  delete(scope: Scope, assetId: string): Promise<boolean>
}

export const createAssetsRepository = (sql: Sql): AssetsRepository => {
  const findOne = async (scope: Scope, column: 'id' | 'name', value: string): Promise<AssetInfo | null> => {
    const found = conditionsOf(scope)
    found.where(`e.${column} = ${found.param(value)}`)
    return (await findOwned(sql, assetSource, found, `by-${column}`))[0] ?? null
  }

  const written = async (scope: Scope, assetId: string): Promise<AssetInfo> => {
    const asset = await findOne(scope, 'id', assetId)
    if (!asset) throw new AppError('ENTITY_NOT_FOUND', `Asset with id [${assetId}] is not found`)
    return asset
  }

  return {
    find: (scope, assetId) => findOne(scope, 'id', assetId),
    findByName: (scope, name) => findOne(scope, 'name', name),

    findMany: async (scope, assetIds) => {
      const found = conditionsOf(scope)
      found.where(`e.id = ANY(${found.param(assetIds)}::uuid[])`)
      const byId = new Map((await findOwned(sql, assetSource, found)).map((asset) => [asset.id.id, asset]))
      return assetIds.flatMap((id) => byId.get(id.toLowerCase()) ?? [])
    },

    list: (scope, link, { type, assetProfileId } = {}) => {
      const found = conditionsOf(scope)
      if (type)
        found.where(
          `e.asset_profile_id = ANY(ARRAY(SELECT id FROM asset_profiles WHERE ${found.isOfTenant} AND name = ${found.param(type)}))`,
        )
      if (assetProfileId) found.where(`e.asset_profile_id = ${found.param(assetProfileId)}::uuid`)
      return listOwned(sql, assetSource, found, link)
    },

    save: async (scope, asset, { mayMakeProfile = true } = {}) => {
      const tenantId = writableTenant(scope)
      const id = await sql.transaction(async (tx) => {
        const columns = {
          name: asset.name,
          label: asset.label ?? null,
          additionalInfo: asset.additionalInfo ? JSON.stringify(asset.additionalInfo) : null,
          customerId: await existingCustomer(tx, tenantId, asset),
          profileId: await profileFor(tx, tenantId, asset, mayMakeProfile),
          externalId: fromWireId(asset.externalId?.id),
        }
        return asset.id ? update(tx, tenantId, asset.id.id, columns, asset.version) : create(tx, tenantId, columns)
      })
      return written(scope, id)
    },

    assign: async (scope, assetId, customerId) => {
      await sql.query({
        text: 'UPDATE assets SET customer_id = $3, version = version + 1 WHERE id = $1 AND tenant_id = $2',
        values: [assetId, writableTenant(scope), customerId],
      })
      return written(scope, assetId)
    },

    delete: async (scope, assetId) => {
      const values = [assetId, writableTenant(scope)]
      return sql.transaction(async (tx) => {
        const views = await tx.query({
          text: "SELECT FROM entity_views WHERE entity_id = $1 AND entity_type = 'ASSET' AND tenant_id = $2 LIMIT 1",
          values,
        })
        if (views.rowCount) throw new AppError('ARGUMENT_INVALID', "Can't delete asset that has entity views!")
        const { rowCount } = await tx.query({ text: 'DELETE FROM assets WHERE id = $1 AND tenant_id = $2', values })
        if (rowCount !== 1) return false
        await removeTraces(tx, writableTenant(scope), [assetId])
        return true
      })
    },
  }
}

type Columns = {
  name: string
  label: string | null
  additionalInfo: string | null
  customerId: string | null
  profileId: string
  externalId: string | null
}

const create = async (tx: Queryable, tenantId: string, columns: Columns): Promise<Asset['id']['id']> => {
  const id = uuidV7()
  await tx.query({
    text: `INSERT INTO assets
             (name, label, additional_info, customer_id, asset_profile_id, external_id, id, created_time, tenant_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [...valuesOf(columns), id, Date.now(), tenantId],
  })
  return id
}

const update = async (
  tx: Queryable,
  tenantId: string,
  id: string,
  columns: Columns,
  version: number | null | undefined,
): Promise<string> => {
  const { rowCount } = await tx.query({
    // Without a version the caller overwrites whatever stands.
    text: `UPDATE assets SET name = $1, label = $2, additional_info = $3, customer_id = $4, asset_profile_id = $5,
             external_id = $6, version = version + 1
           WHERE id = $7 AND tenant_id = $8 AND ($9::int IS NULL OR version = $9)`,
    values: [...valuesOf(columns), id, tenantId, version ?? null],
  })
  if (rowCount === 1) return id
  const { rowCount: exists } = await tx.query({
    text: 'SELECT FROM assets WHERE id = $1 AND tenant_id = $2',
    values: [id, tenantId],
  })
  throw exists ? new AppError('VERSION_CONFLICT') : new AppError('ENTITY_NOT_FOUND', "Can't update non existing asset!")
}

const valuesOf = (columns: Columns): unknown[] => [
  columns.name,
  columns.label,
  columns.additionalInfo,
  columns.customerId,
  columns.profileId,
  columns.externalId,
]

const existingCustomer = async (tx: Queryable, tenantId: string, asset: SaveAsset): Promise<string | null> => {
  const customerId = fromWireId(asset.customerId?.id)
  if (!customerId) return null
  const { rowCount } = await tx.query({
    text: 'SELECT FROM customers WHERE id = $1 AND tenant_id = $2',
    values: [customerId, tenantId],
  })
  if (!rowCount) throw new AppError('ARGUMENT_INVALID', "Can't assign asset to non-existent customer!")
  return customerId
}

/** The profile by id, else by the name in `type` (made when it is new), else the tenant's default one. */
const profileFor = async (
  tx: Queryable,
  tenantId: string,
  asset: SaveAsset,
  mayMakeProfile: boolean,
): Promise<string> => {
  const find = async (condition: string, values: unknown[]): Promise<string | undefined> => {
    const { rows } = await tx.query<{ id: string }>({
      text: `SELECT id FROM asset_profiles WHERE tenant_id = $1 AND ${condition}`,
      values: [tenantId, ...values],
    })
    return rows[0]?.id
  }
  const profileId = fromWireId(asset.assetProfileId?.id)
  if (profileId) {
    const found = await find('id = $2', [profileId])
    if (!found) throw new AppError('ARGUMENT_INVALID', 'Asset is referencing to non-existent asset profile!')
    return found
  }
  const name = asset.type?.trim()
  const named = () => (name ? find('name = $2', [name]) : find('is_default', []))
  const known = await named()
  if (known) return known
  if (!mayMakeProfile) throw new AppError('PERMISSION_DENIED')
  await tx.query({
    // Many assets of a new type may come in at the same time.
    text: `INSERT INTO asset_profiles (id, created_time, tenant_id, name, is_default)
           VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    values: [uuidV7(), Date.now(), tenantId, name || 'default', !name],
  })
  const made = await named()
  if (!made) throw new Error('The new asset profile is not found')
  return made
}
