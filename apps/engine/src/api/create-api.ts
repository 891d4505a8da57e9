import { randomUUID } from 'node:crypto'
import type { Database } from '@thingwire/db'
import type { HandlerRegistry, NodeRegistry } from '@thingwire/rules'
import type { FastifyInstance } from 'fastify'
import type { Redis } from 'ioredis'
import { createAuditTrail } from '../audit/audit-trail.ts'
import { createAccountCache } from '../auth/account-cache.ts'
import { createAuth } from '../auth/create-auth.ts'
import { createSecuritySettings } from '../auth/security-settings.ts'
import type { SignIn } from '../auth/sign-in.ts'
import type { SignInLimits } from '../auth/sign-in-limiter.ts'
import { createCustomerService } from '../customers/customer-service.ts'
import { createPublicCustomers } from '../customers/public-customer.ts'
import type { Channels } from '../channels.ts'
import { createDashboardDrafts } from '../dashboards/dashboard-drafts.ts'
import { createDashboardLibrary } from '../dashboards/dashboard-library.ts'
import { createDeletedDashboards } from '../dashboards/deleted-dashboards.ts'
import { createDashboardService } from '../dashboards/dashboard-service.ts'
import { createBulkImport } from '../bulk-import/bulk-import.ts'
import { createPackageRollout } from '../ota-delivery/package-rollout.ts'
import { createOtaPackageService } from '../ota-packages/ota-package-service.ts'
import { createClaimService } from '../claims/claim-service.ts'
import { createClaims } from '../claims/claims.ts'
import { createDeviceProfileService } from '../device-profiles/device-profile-service.ts'
import { createDeviceCredentialsService } from '../devices/device-credentials-service.ts'
import { createDeviceOwnership } from '../devices/device-ownership.ts'
import { createDeviceSearch } from '../devices/device-search.ts'
import { createDeviceService } from '../devices/device-service.ts'
import { createEntityAccess, type EntityAccess } from '../access/entity-access.ts'
import { createAdminSettingsService } from '../admin-settings/admin-settings-service.ts'
import { createBaseUrl } from '../admin-settings/base-url.ts'
import { createEntityActions } from '../actions/entity-actions.ts'
import { createInvalidate } from '../actions/invalidation.ts'
import { createAlarmCommentService } from '../alarms/alarm-comment-service.ts'
import { createAlarmAllowance } from '../alarms/alarm-allowance.ts'
import { createAlarmCore } from '../alarms/alarm-core.ts'
import { createAlarmService } from '../alarms/alarm-service.ts'
import { createAlarmQueries } from '../alarms/create-alarm-queries.ts'
import { createEntityQueries } from '../entity-queries/create-entity-queries.ts'
import { createEntityValues } from '../entity-values/entity-values.ts'
import type { Part } from '../lifecycle.ts'
import { type ApiProcesses, createApiProcesses } from '../limits/api-processes.ts'
import { createRateLimiter } from '../limits/rate-limiter.ts'
import { createRestLimits } from '../limits/rest-limits.ts'
import { createTenantLimits } from '../limits/tenant-limits.ts'
import type { LiveBus } from '../live-bus/live-bus.ts'
import { createMailService } from '../mail/mail-service.ts'
import type { Logger } from '../observability/logger.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { OpenRedis } from '../redis.ts'
import { createAssetProfileService } from '../asset-profiles/asset-profile-service.ts'
import { createAssetService } from '../assets/asset-service.ts'
import { createEntityViewService } from '../entity-views/entity-view-service.ts'
import { createRelationService } from '../relations/relation-service.ts'
import type { Replies } from '../rpc/replies.ts'
import type { RpcDesk } from '../rpc/rpc-desk.ts'
import { createRpcService } from '../rpc/rpc-service.ts'
import { createRuleEngineCalls } from '../rpc/rule-engine-calls.ts'
import { createEmbeddedResources } from '../resources/embedded-resources.ts'
import { createResourceService } from '../resources/resource-service.ts'
import { announceEditors } from '../drafts/announce-editors.ts'
import { createRuleChainDrafts } from '../rule-chains/rule-chain-drafts.ts'
import { createRuleChainTransfer } from '../rule-chains/rule-chain-data.ts'
import { createRuleChainService } from '../rule-chains/rule-chain-service.ts'
import { createCarriedLibraries } from '../script-libraries/carried-libraries.ts'
import type { LibraryLookup } from '../script-libraries/library-lookup.ts'
import { createCalculatedFieldService } from '../calculated-fields/calculated-field-service.ts'
import type { FieldDirectory } from '../calculated-fields/field-directory.ts'
import type { FieldUpdates } from '../calculated-fields/field-updates.ts'
import { createScriptLibraryService } from '../script-libraries/script-library-service.ts'
import type { ScriptRunner } from '../scripting/script-runner.ts'
import { createReplayService } from '../rule-tests/replay-service.ts'
import { createRuleTestService } from '../rule-tests/rule-test-service.ts'
import { createTraceDesk } from '../rule-debug/traces.ts'
import { createScriptTester } from '../scripting/script-test.ts'
import { createTenantProfileService } from '../tenant-profiles/tenant-profile-service.ts'
import { createReadUsage } from '../api-usage/usage-info.ts'
import { createDeadLetterService } from '../queues-rest/dead-letter-service.ts'
import { createLetterReplay, type ReplayQueue } from '../queues-rest/letter-replay.ts'
import { createQueueService } from '../queues-rest/queue-service.ts'
import { createReadSystemParams } from '../system/system-params.ts'
import { createTenantService } from '../tenants/tenant-service.ts'
import { createWidgetService } from '../widgets/widget-service.ts'
import type { ApiConfig, ApiDeps } from './api-deps.ts'
import { type Caches, forgetChanges, forgettingHere } from './forget-changes.ts'
import { createAccountServices } from '../users/create-account-services.ts'
import { createUserSettingsService } from '../users/user-settings-service.ts'
import { registerApi } from './register-api.ts'

