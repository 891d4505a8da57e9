import type { AlarmData } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { NodeRegistry } from '@thingwire/rules'
import type { Redis } from 'ioredis'
import type { EntityAccess } from '../access/entity-access.ts'
import type { AlarmCommentService } from '../alarms/alarm-comment-service.ts'
import type { AlarmService } from '../alarms/alarm-service.ts'
import type { AlarmQueries } from '../alarms/alarm-queries.ts'
import type { EntityQueries } from '../entity-queries/entity-queries.ts'
import type { AdminSettingsService } from '../admin-settings/admin-settings-service.ts'
import type { BaseUrl } from '../admin-settings/base-url.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { AssetProfileService } from '../asset-profiles/asset-profile-service.ts'
import type { AssetService } from '../assets/asset-service.ts'
import type { EntityViewService } from '../entity-views/entity-view-service.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { Auth } from '../auth/create-auth.ts'
import type { SecuritySettingsService } from '../auth/security-settings.ts'
import type { Config } from '../config.ts'
import type { CustomerService } from '../customers/customer-service.ts'
import type { EnsurePublicCustomer } from '../customers/public-customer.ts'
import type { DashboardDrafts } from '../dashboards/dashboard-drafts.ts'
import type { DashboardLibrary } from '../dashboards/dashboard-library.ts'
import type { DeletedDashboards } from '../dashboards/deleted-dashboards.ts'
import type { DashboardService } from '../dashboards/dashboard-service.ts'
import type { BulkImport } from '../bulk-import/bulk-import.ts'
import type { ClaimService } from '../claims/claim-service.ts'
import type { OtaPackageService } from '../ota-packages/ota-package-service.ts'
import type { DeviceProfileService } from '../device-profiles/device-profile-service.ts'
import type { DeviceCredentialsService } from '../devices/device-credentials-service.ts'
import type { DeviceOwnership } from '../devices/device-ownership.ts'
import type { FindRelatedDevices } from '../devices/device-search.ts'
import type { DeviceService } from '../devices/device-service.ts'
import type { EntityValues } from '../entity-values/entity-values.ts'
import type { CountRequest } from '../limits/rest-limits.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import type { MailService } from '../mail/mail-service.ts'
import type { Logger } from '../observability/logger.ts'
import type { RelationService } from '../relations/relation-service.ts'
import type { RpcService } from '../rpc/rpc-service.ts'
import type { ReplayService } from '../rule-tests/replay-service.ts'
import type { RuleTestService } from '../rule-tests/rule-test-service.ts'
import type { TraceDesk } from '../rule-debug/traces.ts'
import type { RuleEngineCalls } from '../rpc/rule-engine-calls.ts'
import type { EmbeddedResources } from '../resources/embedded-resources.ts'
import type { ResourceService } from '../resources/resource-service.ts'
import type { RuleChainDrafts } from '../rule-chains/rule-chain-drafts.ts'
import type { RuleChainTransfer } from '../rule-chains/rule-chain-data.ts'
import type { AccountLinks } from '../users/account-links.ts'
import type { PasswordLinksService } from '../users/password-links-service.ts'
import type { UserService } from '../users/user-service.ts'
import type { UserSettingsService } from '../users/user-settings-service.ts'
import type { RuleChainService } from '../rule-chains/rule-chain-service.ts'
import type { CalculatedFieldService } from '../calculated-fields/calculated-field-service.ts'
import type { ScriptLibraryService } from '../script-libraries/script-library-service.ts'
import type { ScriptTester } from '../scripting/script-test.ts'
import type { TenantProfileService } from '../tenant-profiles/tenant-profile-service.ts'
import type { ReadUsage } from '../api-usage/usage-info.ts'
import type { DeadLetterService } from '../queues-rest/dead-letter-service.ts'
import type { QueueService } from '../queues-rest/queue-service.ts'
import type { ReadSystemParams } from '../system/system-params.ts'
import type { TenantService } from '../tenants/tenant-service.ts'

import type { WidgetService } from '../widgets/widget-service.ts'

export type ApiConfig = Pick<
  Config,
  | 'DEMO_ACCOUNTS'
  | 'NODE_ENV'
  | 'HTTP_PORT'
  | 'MQTT_PORT'
  | 'COAP_PORT'
  | 'ENGINE_ROLES'
  | 'USER_TOKEN_ACCESS'
  | 'DELETED_DASHBOARDS_KEEP_DAYS'
> &
  Partial<
    Pick<
      Config,
      | 'AUDIT_LOG_MASK'
      | 'MAP_TILES'
      | 'CORS_ORIGINS'
      | 'MQTT_TLS_PORT'
      | 'MQTT_TLS_CERT'
      | 'RULE_DEBUG_EVENTS_PER_TENANT'
    >
  >

/** Everything the routes stand on; `createApi` makes it. */
export type ApiDeps = Auth & {
  config: ApiConfig
  database: Database
  /** For short commands. */
  redis: Redis
  logger: Logger
  /** Epoch ms. */
  now: () => number
  securitySettings: SecuritySettingsService
  audit: AuditTrail
  /** Audit log and rule engine in one: what a service calls after each change. */
  actions: EntityActions
  access: EntityAccess
  limits: TenantLimits
  /** Rate limits of the REST API. */
  countRequest: CountRequest
  invalidate: Invalidate
  mail: MailService
  baseUrl: BaseUrl
  adminSettings: AdminSettingsService
  users: UserService
  accountLinks: AccountLinks
  passwordLinks: PasswordLinksService
  userSettings: UserSettingsService
  customers: CustomerService
  tenants: TenantService
  tenantProfiles: TenantProfileService
  queues: QueueService
  deadLetters: DeadLetterService
  readUsage: ReadUsage
  readSystemParams: ReadSystemParams
  /** For whatever is made public. */
  ensurePublicCustomer: EnsurePublicCustomer
  dashboards: DashboardService
  dashboardDrafts: DashboardDrafts
  dashboardLibrary: DashboardLibrary
  deletedDashboards: DeletedDashboards
  devices: DeviceService
  deviceCredentials: DeviceCredentialsService
  deviceOwnership: DeviceOwnership
  deviceProfiles: DeviceProfileService
  otaPackages: OtaPackageService
  bulkImport: BulkImport
  findRelatedDevices: FindRelatedDevices
  claims: ClaimService
  entityQueries: EntityQueries
  alarmQueries: AlarmQueries<AlarmData>
  alarms: AlarmService
  alarmComments: AlarmCommentService
  assets: AssetService
  assetProfiles: AssetProfileService
  entityViews: EntityViewService
  relations: RelationService
  ruleChains: RuleChainService
  ruleChainDrafts: RuleChainDrafts
  scriptLibraries: ScriptLibraryService
  calculatedFields: CalculatedFieldService
  ruleChainTransfer: RuleChainTransfer
  resources: ResourceService
  embedded: EmbeddedResources
  widgets: WidgetService
  scripts: ScriptTester
  rpcs: RpcService
  ruleEngineCalls: RuleEngineCalls
  traces: TraceDesk
  ruleTests: RuleTestService
  replays: ReplayService
  values: EntityValues
  nodes: NodeRegistry
}
