import { accountRoutes } from './account.route.ts'
import { adminRoutes } from './admin.route.ts'
import type { ApiDeps } from './api-deps.ts'
import { auditLogRoutes } from './audit-log.route.ts'
import { apiKeyRoutes } from './api-key.route.ts'
import { authRoutes } from './auth.route.ts'
import { componentRoutes } from './component.route.ts'
import { customerRoutes } from './customer.route.ts'
import { dashboardDraftRoutes } from './dashboard-draft.route.ts'
import { dashboardLibraryRoutes } from './dashboard-library.route.ts'
import { dashboardRoutes } from './dashboard.route.ts'
import { bulkImportRoutes } from './bulk-import.route.ts'
import { otaPackageRoutes } from './ota-package.route.ts'
import { deviceRoutes } from './device.route.ts'
import { deviceChangeRoutes } from './device-change.route.ts'
import { deviceClaimRoutes } from './device-claim.route.ts'
import { deviceConnectivityRoutes } from './device-connectivity.route.ts'
import { deviceProfileRoutes } from './device-profile.route.ts'
import { mailBoxRoutes } from './mail-box.route.ts'
import { assetRoutes } from './asset.route.ts'
import { assetProfileRoutes } from './asset-profile.route.ts'
import { entityViewRoutes } from './entity-view.route.ts'
import { entityRelationRoutes } from './entity-relation.route.ts'
import { alarmCommentRoutes } from './alarm-comment.route.ts'
import { alarmRoutes } from './alarm.route.ts'
import { edqsRoutes } from './edqs.route.ts'
import { entityQueryRoutes } from './entity-query.route.ts'
import { eventRoutes } from './event.route.ts'
import { deadLetterRoutes } from './dead-letter.route.ts'
import { mapTileRoutes } from './map-tile.route.ts'
import { imageRoutes } from './image.route.ts'
import { resourceRoutes } from './resource.route.ts'
import type { RouteGroup } from './route.ts'
import { widgetTypeRoutes } from './widget-type.route.ts'
import { widgetsBundleRoutes } from './widgets-bundle.route.ts'
import { rpcRoutes } from './rpc.route.ts'
import { ruleDebugRoutes } from './rule-debug.route.ts'
import { ruleTestRoutes } from './rule-test.route.ts'
import { ruleEngineRoutes } from './rule-engine.route.ts'
import { ruleChainDraftRoutes } from './rule-chain-draft.route.ts'
import { ruleChainRoutes } from './rule-chain.route.ts'
import { seriesQueryRoutes } from './series-query.route.ts'
import { sessionRoutes } from './session.route.ts'
import { calculatedFieldRoutes } from './calculated-field.route.ts'
import { scriptLibraryRoutes } from './script-library.route.ts'
import { systemRoutes } from './system.route.ts'
import { telemetryRoutes } from './telemetry.route.ts'
import { tenantProfileRoutes } from './tenant-profile.route.ts'
import { queueRoutes } from './queue.route.ts'
import { queueStatsRoutes } from './queue-stats.route.ts'
import { tenantRoutes } from './tenant.route.ts'
import { usageRoutes } from './usage.route.ts'
import { uiSettingsRoutes } from './ui-settings.route.ts'
import { userSettingsRoutes } from './user-settings.route.ts'
import { twoFactorRoutes } from './two-factor.route.ts'
import { userRoutes } from './user.route.ts'

/** Every resource of the API; a new one is one file and one line here. */
export const routeGroups = (deps: ApiDeps): readonly RouteGroup[] => [
  authRoutes(deps),
  sessionRoutes(deps),
  twoFactorRoutes(deps),
  apiKeyRoutes(deps),
  deviceRoutes(deps),
  deviceChangeRoutes(deps),
  deviceClaimRoutes(deps),
  deviceProfileRoutes(deps),
  deviceConnectivityRoutes(deps),
  otaPackageRoutes(deps),
  bulkImportRoutes(deps),
  telemetryRoutes(deps),
  seriesQueryRoutes(deps),
  assetRoutes(deps),
  assetProfileRoutes(deps),
  entityViewRoutes(deps),
  entityRelationRoutes(deps),
  entityQueryRoutes(deps),
  edqsRoutes(),
  alarmRoutes(deps),
  alarmCommentRoutes(deps),
  rpcRoutes(deps),
  ruleEngineRoutes(deps),
  ruleChainRoutes(deps),
  ruleChainDraftRoutes(deps),
  ruleDebugRoutes(deps),
  ruleTestRoutes(deps),
  scriptLibraryRoutes(deps),
  calculatedFieldRoutes(deps),
  componentRoutes(deps),
  customerRoutes(deps),
  tenantRoutes(deps),
  tenantProfileRoutes(deps),
  queueRoutes(deps),
  queueStatsRoutes(deps),
  deadLetterRoutes(deps),
  usageRoutes(deps),
  dashboardRoutes(deps),
  dashboardDraftRoutes(deps),
  dashboardLibraryRoutes(deps),
  eventRoutes(deps),
  imageRoutes(deps),
  mapTileRoutes(deps),
  resourceRoutes(deps),
  widgetTypeRoutes(deps),
  widgetsBundleRoutes(deps),
  userRoutes(deps),
  userSettingsRoutes(deps),
  accountRoutes(deps),
  adminRoutes(deps),
  auditLogRoutes(deps),
  uiSettingsRoutes(deps),
  mailBoxRoutes(deps),
  systemRoutes(deps),
]