export type ApiOptions = {
  config: ApiConfig
  database: Database
  openRedis: OpenRedis
  channels: Pick<Channels, 'subscribe' | 'onGap'>
  liveBus: Pick<LiveBus, 'isEntityWatched' | 'publish'>
  nodes: NodeRegistry
  queue: Pick<UplinkQueue, 'submitInternal'> & ReplayQueue
  replies: Pick<Replies, 'serviceId' | 'wait'>
  desk: Pick<RpcDesk, 'withdraw'>
  scripts: Pick<ScriptRunner, 'try' | 'portOf' | 'problemOf'>
  libraries: Pick<LibraryLookup, 'forgetTenant'>
  fieldUpdates: FieldUpdates
  fieldDirectory: Pick<FieldDirectory, 'forget'>
  handlers: HandlerRegistry
  logger: Logger
  now?: () => number
  signInLimits?: SignInLimits
}

export type Api = Part & {
  /** Adds the REST API to the public server; call it after `start`. */
  register(app: FastifyInstance): void
  /** For the live door; ready after `start`. */
  signIn(): SignIn
  /** The same. */
  services(): Omit<ApiDeps, 'config'>
  access: EntityAccess
}

/** The role `api`: domain services and the REST API over them. `start` connects and loads the signing key. */
export const createApi = (options: ApiOptions): Api => {
  const { database, nodes, handlers, liveBus, queue, replies, desk, scripts, libraries } = options
  const logger = options.logger.child({ part: 'api' })
  const now = options.now ?? Date.now
  const access = createEntityAccess(database)
  const mail = createMailService({ settings: database.settings, config: options.config, logger, now })
  const processes = createApiProcesses({ processId: randomUUID(), logger })
  let running: { redis: Redis; services: Omit<ApiDeps, 'config'> } | null = null

  const ready = () => {
    if (!running) throw new Error('the API is not started')
    return running
  }

  return {
    name: 'api',
    access,
    signIn: () => ready().services.signIn,
    services: () => ready().services,
    start: async () => {
      const redis = options.openRedis('commands')
      await redis.connect()
      const audit = createAuditTrail({ audit: database.audit, logger, mask: options.config.AUDIT_LOG_MASK })
      const { caches, ...services } = createServices({
        config: options.config,
        mail,
        database,
        redis,
        logger,
        now,
        nodes,
        handlers,
        liveBus,
        queue,
        replies,
        desk,
        scripts,
        libraries,
        fieldUpdates: options.fieldUpdates,
        fieldDirectory: options.fieldDirectory,
        audit,
        access,
        processes,
        signInLimits: options.signInLimits,
      })
      forgetChanges(options.channels, caches, logger)
      // Fails the start, not the first request, when the signing key cannot be read.
      await services.signingKey.get()
      running = { redis, services }
      await processes.start(redis)
    },
    stop: async () => {
      const redis = running?.redis
      await processes.stop()
      await redis?.quit().catch(() => redis.disconnect())
    },
    register: (app) => {
      registerApi(app, { ...ready().services, config: options.config })
    },
  }
}

