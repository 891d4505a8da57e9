import { createApiKeysRepository } from './api-keys/api-keys.repository.ts'
import { createAssetProfilesRepository } from './asset-profiles/asset-profiles.repository.ts'
import { createAssetsRepository } from './assets/assets.repository.ts'
import { createAttributesRepository } from './attributes.repository.ts'
import { createAuditRepository } from './audit.repository.ts'
import { createChanges } from './changes.ts'
import { translated } from './connection/errors.ts'
import { createLazyPrisma, type LazyPrisma } from './connection/prisma.ts'
import { createSql, type DbLogger, type Sql } from './connection/sql.ts'
import { createCustomersRepository } from './customers/customers.repository.ts'
import { createDashboardDraftsRepository } from './dashboards/dashboard-drafts.repository.ts'
import { createDashboardLibraryRepository } from './dashboards/dashboard-library.repository.ts'
import { createDashboardOverlaysRepository } from './dashboards/dashboard-overlays.repository.ts'
import { createDeletedDashboardsRepository } from './dashboards/deleted-dashboards.repository.ts'
import { createDashboardsRepository } from './dashboards/dashboards.repository.ts'
import type { Database } from './database.ts'
import { createDeadLettersRepository } from './dead-letters/dead-letters.repository.ts'
import { createDeviceCredentialsRepository } from './devices/device-credentials.repository.ts'
import { createDeviceProfilesRepository } from './device-profiles/device-profiles.repository.ts'
import { createDevicesRepository } from './devices/devices.repository.ts'
import { createEntitiesRepository } from './entities/entities.repository.ts'
import { createEntityViewsRepository } from './entity-views/entity-views.repository.ts'
import { createInputLogRepository } from './input-log/input-log.repository.ts'
import { createEventsRepository } from './events/events.repository.ts'
import { createLedgerRepository } from './ledger.repository.ts'
import { createMaintenance } from './maintenance.ts'
import { createNamesRepository } from './names/names.repository.ts'
import { createOtaPackagesRepository } from './ota-packages/ota-packages.repository.ts'
import { createPartitions } from './partitions/partitions.ts'
import { createAlarmCommentsRepository } from './alarms/alarm-comments.ts'
import { createCalculatedFieldsRepository } from './calculated-fields/calculated-fields.repository.ts'
import { createFieldStatesRepository } from './calculated-fields/field-states.repository.ts'
import { createAlarmRulesRepository } from './alarms/alarm-rules.repository.ts'
import { createAlarmsRepository } from './alarms/alarms.repository.ts'
import { createEntityQueriesRepository } from './entity-queries/entity-queries.repository.ts'
import { createRelationsRepository } from './relations/relations.repository.ts'
import { createRpcsRepository } from './rpcs/rpcs.repository.ts'
import { createResourcesRepository } from './resources/resources.repository.ts'
import { createRuleChainDraftsRepository } from './rule-chains/rule-chain-drafts.repository.ts'
import { createRuleNodeSearch } from './rule-chains/rule-node-search.ts'
import { createRuleChainsRepository } from './rule-chains/rule-chains.repository.ts'
import { createScriptLibrariesRepository } from './script-libraries/script-libraries.repository.ts'
import { createSessionsRepository } from './sessions.repository.ts'
import { createSettingsRepository } from './settings.repository.ts'
import { createDictionary } from './telemetry/dictionary.ts'
import { createTelemetryStore } from './telemetry/store.ts'
import { createVisibility } from './telemetry/visibility.ts'
import { createTenantProfilesRepository } from './tenants/tenant-profiles.repository.ts'
import { createApiUsageRepository } from './api-usage/api-usage.repository.ts'
import { createQueueStatsRepository } from './queues/queue-stats.repository.ts'
import { createQueuesRepository } from './queues/queues.repository.ts'
import { createTenantsRepository } from './tenants/tenants.repository.ts'
import { createUserDirectoryRepository } from './users/user-directory.repository.ts'
import { createUserLinksRepository } from './users/user-links.repository.ts'
import { createUserSettingsRepository } from './users/user-settings.repository.ts'
import { createTwoFactorRepository } from './two-factor/two-factor.repository.ts'
import { createUsersRepository } from './users.repository.ts'
import { createWidgetTypesRepository } from './widgets/widget-types.repository.ts'
import { createWidgetsBundlesRepository } from './widgets/widgets-bundles.repository.ts'

export type OpenDatabaseOptions = {
  url: string
  /** Most connections of this process. */
  poolSize: number
  logger?: DbLogger
}

/**
 * The database behind its repositories. Nothing happens until the first call; a connection that breaks is replaced, so
 * calls work again as soon as PostgreSQL does. Every method throws AppErrors only.
 */
