import type {
  Aggregation,
  AuditLog,
  AttributeScope,
  Authority,
  DeviceCredentials,
  EntityId,
  KvEntry,
  PageData,
  PageLink,
  RuleChain,
  RuleChainMetadata,
  TsKvEntry,
  TsValue,
} from '@thingwire/contracts'
import { AppError } from '@thingwire/contracts'
import type { Changes } from './changes.ts'
import type { CustomersRepository } from './customers/customers.repository.ts'
import type { DeadLettersRepository } from './dead-letters/dead-letters.repository.ts'
import type { DeadLetterKeeping } from './dead-letters/expiry.ts'
import type { DashboardDraftsRepository } from './dashboards/dashboard-drafts.repository.ts'
import type { DashboardLibraryRepository } from './dashboards/dashboard-library.repository.ts'
import type { DashboardOverlaysRepository } from './dashboards/dashboard-overlays.repository.ts'
import type { DeletedDashboardsRepository } from './dashboards/deleted-dashboards.repository.ts'
import type { DashboardsRepository } from './dashboards/dashboards.repository.ts'
import type { DeviceProfilesRepository } from './device-profiles/device-profiles.repository.ts'
import type { DevicesRepository } from './devices/devices.repository.ts'
import type { OtaPackagesRepository } from './ota-packages/ota-packages.repository.ts'
import type { AuditLogFilter } from './audit/audit-log-list.ts'
import type { ApiKeysRepository } from './api-keys/api-keys.repository.ts'
import type { AssetProfilesRepository } from './asset-profiles/asset-profiles.repository.ts'
import type { AssetsRepository } from './assets/assets.repository.ts'
import type { EntityViewsRepository } from './entity-views/entity-views.repository.ts'
import type { EntitiesRepository } from './entities/entities.repository.ts'
import type { AlarmCommentsRepository } from './alarms/alarm-comments.ts'
import type { AlarmRulesRepository } from './alarms/alarm-rules.repository.ts'
import type { CalculatedFieldsRepository } from './calculated-fields/calculated-fields.repository.ts'
import type { FieldStatesRepository } from './calculated-fields/field-states.repository.ts'
import type { AlarmsRepository } from './alarms/alarms.repository.ts'
import type { EntityQueriesRepository } from './entity-queries/entity-queries.repository.ts'
import type { InputLogRepository } from './input-log/input-log.repository.ts'
import type { EventsRepository } from './events/events.repository.ts'
import type { RelationsRepository } from './relations/relations.repository.ts'
import type { NamesRepository } from './names/names.repository.ts'
import type { QueuesRepository } from './queues/queues.repository.ts'
import type { RpcsRepository } from './rpcs/rpcs.repository.ts'
import type { ResourcesRepository } from './resources/resources.repository.ts'
import type { RuleChainDraftsRepository } from './rule-chains/rule-chain-drafts.repository.ts'
import type { RuleNodeSearch } from './rule-chains/rule-node-search.ts'
import type { RuleChainsRepository } from './rule-chains/rule-chains.repository.ts'
import type { ScriptLibrariesRepository } from './script-libraries/script-libraries.repository.ts'
import type { SeriesDeleted, SeriesDeletion } from './telemetry/delete.ts'
import type { WidgetTypesRepository } from './widgets/widget-types.repository.ts'
import type { WidgetsBundlesRepository } from './widgets/widgets-bundles.repository.ts'
import type { TenantProfilesRepository } from './tenants/tenant-profiles.repository.ts'
import type { ApiUsageRepository } from './api-usage/api-usage.repository.ts'
import type { QueueStatsRepository } from './queues/queue-stats.repository.ts'
import type { TenantsRepository } from './tenants/tenants.repository.ts'
import type { UserDirectoryRepository } from './users/user-directory.repository.ts'
import type { UserLinksRepository } from './users/user-links.repository.ts'
import type { UserSettingsRepository } from './users/user-settings.repository.ts'
import type { TwoFactorRepository } from './two-factor/two-factor.repository.ts'
import type { UsersRepository } from './users.repository.ts'