/** The domain services over what they stand on. Constructing them has no effect. */
export const createServices = (
  base: Pick<ApiDeps, 'config' | 'mail' | 'database' | 'redis' | 'logger' | 'now' | 'nodes' | 'audit'> & {
    liveBus: Pick<LiveBus, 'isEntityWatched' | 'publish'>
    queue: Pick<UplinkQueue, 'submitInternal'> & ReplayQueue
    replies: Pick<Replies, 'serviceId' | 'wait'>
    desk: Pick<RpcDesk, 'withdraw'>
    scripts: Pick<ScriptRunner, 'try' | 'portOf' | 'problemOf'>
    libraries: Pick<LibraryLookup, 'forgetTenant'>
    fieldUpdates: FieldUpdates
    fieldDirectory: Pick<FieldDirectory, 'forget'>
    handlers: HandlerRegistry
    access?: EntityAccess
    processes?: ApiProcesses
    signInLimits?: SignInLimits | undefined
  },
): ApiDeps & { caches: Caches } => {
  const {
    liveBus,
    queue,
    replies,
    desk,
    scripts,
    libraries,
    handlers,
    access = createEntityAccess(base.database),
    processes,
    signInLimits,
    ...shared
  } = base
  const { database, redis, audit, nodes, logger, now } = shared
  const accounts = createAccountCache({ ...database.users, ...database.sessions, ...database.apiKeys })
  const invalidate = forgettingHere(createInvalidate(redis, logger), accounts)
  const securitySettings = createSecuritySettings({ settings: database.settings, invalidate, now })
  const baseUrl = createBaseUrl({ settings: database.settings, config: shared.config })
  const actions = createEntityActions({ audit, database, queue, logger, now })
  const limits = createTenantLimits(database)
  const entityQueries = createEntityQueries({ database, now })
  const alarmCore = createAlarmCore({ database, liveBus, now })
  const alarmComments = createAlarmCommentService({ database, access, actions, logger, now })
  const scriptLibraries = createScriptLibraryService({
    ...{ database, access, actions, invalidate, scripts },
    lookup: libraries,
  })
  const calculatedFields = createCalculatedFieldService({
    ...{ database, access, actions, invalidate, limits },
    directory: base.fieldDirectory,
    updates: base.fieldUpdates,
  })
  const carried = createCarriedLibraries({ database, service: scriptLibraries })
  const ruleChains = createRuleChainService({
    ...{ database, nodes, access, actions, invalidate, limits },
    libraries: carried,
  })
  const resources = createResourceService({ database, access, actions, limits })
  const ensurePublicCustomer = createPublicCustomers({ database, invalidate })
  const changing = { database, access, actions, limits, invalidate }
  const packages = createPackageRollout({ database, liveBus, redis: () => redis, logger, now })
  const devices = createDeviceService({ ...changing, packages })
  const deviceOwnership = createDeviceOwnership({ ...changing, ensurePublicCustomer })
  const assets = createAssetService({ ...changing, ensurePublicCustomer })
  const values = createEntityValues({ ...shared, access, actions, liveBus, fieldUpdates: base.fieldUpdates })
  const auth = createAuth({
    ...shared,
    accounts,
    access,
    actions,
    invalidate,
    securitySettings,
    issueResetToken: async (userId) => (await accountServices.accountLinks.issueReset(userId)).token,
    signInLimits,
  })
  const { credentials } = auth
  const accountServices = createAccountServices({
    ...shared,
    access,
    actions,
    limits,
    credentials,
    securitySettings,
    baseUrl,
    invalidate,
  })
  const userSettings = createUserSettingsService({ userSettings: database.userSettings, access, now })
  const dashboards = createDashboardService({ database, access, actions, audit, invalidate, limits })
  const announce = announceEditors(redis, logger)
  return {
    ...shared,
    ...auth,
    caches: {
      accounts,
      database,
      limits,
      securitySettings,
      signingKey: auth.signingKey,
      platformTwoFa: auth.platformTwoFa,
    },
    access,
    actions,
    invalidate,
    securitySettings,
    baseUrl,
    adminSettings: createAdminSettingsService({
      ...shared,
      settings: database.settings,
      baseUrl,
      config: base.config,
      actions,
      invalidate,
    }),
    userSettings,
    ...accountServices,
    limits,
    tenants: createTenantService({ database, access, actions, limits, invalidate }),
    tenantProfiles: createTenantProfileService({ database, actions, limits, invalidate }),
    queues: createQueueService({ database, access, actions, invalidate }),
    deadLetters: createDeadLetterService({
      database,
      replay: createLetterReplay({ letters: database.deadLetters, queue, now }),
      actions,
      now,
    }),
    readUsage: createReadUsage({ database, limits, now }),
    readSystemParams: createReadSystemParams({ database, limits, config: base.config }),
    countRequest: createRestLimits({ limits, limiter: createRateLimiter({ shares: processes?.count }) }),
    customers: createCustomerService({ database, access, actions, limits, invalidate }),
    ensurePublicCustomer,
    dashboards,
    dashboardDrafts: createDashboardDrafts({ database, dashboards, access, announce }),
    dashboardLibrary: createDashboardLibrary({ database, dashboards, userSettings, access }),
    deletedDashboards: createDeletedDashboards({
      ...{ database, actions, audit, invalidate, limits },
      keepDays: base.config.DELETED_DASHBOARDS_KEEP_DAYS,
    }),
    devices,
    deviceCredentials: createDeviceCredentialsService(changing),
    deviceOwnership,
    deviceProfiles: createDeviceProfileService({ ...changing, packages }),
    otaPackages: createOtaPackageService(changing),
    findRelatedDevices: createDeviceSearch({ database, access, devices }),
    claims: createClaimService({ database, ownership: deviceOwnership, claims: createClaims(redis) }),
    assets,
    bulkImport: createBulkImport({ database, devices, assets, values, logger }),
    assetProfiles: createAssetProfileService(changing),
    entityViews: createEntityViewService({ ...changing, ensurePublicCustomer, liveBus }),
    relations: createRelationService({ database, access, actions }),
    entityQueries,
    alarmQueries: createAlarmQueries({ database, entityQueries, now }),
    alarms: createAlarmService({
      ...{ database, core: alarmCore, comments: alarmComments, access, actions },
      allowance: createAlarmAllowance({ database, limits, now }),
    }),
    alarmComments,
    rpcs: createRpcService({ database, access, actions, queue, replies, desk, now }),
    traces: createTraceDesk(() => redis, now),
    ruleTests: createRuleTestService({ database, ruleChains, nodes, handlers, scripts }),
    replays: createReplayService({ database, ruleChains, nodes, handlers, scripts, access, now }),
    ruleEngineCalls: createRuleEngineCalls({ database, access, actions, queue, replies, now }),
    ruleChains,
    ruleChainDrafts: createRuleChainDrafts({
      ...{ database, ruleChains, nodes, access },
      announce,
    }),
    scriptLibraries,
    calculatedFields,
    ruleChainTransfer: createRuleChainTransfer({ database, ruleChains, nodes, libraries: carried }),
    resources,
    embedded: createEmbeddedResources({ database, resources }),
    widgets: createWidgetService({ database, access, actions }),
    scripts: createScriptTester(scripts),
    values,
  }
}
