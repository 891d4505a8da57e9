import type { DeviceCredentials, EntityId, EntityType } from '@thingwire/contracts'

/** What is known of an entity without reading all of it. */
export type EntitySummary = {
  id: EntityId
  /** Title of customers and dashboards, e-mail of users. */
  name: string
  label: string | null
  /** Name of the profile of devices and assets; null for kinds without one. */
  profileName: string | null
  /** Whose it is: the first of several, as of dashboards; customers are their own. */
  customerId: string | null
}

/** What one item of a call came to; the text is for the message that asked. */
export type Settled<T> = { ok: true; value: T } | { ok: false; error: string }

/** An entity that is to be there under its name. Profiles are named, or null for the default one. */
export type WantedEntity = { entityType: 'DEVICE' | 'ASSET' | 'CUSTOMER'; name: string; profileName: string | null }

export type EntitiesPort = {
  /** Ids of the default rule chains of the entities' profiles, in order; null for none, and for kinds without a profile. */
  defaultRuleChains(entityIds: readonly EntityId[]): Promise<(string | null)[]>
  /** Whether the tenant has them, in order. */
  exist(entityIds: readonly EntityId[]): Promise<boolean[]>
  /** In order; null: the tenant has no such entity. Remembered, and forgotten when it changes. */
  summaries(entityIds: readonly EntityId[]): Promise<(EntitySummary | null)[]>
  /** As REST shows them, in order; null: the tenant has no such entity, or nobody can show that kind. */
  read(entityIds: readonly EntityId[]): Promise<(Readonly<Record<string, unknown>> | null)[]>
  /** By their exact names, in order. */
  named(wanted: readonly { entityType: EntityType; name: string }[]): Promise<(EntityId | null)[]>
  /** In order; null for what is no device of the tenant. */
  credentials(deviceIds: readonly string[]): Promise<(DeviceCredentials | null)[]>
}

/** Who an entity is to belong to; null: nobody. A dashboard is taken from `from` alone, since it may belong to several. */
export type Assignment = { entityId: EntityId; customerId: string | null; from?: string }

/** What nodes change about entities themselves. No user does it. */
export type EntityChangesPort = {
  /**
   * Those that are missing are made (within the tenant's limits), and the rule engine is told of them: ENTITY_CREATED with
   * `ruleNodeId` in its metadata. In order.
   */
  obtain(ruleNodeId: string, wanted: readonly WantedEntity[]): Promise<Settled<EntityId>[]>
  /** Devices, assets, entity views and dashboards, in order. The rule engine is not told: a chain would hear itself. */
  assign(changes: readonly Assignment[]): Promise<Settled<null>[]>
}
