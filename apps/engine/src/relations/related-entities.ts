import type { EntityType, RelatedSearch } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { EntityAccess } from '../access/entity-access.ts'
import type { Caller } from '../auth/sign-in.ts'

/** Ids of the entities of one type around an entity that the caller may read; of them those that the caller may read. */
export const findRelatedReadable = async (
  deps: { database: Pick<Database, 'relations'>; access: EntityAccess },
  caller: Caller,
  entityType: EntityType,
  { parameters, relationType }: RelatedSearch,
): Promise<string[]> => {
  const root = { entityType: parameters.rootType, id: parameters.rootId }
  const { scope } = await deps.access.require(caller, root, 'READ', { missingText: 'byId' })
  const { entityIds } = await deps.database.relations.findRelated(scope, {
    root,
    direction: parameters.direction,
    maxLevel: parameters.maxLevel ?? 1,
    fetchLastLevelOnly: parameters.fetchLastLevelOnly ?? false,
    filters: [{ relationType, entityTypes: [entityType] }],
    relationTypeGroup: parameters.relationTypeGroup ?? 'COMMON',
  })
  const heads = await deps.access.readable(
    caller,
    entityIds.filter((found) => found.entityType === entityType),
  )
  return heads.map(({ id }) => id.id)
}
