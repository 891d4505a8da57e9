import { type Authority, authorities, type CountedType, type EntityId, type EntityType } from '@thingwire/contracts'
import { batchedRead } from '../connection/batched-read.ts'
import type { Sql } from '../connection/sql.ts'
import { withoutNul } from '../rows.ts'

/** What decides about rights to an entity, whatever its type, and where messages about it go. */
export type EntityHead = {
  id: EntityId
  /** Null: a thing of the system (a widget type that comes with the product, a system administrator). */
  tenantId: string | null
  /** Who it is assigned to; several for dashboards, none for what has no owner below the tenant. */
  customerIds: readonly string[]
  name: string
  label: string | null
  /** Name of the profile of devices and assets. */
  profileName: string | null
  /** Of users. */
  authority: Authority | null
  /** Of resources: its resource type. */
  resourceType: string | null
  /** Of devices and assets: its profile's, where messages about it begin. */
  ruleChainId: string | null
  queueName: string | null
}

export type EntitiesRepository = {
  /**
   * @param tenantId Whose entities may be found: one tenant's (and those of the system); null: everybody's. A foreign
   * entity is not told from a missing one.
   */
  findHead(tenantId: string | null, entityId: EntityId): Promise<EntityHead | null>
  /** In the order asked for; those that are missing are left out. */
  findHeads(tenantId: string | null, entityIds: readonly EntityId[]): Promise<EntityHead[]>
  /** Ids by exact names (the e-mail of users), in order; of several of the same name the oldest. */
  findNamed(tenantId: string, wanted: readonly { entityType: EntityType; name: string }[]): Promise<(EntityId | null)[]>
  /** How many a tenant has of a type that is limited by its profile. */
  count(tenantId: string, entityType: CountedType): Promise<number>
  /** Whether a tenant may have one more; counts only near the limit. Inserts are checked again, so a race costs nothing. */
  hasRoom(tenantId: string, entityType: CountedType, limit: number): Promise<boolean>
  /** Bytes of all files of the type that a tenant has stored. */
  storedBytes(tenantId: string, entityType: StoringType): Promise<number>
}

/** Entities whose stored files count against a limit. */
export type StoringType = 'TB_RESOURCE' | 'OTA_PACKAGE'

type Source = {
  from: string
  /** Null for types that every tenant may be told about. */
  tenant: string | null
  name: string
  customers?: string
  label?: string
  authority?: string
  resourceType?: string
  profile?: string
  chain?: string
  queue?: string
}

const owned = (table: string, name = 'e.name'): Source => ({ from: `${table} e`, tenant: 'e.tenant_id', name })

const profiled = (table: string, profiles: string, key: string): Source => ({
  from: `${table} e JOIN ${profiles} p ON p.id = e.${key}`,
  tenant: 'e.tenant_id',
  name: 'e.name',
  label: 'e.label',
  customers: 'array_remove(ARRAY[e.customer_id], NULL)',
  profile: 'p.name',
  chain: 'p.default_rule_chain_id',
  queue: 'p.default_queue_name',
})

