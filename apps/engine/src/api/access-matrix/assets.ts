import { entityId, saveEntityViewSchema } from '@thingwire/contracts'
import { expect } from 'vitest'
import type { PrepareRoom } from './room.ts'

/** Assets, asset profiles, entity views and relations. */
export const assetsRoom: PrepareRoom = async (api) => {
  const { scope, device, tenantId, rootChain } = api.tenant
  const { db } = api
  const relation = {
    from: device.id,
    to: entityId('RULE_CHAIN', rootChain.id.id),
    type: 'Uses',
    typeGroup: 'COMMON' as const,
  }
  await db.relations.save(tenantId, relation)
  const { assetProfileId, ...asset } = await db.assets.save(scope, { name: 'Asset of the first', type: 'Of the first' })
  const { id: viewId } = await db.entityViews.save(
    scope,
    saveEntityViewSchema.parse({ name: 'View of the first', type: 'Of the first', entityId: device.id }),
  )
  const from = { fromId: device.id.id, fromType: 'DEVICE' }
  const key = { ...from, relationType: relation.type, toId: relation.to.id, toType: relation.to.entityType }
  const search = () => ({ parameters: { rootId: device.id.id, rootType: 'DEVICE', direction: 'FROM', maxLevel: 0 } })
  return {
    params: { ...key, assetId: asset.id.id, assetProfileId: assetProfileId.id, entityViewId: viewId.id },
    query: {
      entityViewName: 'View of the first',
      entityViewIds: viewId.id,
      assetName: asset.name,
      assetIds: asset.id.id,
      assetProfileIds: assetProfileId.id,
    },
    queryOf: {
      'GET /api/relation': key,
      'DELETE /api/relation': key,
      'DELETE /api/v2/relation': key,
      'DELETE /api/relations': { entityId: device.id.id, entityType: 'DEVICE' },
      'GET /api/relations': from,
      'GET /api/relations/info': from,
    },
    bodies: {
      'POST /api/relation': () => ({ ...relation, additionalInfo: { takenOver: true } }),
      'POST /api/v2/relation': () => ({ ...relation, additionalInfo: { takenOver: true } }),
      'POST /api/entityView': () => ({ id: viewId, name: 'taken over', type: 'x', entityId: device.id }),
      'POST /api/entityViews': () => ({ ...search(), relationType: 'Uses', entityViewTypes: [] }),
      'POST /api/asset': () => ({ id: asset.id, name: 'taken over' }),
      'POST /api/assets': () => ({ ...search(), relationType: 'Uses', assetTypes: [] }),
      'POST /api/assetProfile': () => ({ id: assetProfileId, name: 'taken over' }),
      'POST /api/relations': search,
      'POST /api/relations/info': search,
    },
    harmless: {
      // Customers may know the profiles of their tenant: the names stand on their own assets.
      'GET /api/assetProfileInfo/{assetProfileId}': (body) =>
        expect(body).toEqual({
          id: assetProfileId,
          tenantId: entityId('TENANT', tenantId),
          name: asset.type,
          image: null,
          defaultDashboardId: null,
        }),
    },
    belongings: async () => ({
      relations: await db.relations.list(scope, {}),
      assets: (await db.assets.list(scope, { page: 0, pageSize: 100 })).data,
      entityViews: (await db.entityViews.list(scope, { page: 0, pageSize: 100 })).data,
      assetProfiles: (await db.assetProfiles.list(scope, { page: 0, pageSize: 100 })).data,
    }),
  }
}
