import type { EntityId, EntityRelation, RelationDirection } from '@thingwire/contracts'
import type { Settled } from './entities.ts'

/** A search along relations (ThingsBoard's relations query). Empty filters, types and entity types match anything. */
export type RelationSearch = {
  root: EntityId
  direction: RelationDirection
  /** 0 or less: as deep as it goes. */
  maxLevel: number
  fetchLastLevelOnly: boolean
  filters: readonly { relationType: string; entityTypes: readonly string[] }[]
}

export type RelationQuestion = {
  entityId: EntityId
  direction: RelationDirection
  type: string
  other: EntityId | null
}

/** A relation of the COMMON group. */
export type RelationEnds = Pick<EntityRelation, 'from' | 'to' | 'type'>

export type RelationsPort = {
  /** Entities that were found, nearest first, each once; an array per search, in order. */
  search(searches: readonly RelationSearch[]): Promise<EntityId[][]>
  /** Whether a relation of the type leaves (FROM) or reaches (TO) the entity; `other` is its far end, null: any. In order. */
  have(queries: readonly RelationQuestion[]): Promise<boolean[]>
  /** Relations that leave (FROM) or reach (TO) an entity; an array per query, in order. */
  list(
    queries: readonly { entityId: EntityId; direction: RelationDirection; type: string }[],
  ): Promise<RelationEnds[][]>
}

/** The relations that leave (FROM) or reach (TO) an entity. */
export type RelationsOf = { entityId: EntityId; direction: RelationDirection; type: string }

/** No user does it, and the rule engine is not told: a chain would hear itself. */
export type RelationChangesPort = {
  /** Makes those that are missing, in order. True: it was made. */
  save(relations: readonly RelationEnds[]): Promise<Settled<boolean>[]>
  /** In order. False: there was none. */
  remove(relations: readonly RelationEnds[]): Promise<boolean[]>
  /** How many there were, in order. */
  removeOf(queries: readonly RelationsOf[]): Promise<number[]>
}
