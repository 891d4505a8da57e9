import type { EntityId, EntityType } from '@thingwire/contracts'
import type { Database, EntityHead, Scope } from '@thingwire/db'
import type { EntitiesPort, EntitySummary } from '@thingwire/rules'

export type EntityReadsDatabase = Pick<
  Database,
  | 'entities'
  | 'devices'
  | 'assets'
  | 'customers'
  | 'tenants'
  | 'userDirectory'
  | 'alarms'
  | 'ruleChains'
  | 'entityViews'
  | 'dashboards'
  | 'assetProfiles'
  | 'deviceProfiles'
  | 'credentials'
>

type Shown = Readonly<Record<string, unknown>> & { id: { id: string } }
type Reader = (
  database: EntityReadsDatabase,
  scope: Scope & { kind: 'tenant' },
  ids: readonly string[],
) => Promise<Shown[]>

const oneByOne =
  (find: (database: EntityReadsDatabase, scope: Scope, id: string) => Promise<Shown | null>): Reader =>
  async (database, scope, ids) =>
    (await Promise.all(ids.map((id) => find(database, scope, id)))).filter((one) => one !== null)

/** Entities as REST shows them when they are asked for by their ids. */
const readers: Partial<Record<EntityType, Reader>> = {
  DEVICE: ({ devices }, scope, ids) => devices.findMany(scope, ids),
  ASSET: async ({ assets }, scope, ids) =>
    (await assets.findMany(scope, ids)).map(
      ({ customerTitle: _1, customerIsPublic: _2, assetProfileName: _3, ...asset }) => asset,
    ),
  CUSTOMER: ({ customers }, scope, ids) => customers.findMany(scope, ids),
  TENANT: async ({ tenants }, scope, ids) =>
    (await tenants.findMany(scope, ids)).map(({ tenantProfileName: _, ...tenant }) => tenant),
  USER: async ({ userDirectory }, scope, ids) =>
    (await userDirectory.list(scope, { page: 0, pageSize: ids.length }, { ids })).data,
  ALARM: oneByOne(({ alarms }, scope, id) => alarms.find(scope, id)),
  RULE_CHAIN: ({ ruleChains }, scope, ids) => ruleChains.findMany(scope, ids),
  ENTITY_VIEW: async ({ entityViews }, scope, ids) =>
    (await entityViews.findMany(scope, ids)).map(({ customerTitle: _1, customerIsPublic: _2, ...view }) => view),
  DASHBOARD: ({ dashboards }, scope, ids) => dashboards.findInfos(scope, ids),
  ASSET_PROFILE: ({ assetProfiles }, scope, ids) => assetProfiles.findMany(scope, ids),
  DEVICE_PROFILE: oneByOne(({ deviceProfiles }, scope, id) => deviceProfiles.find(scope, id)),
}

const keyOf = ({ entityType, id }: EntityId): string => `${entityType} ${id.toLowerCase()}`

export const summaryOf = (head: EntityHead): EntitySummary => ({
  id: head.id,
  name: head.name,
  label: head.label,
  profileName: head.profileName,
  customerId: head.customerIds[0] ?? null,
})

/** What nodes of a tenant may read of its entities, straight from the database. */
export const entityReads = (database: EntityReadsDatabase, tenantId: string): EntitiesPort => {
  const scope = { kind: 'tenant', tenantId } as const

  /** Things of the system are found for every tenant; a node may know its own tenant's only. */
  const headsOf = async (entityIds: readonly EntityId[]): Promise<Map<string, EntityHead>> => {
    const heads = await database.entities.findHeads(tenantId, distinct(entityIds))
    return new Map(heads.filter((head) => head.tenantId === tenantId).map((head) => [keyOf(head.id), head]))
  }

  return {
    exist: async (entityIds) => {
      const heads = await headsOf(entityIds)
      return entityIds.map((id) => heads.has(keyOf(id)))
    },
    defaultRuleChains: async (entityIds) => {
      const heads = await headsOf(entityIds)
      return entityIds.map((id) => heads.get(keyOf(id))?.ruleChainId ?? null)
    },
    summaries: async (entityIds) => {
      const heads = await headsOf(entityIds)
      return entityIds.map((id) => {
        const head = heads.get(keyOf(id))
        return head ? summaryOf(head) : null
      })
    },
    read: async (entityIds) => {
      const shown = new Map<string, Shown>()
      for (const [entityType, group] of Map.groupBy(distinct(entityIds), (one) => one.entityType)) {
        const reader = Object.hasOwn(readers, entityType) ? readers[entityType] : undefined
        const found = await reader?.(
          database,
          scope,
          group.map(({ id }) => id),
        )
        for (const one of found ?? []) shown.set(keyOf({ entityType, id: one.id.id }), one)
      }
      return entityIds.map((id) => shown.get(keyOf(id)) ?? null)
    },
    named: (wanted) => database.entities.findNamed(tenantId, wanted),
    credentials: async (deviceIds) => {
      const found = await database.credentials.findByDevices(tenantId, [...new Set(deviceIds)])
      const byDevice = new Map(found.map((one) => [one.deviceId.id, one]))
      return deviceIds.map((id) => byDevice.get(id.toLowerCase()) ?? null)
    },
  }
}

const distinct = (entityIds: readonly EntityId[]): EntityId[] => [
  ...new Map(entityIds.map((one) => [keyOf(one), one])).values(),
]
