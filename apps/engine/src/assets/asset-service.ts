import {
  AppError,
  type Asset,
  type AssetInfo,
  entityId,
  type NameConflict,
  nullUuid,
  type RelatedSearch,
  type SaveAsset,
} from '@thingwire/contracts'
import { type Database, scopeOf } from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import { allows, type Operation } from '../access/permissions.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import type { Caller } from '../auth/sign-in.ts'
import { saveUnderUniqueName } from '../names/unique-name.ts'
import { findRelatedReadable } from '../relations/related-entities.ts'
import { createOwnership, type Ownership, type OwnershipDeps } from './ownership.ts'

export type AssetService = Ownership<Asset> & {
  find(caller: Caller, assetId: string): Promise<AssetInfo>
  findByName(caller: Caller, name: string): Promise<AssetInfo>
  /** Those that the caller may read, in the order asked for. */
  findMany(caller: Caller, assetIds: readonly string[]): Promise<AssetInfo[]>
  /** Assets around an entity, by relations. */
  search(
    caller: Caller,
    query: RelatedSearch & { assetTypes?: readonly string[] | null | undefined },
  ): Promise<AssetInfo[]>
  save(caller: Caller, asset: SaveAsset, conflict?: NameConflict): Promise<Asset>
  delete(caller: Caller, assetId: string): Promise<void>
}

export type AssetDeps = Omit<OwnershipDeps, 'database'> & {
  database: Pick<Database, 'assets' | 'entities' | 'names' | 'relations'>
  access: EntityAccess
  limits: TenantLimits
}

/** Assets, and what must follow each change: audit entry, message to the rule engine, word to those who cached it. */
export const createAssetService = (deps: AssetDeps): AssetService => {
  const { database, access, actions, limits, invalidate } = deps

  const readInfo = async (caller: Caller, assetId: string, operation: Operation) => {
    const found = await access.require(caller, entityId('ASSET', assetId), operation, { missingText: 'byId' })
    const asset = await database.assets.find(found.scope, assetId)
    if (!asset) throw missing('ASSET', assetId)
    return { ...found, asset }
  }
  const read = async (caller: Caller, assetId: string, operation: Operation): Promise<Asset> =>
    plain((await readInfo(caller, assetId, operation)).asset)

  const create = async (caller: Caller, asset: SaveAsset, conflict: NameConflict | undefined): Promise<AssetInfo> => {
    const tenantId = caller.tenantId ?? nullUuid
    const subject = { id: entityId('ASSET', nullUuid), tenantId, customerIds: [], authority: null, resourceType: null }
    if (!allows(caller, 'CREATE', subject)) throw new AppError('PERMISSION_DENIED')
    await limits.requireRoom(tenantId, 'ASSET')
    const wanted = { tenantId, entityType: 'ASSET', name: asset.name } as const
    return saveUnderUniqueName(database.names, wanted, conflict, (name) =>
      database.assets.save({ kind: 'tenant', tenantId }, { ...asset, name }),
    )
  }

  const replace = async (caller: Caller, assetId: string, asset: SaveAsset): Promise<AssetInfo> => {
    const { scope, asset: stored } = await readInfo(caller, assetId, 'WRITE')
    if (caller.authority !== 'CUSTOMER_USER') return database.assets.save(scope, asset)
    // Whose it is, and which profiles there are, decides the tenant's administrator alone.
    return database.assets.save(scope, { ...asset, customerId: stored.customerId }, { mayMakeProfile: false })
  }

  return {
    ...createOwnership<Asset>(deps, {
      name: 'Asset',
      invalidation: 'asset',
      read,
      assign: async (scope, id, customerId) => plain(await database.assets.assign(scope, id, customerId)),
    }),

    find: async (caller, assetId) => (await readInfo(caller, assetId, 'READ')).asset,

    findByName: async (caller, name) => {
      const found = await database.assets.findByName(scopeOf(caller), name)
      if (!found) throw new AppError('ENTITY_NOT_FOUND')
      return found
    },

    findMany: (caller, assetIds) => database.assets.findMany(scopeOf(caller), assetIds),

    search: async (caller, query) => {
      const ids = await findRelatedReadable(deps, caller, 'ASSET', query)
      const assets = await database.assets.findMany(scopeOf(caller), ids)
      const { assetTypes } = query
      return assetTypes?.length ? assets.filter(({ type }) => assetTypes.includes(type)) : assets
    },

    save: async (caller, asset, conflict) => {
      const id = asset.id?.id
      const deed = {
        action: id ? 'UPDATED' : 'ADDED',
        entityId: entityId('ASSET', id ?? nullUuid),
        entityName: asset.name,
        entity: asset,
      } as const
      return actions.attempt(caller, deed, async () => {
        const saved = plain(id ? await replace(caller, id, asset) : await create(caller, asset, conflict))
        await invalidate({ kind: 'asset', tenantId: saved.tenantId.id, id: saved.id.id })
        const known = { entityId: saved.id, entityName: saved.name, entity: saved, customerId: saved.customerId.id }
        return { result: saved, deed: known }
      })
    },

    delete: async (caller, assetId) => {
      const { scope, tenantId, asset, head } = await readInfo(caller, assetId, 'DELETE')
      const deed = {
        action: 'DELETED',
        entityId: asset.id,
        entityName: asset.name,
        customerId: asset.customerId.id,
        data: { entityId: assetId },
        entity: plain(asset),
        head,
      } as const
      await actions.attempt(caller, deed, async () => {
        if (!(await database.assets.delete(scope, assetId))) throw missing('ASSET', assetId)
        await invalidate({ kind: 'asset', tenantId, id: assetId })
        return { result: undefined }
      })
    },
  }
}

/** Without the names around it: as messages and most answers carry it. */
const plain = ({ customerTitle: _1, customerIsPublic: _2, assetProfileName: _3, ...asset }: AssetInfo): Asset => asset
