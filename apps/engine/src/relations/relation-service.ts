import {
  AppError,
  type EntityId,
  type EntityRelation,
  type EntityRelationInfo,
  type EntityRelationsQuery,
  type RelationKey,
  type RelationTypeGroup,
  type SaveRelation,
} from '@thingwire/contracts'
import type { Database, RelationsFilter } from '@thingwire/db'
import type { AccessibleEntity, EntityAccess } from '../access/entity-access.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Caller } from '../auth/sign-in.ts'

export type RelationService = {
  /** Needs the right to write both ends. */
  save(caller: Caller, relation: SaveRelation): Promise<EntityRelation>
  delete(caller: Caller, key: RelationKey): Promise<EntityRelation>
  /** All COMMON relations of one entity. */
  deleteOf(caller: Caller, entityId: EntityId): Promise<void>
  find(caller: Caller, key: RelationKey): Promise<EntityRelation>
  /** Those of whose both ends the caller may know, with their names. */
  list(caller: Caller, end: RelationsEnd): Promise<EntityRelationInfo[]>
  related(caller: Caller, query: EntityRelationsQuery): Promise<EntityRelationInfo[]>
}

/** One end, and optionally the type; the group is COMMON when none is given. */
export type RelationsEnd = ({ from: EntityId } | { to: EntityId }) & {
  type?: string | undefined
  typeGroup: RelationTypeGroup
}

const byId = { missingText: 'byId' } as const

