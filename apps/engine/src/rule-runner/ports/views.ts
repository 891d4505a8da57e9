import type { Database } from '@thingwire/db'
import type { AttributesView, ViewsPort } from '@thingwire/rules'

/** Entity views, one statement for all entities of a call. */
export const createViews = (database: Pick<Database, 'entityViews'>, tenantId: string): ViewsPort => ({
  of: async (entityIds) => {
    const targets = entityIds.filter(({ entityType }) => entityType === 'DEVICE' || entityType === 'ASSET')
    const found =
      targets.length > 0 ? await database.entityViews.findByTargets({ kind: 'tenant', tenantId }, targets) : []
    const byTarget = Map.groupBy(found, ({ entityId }) => `${entityId.entityType} ${entityId.id}`)
    return entityIds.map(({ entityType, id }) =>
      (byTarget.get(`${entityType} ${id.toLowerCase()}`) ?? []).map(
        ({ id, startTimeMs, endTimeMs, keys: { attributes } }): AttributesView => ({
          ...{ id, startTimeMs, endTimeMs },
          keys: { CLIENT_SCOPE: attributes.cs, SERVER_SCOPE: attributes.ss, SHARED_SCOPE: attributes.sh },
        }),
      ),
    )
  },
})
