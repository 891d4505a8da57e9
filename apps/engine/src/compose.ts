import { randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '@thingwire/db'
import { nodeHandlers } from '@thingwire/rule-nodes/handlers'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { createHandlerRegistry, createNodeRegistry } from '@thingwire/rules'
import { createEntityActions } from './actions/entity-actions.ts'
import { addressSet } from './addresses.ts'
import { createAlarmCore } from './alarms/alarm-core.ts'
import { createAlarmExpiry } from './alarms/alarm-expiry.ts'
import { createApi } from './api/create-api.ts'
import { createAuditTrail } from './audit/audit-trail.ts'
import { createAttributesWriter } from './attributes/attributes-writer.ts'
import { createFieldClock } from './calculated-fields/field-clock.ts'
import { createFieldDirectory, followFieldChanges } from './calculated-fields/field-directory.ts'
import { createFieldUpdates } from './calculated-fields/field-updates.ts'
import { createChangeRelay } from './changes/change-relay.ts'
import { createChannels } from './channels.ts'
import type { Config } from './config.ts'
import { type AddressLimits, createAddressGuard } from './gateway/address-guard.ts'
import { type ConnectionLimits, createConnectionGate } from './gateway/connection-gate.ts'
import { createDeviceActivity } from './gateway/device-activity.ts'
import { createDeviceGateway } from './gateway/device-gateway.ts'
import { createPublicHttpServer, type HttpRegistration } from './http/server.ts'
import { createLedgerRecorder } from './ledger/ledger-recorder.ts'
import type { Part } from './lifecycle.ts'
import { createUsageSeries } from './api-usage/usage-series.ts'
import { createTenantLimits } from './limits/tenant-limits.ts'
import { createLive } from './live/create-live.ts'
import { createLiveBus } from './live-bus/live-bus.ts'
import { createMaintenance } from './maintenance.ts'
import type { Logger } from './observability/logger.ts'
import { createManagementServer, type ManagementServer } from './observability/management-server.ts'
import { createMetrics } from './observability/metrics.ts'
import { createRolloutWorker } from './ota-delivery/rollout-worker.ts'
import { createQueueDirectory } from './queue/queue-directory.ts'
import { createUplinkQueue } from './queue/uplink-queue.ts'
import { type OpenRedis, redisOpener } from './redis.ts'
import { createInputLog } from './input-log/input-log.ts'
import { createConnectionSamples } from './rule-debug/connection-samples.ts'
import { createDebugEvents } from './rule-debug/debug-events.ts'
import { createErrorEvents } from './rule-debug/error-events.ts'
import { createHourlyStats } from './rule-debug/hourly-stats.ts'
import { createRuleInspector } from './rule-debug/rule-inspector.ts'
import { createTracer } from './rule-debug/traces.ts'
import { createOutboundGuard } from './outbound/address-guard/outbound-guard.ts'
import { createOutbound, type OutboundOptions } from './outbound/outbound.ts'
import { createLetterReplay } from './queues-rest/letter-replay.ts'
import { createReplayRecovery } from './queues-rest/replay-recovery.ts'
import { createReplies } from './rpc/replies.ts'
import { createRpcDesk } from './rpc/rpc-desk.ts'
import { createChainCounters } from './rule-runner/chain-counters.ts'
import type { NodeStateObserver } from './rule-runner/live-nodes.ts'
import { createNodeStates } from './rule-runner/node-states.ts'
import { createAlarmsPort } from './rule-runner/ports/alarms-port.ts'
import { createChainStatistics } from './rule-runner/chain-statistics.ts'
import { createRuleRunner } from './rule-runner/rule-runner.ts'
import { createSelfMessages } from './self-messages/self-messages.ts'
import { createLibraryLookup, followLibraryChanges } from './script-libraries/library-lookup.ts'
import { createScriptRunner } from './scripting/script-runner.ts'
import { createScriptUses } from './scripting/script-uses.ts'
import { createSpaceUsers } from './topic-space/space-users.ts'
import { createTopicSpace } from './topic-space/topic-space.ts'
import { holderExists } from './topic-space/holders.ts'
import { createTelemetryWriter } from './telemetry/telemetry-writer.ts'
import { createCoapTransport } from './transports/coap/index.ts'
import { httpDeviceApi } from './transports/http/index.ts'
import { createMqttTransport } from './transports/mqtt/index.ts'

export type Engine = {
  /** In the order in which they start. */
  parts: readonly Part[]
  management: ManagementServer
  database: Database
  openRedis: OpenRedis
  metrics: ReturnType<typeof createMetrics>
  /** What listens where, once started. */
  ports(): Record<string, number>
}

/** Constructs what the roles need. Nothing happens before the parts are started. */
export const compose = (config: Config, logger: Logger): Engine => {
  const plays = (role: Config['ENGINE_ROLES'][number]) => config.ENGINE_ROLES.includes(role)
  const metrics = createMetrics()
  const openRedis = redisOpener(config.REDIS_URL, logger)
  const database = openDatabase({ url: config.DATABASE_URL, poolSize: config.DATABASE_POOL })
  const nodes = createNodeRegistry(nodeManifests)
  const handlers = createHandlerRegistry(nodeHandlers)

  const channels = createChannels({ openRedis, logger })
  const liveBus = createLiveBus({ openRedis, channels, logger, metrics })
  const attributes = createAttributesWriter({ database, liveBus, openRedis, logger, metrics })
  const processId = randomUUID()
  const changes = createChangeRelay({ changes: database.changes, channels, openRedis, processId, logger })
  const directory = createQueueDirectory({
    database,
    channels,
    mostPartitions: config.QUEUE_PARTITIONS,
    logger,
  })
  const queue = createUplinkQueue({
    openRedis,
    processId,
    directory,
    maxBatchMessages: config.BATCH_MAX_MESSAGES,
    maxPending: config.QUEUE_MAX_PENDING,
    logger,
    metrics,
  })
  const fieldDirectory = createFieldDirectory({ database, logger })
  followFieldChanges(channels, fieldDirectory, logger)
  const fieldUpdates = createFieldUpdates({ directory: fieldDirectory, database, queue, now: Date.now })
  const replies = createReplies({ serviceId: processId, channels, openRedis, logger })
  const desk = createRpcDesk({
    database,
    queue,
    replies,
    openRedis,
    logger,
    rules: {
      strategy: config.RPC_SUBMIT_STRATEGY,
      responseTimeoutMs: config.RPC_RESPONSE_TIMEOUT_MS,
      maxRetries: config.RPC_MAX_RETRIES,
    },
  })
  const libraries = createLibraryLookup(database)
  followLibraryChanges(channels, libraries, logger)
  const scriptUses = createScriptUses({ openRedis, server: processId, logger })
  const scripts = createScriptRunner({
    processes: config.SCRIPT_PROCESSES,
    timeoutMs: config.SCRIPT_TIMEOUT_MS,
    memoryMb: config.SCRIPT_MEMORY_MB,
    logger,
    metrics,
    libraries,
    uses: scriptUses,
  })
  const parts: Part[] = [
    databasePart(database),
    channels,
    changes,
    liveBus,
    attributes,
    directory,
    queue,
    replies,
    desk,
  ]
  parts.push(scripts)
  const registrations: HttpRegistration[] = []
  const listening: Record<string, () => number> = {}

  if (plays('rules')) {
    const counters = createChainCounters({ openRedis, liveBus, logger })
    const debug = createDebugEvents({
      events: database.events,
      server: processId,
      limit: config.RULE_DEBUG_EVENTS_PER_TENANT,
      logger,
    })
    const nodeStates = createNodeStates({ openRedis, events: database.events, server: processId, logger })
    const later = createSelfMessages({ openRedis, queue, logger })
    const stats = createHourlyStats({ events: database.events, server: processId, logger })
    const limits = createTenantLimits(database)
    const errors = createErrorEvents({ events: database.events, server: processId, logger })
    const samples = createConnectionSamples({ openRedis, logger })
    const tracer = createTracer({ openRedis, channels, logger })
    const inputLog = createInputLog({ inputLog: database.inputLog, channels, logger })
    const telemetry = createTelemetryWriter({ database, liveBus, logger, metrics })
    const chainStatistics = createChainStatistics({ telemetry, limits, now: Date.now, logger })
    const usageSeries = createUsageSeries({ database, telemetry, openRedis, now: Date.now, logger })
    const alarms = createAlarmCore({ database, liveBus, now: Date.now })
    const runner = createRuleRunner({
      database,
      openRedis,
      channels,
      changes,
      telemetry,
      attributes,
      queue,
      owners: [counters, stats, chainStatistics],
      debug,
      tracer,
      inputLog,
      nodeStates: bothObservers(nodeStates, scriptUses),
      later,
      observe: createRuleInspector(counters.observe, {
        debug,
        samples,
        tracer,
        stats: [stats, chainStatistics],
        errors,
      }),
      desk,
      replies,
      scripts,
      liveBus,
      audit: createAuditTrail({ audit: database.audit, logger, mask: config.AUDIT_LOG_MASK }),
      deviceStateRate: config.DEVICE_STATE_NODE_RATE,
      alarms: createAlarmsPort({ database, core: alarms, logger, now: Date.now }),
      fieldDirectory,
      fieldUpdates,
      outbound: createOutbound(outboundOptions(config, database)),
      nodes,
      handlers,
      directory,
      logger,
      metrics,
    })
    const expireAlarms = createAlarmExpiry({
      database,
      core: alarms,
      // What expires stands in no audit log (as ThingsBoard): nobody did it.
      actions: createEntityActions({ audit: { record: async () => {} }, database, queue, logger, now: Date.now }),
      now: Date.now,
    })
    const rollout = createRolloutWorker({ database, liveBus, attributes, openRedis, logger })
    const replay = createLetterReplay({ letters: database.deadLetters, queue, now: Date.now })
    parts.push(createReplayRecovery({ replay, logger }))
    const deadLetters = { days: config.DEAD_LETTERS_KEEP_DAYS, mostPerTenant: config.DEAD_LETTERS_MAX_PER_TENANT }
    const deletedDashboards = { days: config.DELETED_DASHBOARDS_KEEP_DAYS }
    const kept = { expireAlarms, deadLetters, deletedDashboards }
    parts.push(createMaintenance({ database, openRedis, ...kept, logger }), rollout, counters)
    parts.push(createFieldClock({ database, updates: fieldUpdates, now: Date.now, logger }))
    parts.push(usageSeries, chainStatistics)
    parts.push(debug, stats, samples, tracer, inputLog, nodeStates, scriptUses, later, runner)
  }

  // Transports come last: they stop first, while everything that their acknowledgements wait for still runs.
  const doors: Part[] = []
  let endPolls = () => {}
  const upgradePaths = plays('api') ? ['/socket.io/', '/api/ws'] : []
  let mqttWeb: Part | null = null
  if (plays('gateway')) {
    const ledger = createLedgerRecorder({ database, openRedis, logger })
    const activity = createDeviceActivity({ openRedis, channels, attributes, database, queue, logger })
    const isTrustedProxy = addressSet(config.TRUSTED_PROXIES)
    const guard = createAddressGuard({ limits: addressLimits(config), isExempt: isTrustedProxy, metrics })
    const gate = createConnectionGate({ limits: connectionLimits(config), guard, metrics })
    const audit = createAuditTrail({ audit: database.audit, logger, mask: config.AUDIT_LOG_MASK })
    const devices = createDeviceGateway({
      guard,
      skipsValidityOfCertificates: config.MQTT_TLS_SKIP_VALIDITY_CHECK,
      database,
      queue,
      attributes,
      liveBus,
      audit,
      activity,
      ledger,
      channels,
      openRedis,
      desk,
      replies,
      limits: createTenantLimits(database),
      logger,
      metrics,
    })
    const { gateway } = devices
    endPolls = devices.endPolls
    const space = createTopicSpace({
      nodeId: processId,
      openRedis,
      channels,
      exists: holderExists(database),
      logger,
    })
    const users = createSpaceUsers({ database, audit, openRedis, channels, logger })
    const common = { gate, isTrustedProxy, gateway, space, users, guard, logger, metrics }
    const mqtt = createMqttTransport({ ...mqttDoors(config), ...common })
    mqttWeb = mqtt.web
    parts.push(ledger, activity, devices, gate, users, space)
    registrations.push(httpDeviceApi({ gateway, logger }), mqtt.web.attach)
    upgradePaths.push('/mqtt')
    const coap = createCoapTransport({ host: config.COAP_HOST, port: config.COAP_PORT, gateway, logger, metrics })
    doors.push(mqtt, coap)
    listening.mqtt = mqtt.port
    if (config.MQTT_TLS_CERT) listening.mqtts = mqtt.tlsPort
    listening.coap = coap.port
  }
  if (plays('api')) {
    const api = createApi({
      config,
      database,
      openRedis,
      channels,
      liveBus,
      nodes,
      handlers,
      queue,
      replies,
      desk,
      scripts,
      libraries,
      fieldUpdates,
      fieldDirectory,
      logger,
    })
    const live = createLive({
      database,
      access: api.access,
      signIn: api.signIn,
      services: api.services,
      openRedis,
      channels,
      logger,
      metrics,
    })
    parts.push(api, live)
    registrations.push((app) => api.register(app), live.attach)
  }
  if (plays('gateway') || plays('api')) {
    const http = createPublicHttpServer({
      host: config.HTTP_HOST,
      port: config.HTTP_PORT,
      webUrl: plays('api') ? config.WEB_URL : undefined,
      webFiles: config.WEB_FILES,
      frameOrigins: config.FRAME_ORIGINS,
      trustedProxies: config.TRUSTED_PROXIES,
      registrations,
      upgradePaths,
      logger,
    })
    doors.push(http)
    // It stops before the server that its connections came through, which waits for them.
    if (mqttWeb) doors.push(mqttWeb)
    listening.http = http.port
  }

  const management = createManagementServer({
    host: config.MANAGEMENT_HOST,
    port: config.MANAGEMENT_PORT,
    metrics,
    checks: [
      { name: 'database', check: () => database.ping() },
      { name: 'queue', check: () => queue.ping() },
    ],
  })
  listening.management = management.port

  return {
    parts: [...parts, ...doors, { name: 'polls', start: async () => {}, stop: async () => endPolls() }],
    management,
    database,
    openRedis,
    metrics,
    ports: () => Object.fromEntries(Object.entries(listening).map(([name, port]) => [name, port()])),
  }
}

/** Nodes that stop take their scripts with them. */
const bothObservers = (states: NodeStateObserver, uses: Pick<NodeStateObserver, 'stopped'>): NodeStateObserver => ({
  changed: states.changed,
  stopped: (place, error) => {
    states.stopped(place, error)
    uses.stopped(place, error)
  },
})

const addressLimits = (config: Config): AddressLimits => ({
  banFailures: config.DEVICE_BAN_FAILURES,
  banMs: config.DEVICE_BAN_MS,
  provisionRate: config.DEVICE_PROVISION_RATE_PER_ADDRESS,
})

const connectionLimits = (config: Config): ConnectionLimits => ({
  mostStrangers: config.DEVICE_STRANGERS_MAX,
  mostStrangersOfAddress: config.DEVICE_STRANGERS_PER_ADDRESS,
  mostOfAddress: config.DEVICE_CONNECTIONS_PER_ADDRESS,
  attemptRate: config.DEVICE_CONNECT_RATE_PER_ADDRESS,
  strangerMs: config.DEVICE_CONNECT_TIMEOUT_MS,
})

const outboundOptions = (config: Config, database: Database): OutboundOptions => ({
  guard: createOutboundGuard(config.OUTBOUND_ALLOWED),
  timeoutMs: config.OUTBOUND_TIMEOUT_MS,
  mostPending: config.OUTBOUND_MAX_PENDING,
  mostAnswerKb: config.OUTBOUND_MAX_ANSWER_KB,
  forcesAck: config.OUTBOUND_FORCE_ACK,
  settings: (key) => database.settings.get(key),
  now: Date.now,
})

/** Where and how MQTT is heard. */
const mqttDoors = (config: Config) => {
  const { MQTT_TLS_CERT: cert, MQTT_TLS_KEY: key, MQTT_TLS_CA: ca, TRUSTED_PROXIES: proxies } = config
  return {
    host: config.MQTT_HOST,
    port: config.MQTT_PORT,
    tls: cert && key ? { port: config.MQTT_TLS_PORT, files: { cert, key, ca } } : null,
    isProxy: config.MQTT_PROXY_PROTOCOL ? (proxies.length > 0 ? addressSet(proxies) : () => true) : null,
    handshakeMs: config.DEVICE_CONNECT_TIMEOUT_MS,
    anonymousTenantId: config.MQTT_ANONYMOUS_TENANT ?? null,
  }
}

const databasePart = (database: Database): Part => ({
  name: 'database',
  start: () => database.ping(),
  stop: () => database.close(),
})