/** Relations between entities. What is told of them is cut to what the caller may know. */
export const createRelationService = (deps: {
  database: Pick<Database, 'relations'>
  access: EntityAccess
  actions: EntityActions
}): RelationService => {
  const { database, access, actions } = deps

  /** A tenant's administrator cannot write its tenant, but may relate things to it. */
  const requireEnd = (caller: Caller, end: EntityId): Promise<AccessibleEntity> => {
    const isOwnTenant = caller.authority === 'TENANT_ADMIN' && end.entityType === 'TENANT' && end.id === caller.tenantId
    return access.require(caller, end, isOwnTenant ? 'READ' : 'WRITE', byId)
  }

  const requireBoth = async (caller: Caller, { from, to }: RelationKey) => {
    const ends = { from: await requireEnd(caller, from), to: await requireEnd(caller, to) }
    const owners = new Set([ends.from.head.tenantId, ends.to.head.tenantId].filter((id) => id !== null))
    const [tenantId] = owners
    // The system administrator reaches several tenants; their things are never tied together.
    if (tenantId === undefined || owners.size > 1) throw new AppError('PERMISSION_DENIED')
    return { ...ends, tenantId, scope: { kind: 'tenant', tenantId } as const }
  }

  const deedsOf = (
    action: 'RELATION_ADD_OR_UPDATE' | 'RELATION_DELETED',
    caller: Caller,
    relation: Omit<EntityRelation, 'version'>,
    ends: Awaited<ReturnType<typeof requireBoth>>,
  ) =>
    ([ends.from, ends.to] as const).map(({ head, name }) => ({
      action,
      tenantId: ends.tenantId,
      customerId: caller.customerId,
      entityId: head.id,
      entityName: name,
      data: { relation },
      messageData: relation,
    }))

  /** Both ends are told: each has its entry in the audit log and its message. */
  const recorded = async (
    action: 'RELATION_ADD_OR_UPDATE' | 'RELATION_DELETED',
    caller: Caller,
    intended: Omit<EntityRelation, 'version'>,
    ends: Awaited<ReturnType<typeof requireBoth>>,
    work: () => Promise<EntityRelation>,
  ): Promise<EntityRelation> => {
    const [ofFrom] = deedsOf(action, caller, intended, ends)
    if (!ofFrom) throw new Error('a relation has two ends')
    const done = await actions.attempt(caller, ofFrom, async () => {
      const result = await work()
      return { result, deed: { data: { relation: result }, messageData: result } }
    })
    for (const ofTo of deedsOf(action, caller, done, ends).slice(1)) await actions.record(caller, ofTo)
    return done
  }

  const withNames = async (caller: Caller, relations: readonly EntityRelation[]): Promise<EntityRelationInfo[]> => {
    const ends = new Map(relations.flatMap(({ from, to }) => [from, to]).map((end) => [endKey(end), end]))
    const names = new Map<string, string>()
    for (const head of await access.readable(caller, [...ends.values()])) names.set(endKey(head.id), head.name)
    return relations.flatMap((relation) => {
      const [fromName, toName] = [names.get(endKey(relation.from)), names.get(endKey(relation.to))]
      return fromName === undefined || toName === undefined ? [] : [{ ...relation, fromName, toName }]
    })
  }

  return {
    save: async (caller, relation) => {
      const ends = await requireBoth(caller, relation)
      const intended = { ...relation, additionalInfo: relation.additionalInfo ?? null }
      return recorded('RELATION_ADD_OR_UPDATE', caller, intended, ends, async () => {
        if (isSame(relation.from, relation.to))
          throw new AppError('ARGUMENT_INVALID', "Can't create the relation to yourself!")
        await refuseCircle(database, ends.scope, relation)
        return database.relations.save(ends.tenantId, relation)
      })
    },

    delete: async (caller, key) => {
      const ends = await requireBoth(caller, key)
      return recorded('RELATION_DELETED', caller, { ...key, additionalInfo: null }, ends, async () => {
        const deleted = await database.relations.delete(ends.scope, key)
        if (!deleted) throw new AppError('ENTITY_NOT_FOUND')
        return deleted
      })
    },

    deleteOf: async (caller, entityId) => {
      const { scope, tenantId, name, head } = await access.require(caller, entityId, 'WRITE', byId)
      const deed = { action: 'RELATIONS_DELETED' as const, tenantId, entityId: head.id, entityName: name }
      await actions.attempt(caller, { ...deed, customerId: caller.customerId }, async () => ({
        result: await database.relations.deleteOf(scope, entityId, 'COMMON'),
      }))
    },

    find: async (caller, key) => {
      const { scope } = await access.require(caller, key.from, 'READ', byId)
      await access.require(caller, key.to, 'READ', byId)
      const found = await database.relations.find(scope, key)
      if (!found) throw new AppError('ENTITY_NOT_FOUND')
      return found
    },

    list: async (caller, end) => {
      const { scope } = await access.require(caller, 'from' in end ? end.from : end.to, 'READ', byId)
      const filter: RelationsFilter = {
        typeGroup: end.typeGroup,
        ...('from' in end ? { from: end.from } : { to: end.to }),
        ...(end.type !== undefined && { type: end.type }),
      }
      return withNames(caller, await database.relations.list(scope, filter))
    },

    related: async (caller, { parameters, filters }) => {
      const root: EntityId = { entityType: parameters.rootType, id: parameters.rootId }
      const { scope } = await access.require(caller, root, 'READ', byId)
      const { relations } = await database.relations.findRelated(scope, {
        root,
        direction: parameters.direction,
        maxLevel: parameters.maxLevel ?? 1,
        fetchLastLevelOnly: parameters.fetchLastLevelOnly ?? false,
        filters: filters ?? [],
        relationTypeGroup: parameters.relationTypeGroup ?? 'COMMON',
      })
      return withNames(caller, relations)
    },
  }
}

const endKey = ({ entityType, id }: EntityId): string => `${entityType} ${id.toLowerCase()}`
const isSame = (a: EntityId, b: EntityId): boolean => endKey(a) === endKey(b)

/** Messages follow these relations; in a circle they would run for ever. */
const refuseCircle = async (
  database: Pick<Database, 'relations'>,
  scope: Parameters<Database['relations']['findRelated']>[0],
  { from, to, typeGroup }: SaveRelation,
): Promise<void> => {
  const isOfRules = (end: EntityId) => end.entityType === 'RULE_CHAIN' || end.entityType === 'RULE_NODE'
  if (!isOfRules(from) || !isOfRules(to)) return
  const beyond = await database.relations.findRelated(scope, {
    root: to,
    direction: 'FROM',
    maxLevel: 0,
    fetchLastLevelOnly: false,
    filters: [],
    relationTypeGroup: typeGroup,
  })
  if (beyond.entityIds.some((id) => isSame(id, from)))
    throw new AppError('ARGUMENT_INVALID', "Can't create circling relations in rule chain!")
}
