import { type AttributeScope, type EntityId, type EntityType, type KvEntry, nullUuid } from '@thingwire/contracts'
import type { ChangedKind, Database } from '@thingwire/db'
import type { AttributesPort, EntitiesPort, EntitySummary, RelationSearch, RelationsPort } from '@thingwire/rules'
import type { Invalidation } from '../../channels.ts'
import { type EntityReadsDatabase, entityReads } from './entity-reads.ts'
import { createReadCache } from './read-cache.ts'
import { type RelationReadsDatabase, relationReads } from './relation-reads.ts'

export type RememberedReads = {
  entities(tenantId: string): EntitiesPort
  relations(tenantId: string): RelationsPort
  attributes(tenantId: string): AttributesPort['find']
  /** An entity, or what stands above it, changed. */
  forget(change: Invalidation): void
  /** Values or relations changed; null: nobody knows of what. */
  forgetValues(kind: ChangedKind, entityIds: readonly string[] | null): void
  forgetAll(): void
}

type Attributes = { [scope in AttributeScope]?: ReadonlyMap<string, KvEntry | null> }
type Related = ReadonlyMap<string, EntityId[]>

/** Kinds whose every change is announced on the invalidation channel. */
const announced: ReadonlySet<EntityType> = new Set<EntityType>([
  'TENANT',
  'CUSTOMER',
  'USER',
  'DASHBOARD',
  'ASSET',
  'DEVICE',
  'RULE_CHAIN',
  'ENTITY_VIEW',
  'DEVICE_PROFILE',
  'ASSET_PROFILE',
])

/** Longer answers to a search are not remembered. */
const mostRelated = 100
const charactersOfId = 50

/**
 * Reads of the rule runner that are remembered: summaries, attributes, relations next to an entity. All of it is bounded
 * and forgotten when it changes, by whichever process.
 */