/**
 * Whose data a call may touch. Every repository call takes one; there is no query path without it. A customer scope
 * sees only what is assigned to that customer. `system` is for the system administrator and for the platform itself.
 */
export type Scope =
  | { kind: 'tenant'; tenantId: string }
  | { kind: 'customer'; tenantId: string; customerId: string }
  | { kind: 'system' }

/** What the gateway needs to know of a device to accept its messages; cached there. */
export type DeviceSessionInfo = {
  deviceId: string
  tenantId: string
  customerId: string | null
  name: string
  /** The device profile's name: ThingsBoard's `deviceType`. */
  type: string
  deviceProfileId: string
  transportType: string
  defaultRuleChainId: string | null
  defaultQueueName: string | null
  isGateway: boolean
  /** `profileData.transportConfiguration` as it was saved. */
  transportConfiguration: unknown
  /** `profileData.topicSpace` as it was saved. */
  topicSpace: unknown
  credentialsType: DeviceCredentials['credentialsType']
  credentialsValue: string | null
}

export type SeriesWrite = TsKvEntry & {
  tenantId: string
  entityId: EntityId
  saveTimeseries: boolean
  saveLatest: boolean
  /** When the point is to go, epoch ms; absent: as the tenant's profile says. Latest values stay. */
  expiresAt?: number
}

export type ExtremesQuery = Pick<HistoryQuery, 'entityId' | 'keys' | 'startTs' | 'endTs'> & {
  /** Of the picture; each has at most four points. */
  columns: number
}

export type HistoryQuery = {
  entityId: EntityId
  keys: readonly string[]
  /** Inclusive, epoch ms. */
  startTs: number
  /** Exclusive, epoch ms. */
  endTs: number
  aggregation: Aggregation
  /** Bucket width for aggregations. */
  intervalMs: number
  /** Newest first or oldest first; for raw reads only (aggregates are always ascending). */
  order: 'ASC' | 'DESC'
  /** Per key, raw reads only. */
  limit: number
}

export type TelemetryStore = {
  /** One commit for all; idempotent by (entity, key, ts); a newer latest value is never replaced by an older one. */
  write(rows: readonly SeriesWrite[]): Promise<void>
  keys(scope: Scope, entityId: EntityId): Promise<string[]>
  /** No keys: all. Keys without data are absent. */
  latest(scope: Scope, entityId: EntityId, keys?: readonly string[]): Promise<TsKvEntry[]>
  history(scope: Scope, query: HistoryQuery): Promise<Record<string, TsValue[]>>
  /** Numbers that draw the same line as all of them, ascending; null for a key with other values than a few stray ones. */
  extremes(scope: Scope, query: ExtremesQuery): Promise<Map<string, { ts: number; value: number }[] | null>>
  /** Of many entities, one statement: an array per query, in order; keys without data are absent. */
  latestMany(
    tenantId: string,
    queries: readonly { entityId: EntityId; keys: readonly string[] }[],
  ): Promise<TsKvEntry[][]>
  delete(scope: Scope, deletion: SeriesDeletion): Promise<SeriesDeleted>
}

export type AttributeRow = KvEntry & { scope: AttributeScope; lastUpdateTs: number }

export type AttributesRepository = {
  find(
    scope: Scope,
    entityId: EntityId,
    filter: { scope?: AttributeScope; keys?: readonly string[] },
  ): Promise<AttributeRow[]>
  /** One statement for all queries of the rule runner. */
  findMany(
    tenantId: string,
    queries: readonly { entityId: EntityId; scope: AttributeScope; keys: readonly string[] }[],
  ): Promise<KvEntry[][]>
  /** The same with the time of the last update of each, epoch ms. */
  findManyWithTs(
    tenantId: string,
    queries: readonly { entityId: EntityId; scope: AttributeScope; keys: readonly string[] }[],
  ): Promise<TsKvEntry[][]>
  save(
    tenantId: string,
    rows: readonly { entityId: EntityId; scope: AttributeScope; entries: readonly KvEntry[]; ts: number }[],
  ): Promise<void>
  delete(scope: Scope, entityId: EntityId, attributeScope: AttributeScope, keys: readonly string[]): Promise<string[]>
  /** One statement for all deletions of the rule runner; names of those that were there, an array per deletion, in order. */
  deleteMany(
    tenantId: string,
    deletions: readonly { entityId: EntityId; scope: AttributeScope; keys: readonly string[] }[],
  ): Promise<string[][]>
}

