import { entityId } from '@thingwire/contracts'
import type { PrepareRoom } from './room.ts'

/** Relations. */
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
  const from = { fromId: device.id.id, fromType: 'DEVICE' }
  const key = { ...from, relationType: relation.type, toId: relation.to.id, toType: relation.to.entityType }
  const search = () => ({ parameters: { rootId: device.id.id, rootType: 'DEVICE', direction: 'FROM', maxLevel: 0 } })
  return {
    params: { ...key },
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
      'POST /api/relations': search,
      'POST /api/relations/info': search,
    },
    belongings: async () => ({ relations: await db.relations.list(scope, {}) }),
  }
}
