import type { EntityId, EntityRelation, EntityType, RelationDirection } from '@thingwire/contracts'

/** A search along relations (ThingsBoard's relations query). Empty filters, types and entity types match anything. */
export type RelationSearch = {
  root: EntityId
  direction: RelationDirection
  /** 0 or less: as deep as it goes. */
  maxLevel: number
  fetchLastLevelOnly: boolean
  filters: readonly { relationType: string; entityTypes: readonly EntityType[] }[]
}

/** A relation of the COMMON group. */
export type RelationEnds = Pick<EntityRelation, 'from' | 'to' | 'type'>

export type RelationsPort = {
  /** Entities that were found, nearest first, each once; an array per search, in order. */
  search(searches: readonly RelationSearch[]): Promise<EntityId[][]>
  /** Relations that leave (FROM) or reach (TO) an entity; an array per query, in order. */
  list(
    queries: readonly { entityId: EntityId; direction: RelationDirection; type: string }[],
  ): Promise<RelationEnds[][]>
}

export type RelationChangesPort = {
  /** Makes those that are missing; the rule engine is told of those. True: it was made. */
  save(relations: readonly RelationEnds[]): Promise<boolean[]>
  /** False: there was none. */
  remove(relations: readonly RelationEnds[]): Promise<boolean[]>
}