export type StoredRuleChain = { chain: RuleChain; metadata: RuleChainMetadata }

export type DeadLetter = {
  id: string
  tenantId: string
  createdTime: number
  queueName: string
  ruleChainId: string | null
  ruleNodeId: string | null
  error: string
  message: unknown
}

export type LedgerCounts = {
  accepted: number
  stored: number
  finished: number
  deadLettered: number
  rejected: number
}
export type LedgerRow = LedgerCounts & { tenantId: string; minuteMs: number }

/** Messages of one tenant and minute (epoch ms) that have ended. */
export type LedgerCount = {
  tenantId: string
  minuteMs: number
  stored: number
  finished: number
  deadLettered: number
}

/** What became of one batch, written in one transaction; the batch id makes a second run of the same batch a no-op. */
export type BatchSettlement = {
  batchId: string
  acceptedAt: number
  /** Per tenant: how many messages ended how. They sum to the batch's messages of that tenant. */
  outcomes: readonly { tenantId: string; stored: number; finished: number; deadLettered: number }[]
  deadLetters: readonly Omit<DeadLetter, 'createdTime'>[]
}

export type DebugEvent = {
  tenantId: string
  entityId: string
  type: 'DEBUG_RULE_NODE' | 'DEBUG_RULE_CHAIN' | 'DEBUG_CALCULATED_FIELD' | 'LC_EVENT' | 'ERROR' | 'STATS'
  ts: number
  body: Record<string, unknown>
}

export type StoredSetting = { id: string /** Epoch ms. */; createdTime: number; key: string; value: unknown }

export type AuditEntry = {
  tenantId: string
  customerId: string | null
  entityId: EntityId
  entityName: string
  userId: string
  userName: string
  actionType: string
  actionData: unknown
  actionStatus: 'SUCCESS' | 'FAILURE'
  actionFailureDetails: string
}