export const createRememberedReads = (
  database: EntityReadsDatabase & RelationReadsDatabase & Pick<Database, 'attributes'>,
): RememberedReads => {
  const summaries = createReadCache<{ summary: EntitySummary | null }>()
  const attributes = createReadCache<Attributes>()
  const related = createReadCache<Related>()

  const summariesOf = async (tenantId: string, entityIds: readonly EntityId[], read: EntitiesPort['summaries']) => {
    const answers = entityIds.map((one) => {
      const kept = summaries.get(tenantId, one.id.toLowerCase())
      return kept && (kept.summary === null || kept.summary.id.entityType === one.entityType) ? kept : undefined
    })
    const missing = [...new Set(answers.flatMap((kept, index) => (kept ? [] : [index])))]
    if (missing.length === 0) return answers.map((kept) => kept?.summary ?? null)
    const wanted = missing.flatMap((index) => entityIds[index] ?? [])
    const found = await summaries.reading(
      () => read(wanted),
      (list, remember) => {
        for (const [index, { entityType, id }] of wanted.entries()) {
          const summary = list[index] ?? null
          // What does not exist may be made at any time; only what exists is announced when it changes.
          if (summary && announced.has(entityType))
            remember(
              tenantId,
              id.toLowerCase(),
              { summary },
              { size: summary.name.length + (summary.label?.length ?? 0) },
            )
        }
      },
    )
    const byIndex = new Map(missing.map((index, n) => [index, found[n] ?? null]))
    return answers.map((kept, index) => (kept ? kept.summary : (byIndex.get(index) ?? null)))
  }

  const findAttributes =
    (tenantId: string): AttributesPort['find'] =>
    async (queries) => {
      const answers: KvEntry[][] = []
      const missing: { index: number; entityId: EntityId; scope: AttributeScope; keys: string[] }[] = []
      // Queries of one entity stand one behind the other: it is looked up once for all of them.
      let last: EntityId | null = null
      let known: Attributes | undefined
      for (const [index, { entityId, scope, keys }] of queries.entries()) {
        if (entityId !== last) known = attributes.get(tenantId, entityId.id.toLowerCase())
        last = entityId
        const values = known?.[scope]
        const found: KvEntry[] = []
        const unknown: string[] = []
        for (const key of keys) {
          const entry = values?.get(key)
          if (entry) found.push(entry)
          else if (entry === undefined) unknown.push(key)
        }
        answers.push(found)
        if (unknown.length > 0) missing.push({ index, entityId, scope, keys: unknown })
      }
      if (missing.length === 0) return answers
      const lists = await attributes.reading(
        () => database.attributes.findMany(tenantId, missing),
        (found, remember) => {
          for (const [n, { entityId, scope, keys }] of missing.entries()) {
            const id = entityId.id.toLowerCase()
            const known = attributes.get(tenantId, id)
            const values = new Map(known?.[scope])
            for (const key of keys) values.set(key, null)
            for (const entry of found[n] ?? []) values.set(entry.key, entry)
            const entry = { ...known, [scope]: values }
            remember(tenantId, id, entry, { size: sizeOf(entry) })
          }
        },
      )
      for (const [n, { index }] of missing.entries()) answers[index]?.push(...(lists[n] ?? []))
      return answers
    }

  const searchNear = async (
    tenantId: string,
    searches: readonly RelationSearch[],
    read: RelationsPort['search'],
  ): Promise<EntityId[][]> => {
    const answers = searches.map((search) => related.get(tenantId, rootOf(search))?.get(searchKey(search)))
    const missing = answers.flatMap((found, index) => (found ? [] : [index]))
    const wanted = missing.flatMap((index) => searches[index] ?? [])
    if (wanted.length === 0) return answers.map((found) => found ?? [])
    const lists = await related.reading(
      () => read(wanted),
      (found, remember) => {
        for (const [n, search] of wanted.entries()) {
          const ids = found[n] ?? []
          if (ids.length > mostRelated) continue
          const root = rootOf(search)
          const known = new Map(related.get(tenantId, root)).set(searchKey(search), ids)
          const linked = [...new Set([...known.values()].flat().map(({ id }) => id))]
          remember(tenantId, root, known, { size: (known.size + linked.length) * charactersOfId, linked })
        }
      },
    )
    for (const [n, index] of missing.entries()) answers[index] = lists[n] ?? []
    return answers.map((found) => found ?? [])
  }

  return {
    entities: (tenantId) => {
      const reads = entityReads(database, tenantId)
      return { ...reads, summaries: (ids) => summariesOf(tenantId, ids, reads.summaries) }
    },

    attributes: findAttributes,

    relations: (tenantId) => {
      const reads = relationReads(database, tenantId)
      return {
        ...reads,
        // Deeper ones depend on relations of others.
        search: (searches) =>
          searches.every(({ maxLevel }) => maxLevel === 1)
            ? searchNear(tenantId, searches, reads.search)
            : reads.search(searches),
      }
    },

    forget: ({ kind, id, tenantId }) => {
      if (kind === 'settings' || kind === 'queue' || kind === 'api-key' || kind === 'tenant-profile') return
      summaries.forget(id)
      attributes.forget(id)
      related.forget(id)
      if (kind === 'tenant')
        for (const cache of [summaries, attributes, related]) cache.forgetWhere((_, of) => of === id)
      // Entities show the names of their profiles, and whose customer they are.
      if (kind === 'device-profile' || kind === 'asset-profile')
        summaries.forgetWhere((_, of) => of === tenantId || tenantId === nullUuid)
      if (kind === 'customer') summaries.forgetWhere(({ summary }) => summary?.customerId === id)
    },

    forgetValues: (kind, entityIds) => {
      const cache = kind === 'attributes' ? attributes : related
      if (entityIds === null) cache.forgetAll()
      else for (const id of entityIds) cache.forget(id)
    },

    forgetAll: () => {
      for (const cache of [summaries, attributes, related]) cache.forgetAll()
    },
  }
}

const rootOf = ({ root }: RelationSearch): string => root.id.toLowerCase()
const searchKey = ({ root, direction, filters }: RelationSearch): string =>
  JSON.stringify([root.entityType, direction, filters])

const sizeOf = (attributes: Attributes): number => {
  let size = 0
  for (const values of Object.values(attributes))
    for (const [key, entry] of values) {
      const { value } = entry ?? { value: null }
      size += key.length + 40 + (typeof value === 'string' ? value.length : 0)
    }
  return size
}
