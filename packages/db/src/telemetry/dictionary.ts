import type { EntityId } from '@thingwire/contracts'
import { textArray, uuidArray } from '../connection/binary-arrays.ts'
import type { Sql } from '../connection/sql.ts'
import { withoutNul } from '../rows.ts'
import { createGenerationCache } from './generation-cache.ts'

export type EntityRef = { ref: number; tenantId: string }
export type EntityOwner = { tenantId: string; entityId: EntityId }

/** Entities and keys as the integers that stand in the rows. Filled once from the tables, then from what is missing. */
export type Dictionary = {
  /** Known to this process; null means that `register` has to be asked. */
  entity(entityId: string): EntityRef | null
  key(key: string): number | null
  /** Makes everything known, with one statement for the new entities and one for the new keys. */
  register(owners: Iterable<EntityOwner>, keys: Iterable<string>): Promise<void>
  /** Looks up without making; what does not exist is absent. */
  findEntities(entityIds: readonly string[]): Promise<Map<string, EntityRef>>
  findKeys(keys: readonly string[]): Promise<Map<string, number>>
  forget(entityId: string): void
}

/** About 30 MB when full. */
const maxEntities = 100_000
const maxKeys = 20_000

export const createDictionary = (sql: Sql): Dictionary => {
  const entities = createGenerationCache<string, EntityRef>(maxEntities)
  const keys = createGenerationCache<string, number>(maxKeys)
  let warming: Promise<void> | undefined

  const remember = (rows: readonly { entity_id: string; ref: number; tenant_id: string }[]) => {
    for (const row of rows) entities.set(row.entity_id, { ref: row.ref, tenantId: row.tenant_id })
  }

  /** One read instead of a statement per batch for the first thousand batches after a start. */
  const warm = (): Promise<void> => {
    warming ??= (async () => {
      const found = await sql.query<{ id: number; key: string }>(
        `SELECT id, key FROM telemetry_keys ORDER BY id LIMIT ${maxKeys}`,
      )
      for (const row of found.rows) keys.set(row.key, row.id)
      const { rows } = await sql.query<{ entity_id: string; ref: number; tenant_id: string }>(
        `SELECT entity_id, ref, tenant_id FROM telemetry_entities WHERE deleted_at IS NULL ORDER BY ref DESC LIMIT ${maxEntities}`,
      )
      remember(rows)
    })().catch((error: unknown) => {
      warming = undefined
      throw error
    })
    return warming
  }

  const findEntities = async (entityIds: readonly string[]) => {
    await warm()
    const missing = entityIds.filter((id) => !entities.get(id))
    if (missing.length > 0) {
      const { rows } = await sql.query<{ entity_id: string; ref: number; tenant_id: string }>({
        text: 'SELECT entity_id, ref, tenant_id FROM telemetry_entities WHERE entity_id = ANY($1::uuid[])',
        values: [uuidArray(missing)],
      })
      remember(rows)
      // PostgreSQL answers in lower case; ids may have come in upper case.
      for (const id of missing) {
        const found = entities.get(id.toLowerCase())
        if (found) entities.set(id, found)
      }
    }
    return new Map(entityIds.flatMap((id) => [[id, entities.get(id)] as const]).filter(hasValue))
  }

  const findKeys = async (names: readonly string[]) => {
    await warm()
    const missing = names.filter((key) => keys.get(withoutNul(key)) === undefined).map(withoutNul)
    if (missing.length > 0) {
      const { rows } = await sql.query<{ id: number; key: string }>({
        text: 'SELECT id, key FROM telemetry_keys WHERE key = ANY($1::text[])',
        values: [textArray(missing)],
      })
      for (const row of rows) keys.set(row.key, row.id)
    }
    return new Map(names.map((key) => [key, keys.get(withoutNul(key))] as const).filter(hasValue))
  }

  return {
    entity: (entityId) => entities.get(entityId) ?? null,
    key: (key) => keys.get(withoutNul(key)) ?? null,
    findEntities,
    findKeys,
    forget: (entityId) => entities.delete(entityId),

    register: async (owners, names) => {
      const newOwners = new Map([...owners].map((owner) => [owner.entityId.id, owner]))
      const known = await findEntities([...newOwners.keys()])
      for (const id of known.keys()) newOwners.delete(id)
      if (newOwners.size > 0) await insertEntities(sql, newOwners)
      const newKeys = new Set([...names].map(withoutNul))
      for (const key of (await findKeys([...newKeys])).keys()) newKeys.delete(key)
      if (newKeys.size > 0)
        await sql.retrying({
          text: 'INSERT INTO telemetry_keys (key) SELECT * FROM unnest($1::text[]) ON CONFLICT DO NOTHING',
          values: [textArray([...newKeys].sort())],
        })
      // Reading back also finds what another process inserted at the same time.
      if (newOwners.size > 0) await findEntities([...newOwners.keys()])
      if (newKeys.size > 0) await findKeys([...newKeys])
    },
  }
}

const insertEntities = async (sql: Sql, owners: ReadonlyMap<string, EntityOwner>) => {
  // Sorted, so that two processes that meet the same new devices lock them in the same order.
  const sorted = [...owners.values()].sort((a, b) => (a.entityId.id < b.entityId.id ? -1 : 1))
  await sql.retrying({
    text: `INSERT INTO telemetry_entities (entity_id, entity_type, tenant_id)
           SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[]) ON CONFLICT DO NOTHING`,
    values: [
      uuidArray(sorted.map((owner) => owner.entityId.id)),
      textArray(sorted.map((owner) => owner.entityId.entityType)),
      uuidArray(sorted.map((owner) => owner.tenantId)),
    ],
  })
}

const hasValue = <K, V>(entry: readonly [K, V | undefined]): entry is readonly [K, V] => entry[1] !== undefined