/** The only door to PostgreSQL. Opening has no effect until the first call; `close` waits for what is under way. */
export type Database = {
  /** Resolves when the server answers; used by readiness. */
  ping(): Promise<void>
  close(): Promise<void>
  /** What this process changes of things that others remember. */
  changes: Changes
  /** Entities of every type by what decides about rights to them. */
  entities: EntitiesRepository
  names: NamesRepository
  customers: CustomersRepository
  tenantProfiles: TenantProfilesRepository
  tenants: TenantsRepository
  queues: QueuesRepository
  queueStats: QueueStatsRepository
  apiUsage: ApiUsageRepository
  users: UsersRepository
  apiKeys: ApiKeysRepository
  twoFactor: TwoFactorRepository
  userDirectory: UserDirectoryRepository
  userLinks: UserLinksRepository
  userSettings: UserSettingsRepository
  sessions: {
    /** A signed-out session id stays here until its refresh token would have expired. */
    revoke(sessionId: string, expiresAtMs: number): Promise<void>
    isRevoked(sessionId: string): Promise<boolean>
  }
  settings: {
    /** System-wide settings by key (`jwt`, `general`, …). */
    get(key: string): Promise<unknown>
    /** Writes only when absent and returns what stands: the way to make a signing key once. */
    getOrCreate(key: string, value: unknown): Promise<unknown>
    save(key: string, value: unknown): Promise<void>
    /** The setting with its id and time; null when there is none. */
    find(key: string): Promise<StoredSetting | null>
  }
  devices: DevicesRepository
  deviceProfiles: DeviceProfilesRepository
  otaPackages: OtaPackagesRepository
  credentials: {
    findByDevice(scope: Scope, deviceId: string): Promise<DeviceCredentials | null>
    save(scope: Scope, credentials: Omit<DeviceCredentials, 'createdTime' | 'version'>): Promise<DeviceCredentials>
    /** Of devices of one tenant; in no order. */
    findByDevices(tenantId: string, deviceIds: readonly string[]): Promise<DeviceCredentials[]>
    /** The gateway's look-up; system-wide because a token is unique in the platform. */
    resolve(credentialsId: string): Promise<DeviceSessionInfo | null>
    /** The same for a device behind a gateway, whose credentials nobody showed. */
    resolveNamed(tenantId: string, deviceName: string): Promise<DeviceSessionInfo | null>
  }
  ruleChains: RuleChainsRepository
  ruleChainDrafts: RuleChainDraftsRepository
  ruleNodeSearch: RuleNodeSearch
  scriptLibraries: ScriptLibrariesRepository
  dashboards: DashboardsRepository
  dashboardDrafts: DashboardDraftsRepository
  dashboardLibrary: DashboardLibraryRepository
  dashboardOverlays: DashboardOverlaysRepository
  deletedDashboards: DeletedDashboardsRepository
  resources: ResourcesRepository
  widgetTypes: WidgetTypesRepository
  widgetsBundles: WidgetsBundlesRepository
  assets: AssetsRepository
  assetProfiles: AssetProfilesRepository
  entityViews: EntityViewsRepository
  relations: RelationsRepository
  entityQueries: EntityQueriesRepository
  alarms: AlarmsRepository
  alarmComments: AlarmCommentsRepository
  /** Alarm rules of device profiles, and what they have counted. */
  alarmRules: AlarmRulesRepository
  calculatedFields: CalculatedFieldsRepository
  fieldStates: FieldStatesRepository
  /** Persistent commands to devices. */
  rpcs: RpcsRepository
  attributes: AttributesRepository
  telemetry: TelemetryStore
  ledger: {
    /** A batch that is settled twice, by whichever process, counts once. */
    settle(settlements: readonly BatchSettlement[]): Promise<void>
    /** What batches without dead letters came to, gathered in Redis. Counts are added once for an id. */
    addOutcomes(id: string, counts: readonly LedgerCount[]): Promise<void>
    /** Whether the counts of this id are in the ledger. */
    hasOutcomes(id: string): Promise<boolean>
    /** Absolute counts of closed minutes, moved here from Redis by the gateway. */
    recordAccepted(
      rows: readonly { tenantId: string; minuteMs: number; accepted: number; rejected: number }[],
    ): Promise<void>
    read(scope: Scope, range: { fromMs: number; toMs: number }): Promise<LedgerRow[]>
  }
  deadLetters: DeadLettersRepository
  events: EventsRepository
  inputLog: InputLogRepository
  audit: {
    append(entries: readonly AuditEntry[]): Promise<void>
    /** Entries of one tenant; null: of the system. */
    list(tenantId: string | null, link: PageLink, filter: AuditLogFilter): Promise<PageData<AuditLog>>
  }
  maintenance: {
    /** Makes the partitions of the coming months and drops what is past its time to live. */
    run(nowMs: number, keep?: DeadLetterKeeping): Promise<void>
  }
}

/** Who an authenticated caller is; `scopeOf` turns it into the scope of its repository calls. */
export type Principal = {
  userId: string
  authority: Authority
  tenantId: string | null
  customerId: string | null
  /** Anybody who came by a public link: reads what its customer may read, and changes nothing. */
  isPublic?: boolean
}

export const scopeOf = (p: Principal): Scope => {
  switch (p.authority) {
    case 'SYS_ADMIN':
      return { kind: 'system' }
    case 'TENANT_ADMIN':
      return { kind: 'tenant', tenantId: required(p.tenantId) }
    case 'CUSTOMER_USER':
      return { kind: 'customer', tenantId: required(p.tenantId), customerId: required(p.customerId) }
  }
}

/** A row that lacks its owner must never widen into a larger scope. */
const required = (id: string | null): string => {
  if (!id) throw new AppError('PERMISSION_DENIED')
  return id
}