/** Where each type is kept. Types that are not here have no table yet and are never found. */
const sources: Partial<Record<EntityType, Source>> = {
  TENANT: { from: 'tenants e', tenant: 'e.id', name: 'e.title' },
  TENANT_PROFILE: { from: 'tenant_profiles e', tenant: 'NULL::uuid', name: 'e.name' },
  CUSTOMER: { ...owned('customers', 'e.title'), customers: 'ARRAY[e.id]' },
  USER: {
    ...owned('users', 'e.email'),
    customers: 'array_remove(ARRAY[e.customer_id], NULL)',
    authority: 'e.authority',
  },
  DEVICE: profiled('devices', 'device_profiles', 'device_profile_id'),
  ASSET: profiled('assets', 'asset_profiles', 'asset_profile_id'),
  ENTITY_VIEW: { ...owned('entity_views'), customers: 'array_remove(ARRAY[e.customer_id], NULL)' },
  DEVICE_PROFILE: owned('device_profiles'),
  ASSET_PROFILE: owned('asset_profiles'),
  RULE_CHAIN: owned('rule_chains'),
  RULE_NODE: {
    from: 'rule_nodes e JOIN rule_chains p ON p.id = e.rule_chain_id',
    tenant: 'p.tenant_id',
    name: 'e.name',
  },
  DASHBOARD: {
    ...owned('dashboards', 'e.title'),
    customers: 'ARRAY(SELECT a.customer_id FROM dashboard_assignments a WHERE a.dashboard_id = e.id)',
  },
  ALARM: { ...owned('alarms', 'e.type'), customers: 'array_remove(ARRAY[e.customer_id], NULL)' },
  WIDGETS_BUNDLE: owned('widgets_bundles', 'e.title'),
  WIDGET_TYPE: owned('widget_types'),
  TB_RESOURCE: { ...owned('resources', 'e.title'), resourceType: 'e.resource_type' },
  OTA_PACKAGE: owned('ota_packages', 'e.title'),
  RPC: { ...owned('rpcs', "e.request #>> '{body,method}'") },
  QUEUE: owned('queues'),
  QUEUE_STATS: owned('queue_stats', 'e.queue_name'),
  API_USAGE_STATE: owned('api_usage_states', "'Api usage'"),
  API_KEY: owned('api_keys', 'e.description'),
  SCRIPT_LIBRARY: owned('script_libraries'),
  CALCULATED_FIELD: owned('calculated_fields'),
}

const countedTables: Record<CountedType, string> = {
  DEVICE: 'devices',
  ASSET: 'assets',
  CUSTOMER: 'customers',
  USER: 'users',
  DASHBOARD: 'dashboards',
  RULE_CHAIN: 'rule_chains',
}

/** Rows that no limit counts: the platform makes the public customer itself. The trigger on inserts says the same. */
const counting: Partial<Record<CountedType, string>> = { CUSTOMER: 'AND NOT is_public' }

type HeadRow = {
  /** Which of the asked it answers, from 1. */
  n: number
  id: string
  tenant_id: string | null
  customer_ids: string[]
  name: string | null
  label: string | null
  authority: string | null
  resource_type: string | null
  profile: string | null
  chain: string | null
  queue: string | null
}

/** An entity, and whose it may be. */
type Asked = { tenantId: string | null; id: string }

const selectHeads = (source: Source): string => `
  SELECT asked.n, e.id, ${source.tenant ?? 'NULL::uuid'} AS tenant_id, ${source.customers ?? "'{}'::uuid[]"} AS customer_ids,
    ${source.name} AS name, ${source.label ?? 'NULL'} AS label, ${source.authority ?? 'NULL'} AS authority,
    ${source.resourceType ?? 'NULL'} AS resource_type,
    ${source.profile ?? 'NULL'} AS profile, ${source.chain ?? 'NULL::uuid'} AS chain,
    ${source.queue ?? 'NULL'} AS queue
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS asked (id, tenant_id, n), ${source.from}
  WHERE e.id = asked.id
    AND (asked.tenant_id IS NULL OR ${source.tenant ?? 'NULL::uuid'} = asked.tenant_id OR ${source.tenant ?? 'NULL::uuid'} IS NULL)`