export const openDatabase = ({ url, poolSize, logger }: OpenDatabaseOptions): Database => {
  const sql = createSql({ url, poolSize, logger })
  const prisma = createLazyPrisma(sql)
  const partitions = createPartitions(sql)
  const dictionary = createDictionary(sql)
  const changes = createChanges()
  const findVisible = createVisibility(sql, dictionary)
  let closing: Promise<void> | undefined
  const { ping } = translated({ ping: async () => void (await sql.query('SELECT 1')) })
  const dashboards = createDashboardsRepository(prisma, sql)
  const dashboardDrafts = createDashboardDraftsRepository(sql)
  const db: Database = {
    ping,
    close: () => {
      closing ??= prisma.close().then(() => sql.pool.end())
      return closing
    },
    changes,
    entities: translated(createEntitiesRepository(sql)),
    names: translated(createNamesRepository(sql)),
    customers: translated(createCustomersRepository(prisma, sql)),
    tenantProfiles: translated(createTenantProfilesRepository(prisma, sql)),
    tenants: translated(createTenantsRepository(prisma, sql)),
    queues: translated(createQueuesRepository(prisma, sql)),
    queueStats: translated(createQueueStatsRepository(prisma)),
    apiUsage: translated(createApiUsageRepository(sql)),
    users: translated(createUsersRepository(sql)),
    apiKeys: translated(createApiKeysRepository(sql)),
    twoFactor: translated(createTwoFactorRepository(sql)),
    userDirectory: translated(createUserDirectoryRepository(sql)),
    userLinks: translated(createUserLinksRepository(sql)),
    userSettings: translated(createUserSettingsRepository(sql)),
    sessions: translated(createSessionsRepository(sql)),
    settings: translated(createSettingsRepository(sql)),
    devices: translated(createDevicesRepository(prisma, sql, dictionary)),
    deviceProfiles: translated(createDeviceProfilesRepository(prisma, sql)),
    otaPackages: translated(createOtaPackagesRepository(prisma, sql)),
    credentials: translated(createDeviceCredentialsRepository(prisma, sql)),
    ruleChains: translated(createRuleChainsRepository(prisma, sql)),
    ruleChainDrafts: translated(createRuleChainDraftsRepository(prisma, sql)),
    ruleNodeSearch: translated(createRuleNodeSearch(sql)),
    scriptLibraries: translated(createScriptLibrariesRepository(sql)),
    dashboards: translated(dashboards),
    dashboardDrafts: translated(dashboardDrafts),
    dashboardLibrary: translated(createDashboardLibraryRepository(sql, dashboards)),
    dashboardOverlays: translated(createDashboardOverlaysRepository(sql)),
    deletedDashboards: translated(createDeletedDashboardsRepository(prisma, sql, dashboardDrafts)),
    resources: translated(createResourcesRepository(sql)),
    widgetTypes: translated(createWidgetTypesRepository(sql)),
    widgetsBundles: translated(createWidgetsBundlesRepository(sql)),
    assets: translated(createAssetsRepository(sql)),
    assetProfiles: translated(createAssetProfilesRepository(sql)),
    entityViews: translated(createEntityViewsRepository(sql)),
    relations: translated(createRelationsRepository(sql, changes.tell)),
    entityQueries: translated(createEntityQueriesRepository(sql, dictionary)),
    alarms: translated(createAlarmsRepository(sql)),
    alarmComments: translated(createAlarmCommentsRepository(sql)),
    alarmRules: translated(createAlarmRulesRepository(sql)),
    calculatedFields: translated(createCalculatedFieldsRepository(sql)),
    fieldStates: translated(createFieldStatesRepository(sql)),
    rpcs: translated(createRpcsRepository(sql)),
    attributes: translated(createAttributesRepository({ sql, dictionary, findVisible, tell: changes.tell })),
    telemetry: translated(createTelemetryStore({ sql, dictionary, partitions, findVisible })),
    ledger: translated(createLedgerRepository(sql, partitions)),
    deadLetters: translated(createDeadLettersRepository(sql)),
    events: translated(createEventsRepository(sql, partitions)),
    inputLog: translated(createInputLogRepository(sql, partitions)),
    audit: translated(createAuditRepository(sql, partitions)),
    maintenance: translated(createMaintenance(sql, partitions)),
  }
  engines.set(db, { sql, prisma })
  return db
}

type Engines = { sql: Sql; prisma: LazyPrisma }
const engines = new WeakMap<Database, Engines>()

/** For the seeds in this package, which write what no repository offers. */
export const enginesOf = (db: Database): Engines => {
  const found = engines.get(db)
  if (!found) throw new Error('This Database was not made by openDatabase')
  return found
}