export const createEntitiesRepository = (sql: Sql): EntitiesRepository => {
  /** What was found for each of the asked, in their order. */
  const findOfType = async (entityType: EntityType, asked: readonly Asked[]): Promise<(EntityHead | null)[]> => {
    const source = Object.hasOwn(sources, entityType) ? sources[entityType] : undefined
    if (!source) return asked.map(() => null)
    const { rows } = await sql.query<HeadRow>({
      name: `heads-${entityType}`,
      text: selectHeads(source),
      values: [asked.map(({ id }) => id), asked.map(({ tenantId }) => tenantId)],
    })
    const found = new Map(rows.map((row) => [row.n, toHead(entityType, row)]))
    return asked.map((_, i) => found.get(i + 1) ?? null)
  }
  const single = new Map<EntityType, (asked: Asked) => Promise<EntityHead | null>>()
  const singleOf = (entityType: EntityType) => {
    const known = single.get(entityType) ?? batchedRead((asked: readonly Asked[]) => findOfType(entityType, asked))
    single.set(entityType, known)
    return known
  }
  return {
    findHead: (tenantId, { entityType, id }) => singleOf(entityType)({ tenantId, id }),

    findHeads: async (tenantId, entityIds) => {
      const found = new Map<string, EntityHead>()
      for (const [entityType, group] of Map.groupBy(entityIds, (one) => one.entityType))
        for (const head of await findOfType(
          entityType,
          group.map(({ id }) => ({ tenantId, id })),
        ))
          if (head) found.set(`${entityType} ${head.id.id}`, head)
      return entityIds.flatMap(({ entityType, id }) => found.get(`${entityType} ${id.toLowerCase()}`) ?? [])
    },

    findNamed: async (tenantId, wanted) => {
      const found = new Map<string, EntityId>()
      for (const [entityType, group] of Map.groupBy(wanted, (one) => one.entityType)) {
        const source = Object.hasOwn(sources, entityType) ? sources[entityType] : undefined
        if (!source?.tenant) continue
        const names = [...new Set(group.map(({ name }) => storedName(entityType, name)))]
        const { rows } = await sql.query<{ id: string; name: string }>({
          name: `named-${entityType}`,
          text: `SELECT DISTINCT ON (${source.name}) ${source.name} AS name, e.id FROM ${source.from}
                 WHERE ${source.name} = ANY($1::text[]) AND ${source.tenant} = $2 ORDER BY ${source.name}, e.id`,
          values: [names, tenantId],
        })
        for (const { id, name } of rows) found.set(`${entityType} ${name}`, { entityType, id })
      }
      return wanted.map(({ entityType, name }) => found.get(`${entityType} ${storedName(entityType, name)}`) ?? null)
    },

    count: async (tenantId, entityType) => {
      const { rows } = await sql.query<{ total: number }>({
        text: `SELECT count(*) AS total FROM ${countedTables[entityType]} WHERE tenant_id = $1`,
        values: [tenantId],
      })
      return rows[0]?.total ?? 0
    },

    hasRoom: async (tenantId, entityType, limit) => {
      const known = await sql.query<{ isBelow: boolean }>({
        name: 'entity-count-is-below',
        text: 'SELECT at_most < $3 AS "isBelow" FROM entity_counts WHERE tenant_id = $1 AND entity_type = $2',
        values: [tenantId, entityType, limit],
      })
      if (known.rows[0]?.isBelow) return true
      const { rows } = await sql.query<{ total: number }>({
        name: `count-to-limit-${entityType}`,
        text: `SELECT count(*) AS total
               FROM (SELECT 1 FROM ${countedTables[entityType]} WHERE tenant_id = $1 ${counting[entityType] ?? ''} LIMIT $2)
                 counted`,
        values: [tenantId, limit],
      })
      return (rows[0]?.total ?? 0) < limit
    },

    storedBytes: async (tenantId, entityType) => {
      const { rows } = await sql.query<{ total: number }>({
        text: `SELECT COALESCE(sum(data_size), 0)::bigint AS total
               FROM ${entityType === 'TB_RESOURCE' ? 'resources' : 'ota_packages'} WHERE tenant_id = $1`,
        values: [tenantId],
      })
      return rows[0]?.total ?? 0
    },
  }
}

/** E-mail addresses are kept in lower case. */
const storedName = (entityType: EntityType, name: string): string =>
  withoutNul(entityType === 'USER' ? name.toLowerCase() : name)

const toHead = (entityType: EntityType, row: HeadRow): EntityHead => ({
  id: { entityType, id: row.id },
  tenantId: row.tenant_id,
  customerIds: row.customer_ids,
  name: row.name ?? '',
  label: row.label,
  authority: authorities.find((known) => known === row.authority) ?? null,
  resourceType: row.resource_type,
  profileName: row.profile,
  ruleChainId: row.chain,
  queueName: row.queue,
})
