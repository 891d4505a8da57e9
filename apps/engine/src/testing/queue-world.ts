import { randomUUID } from 'node:crypto'
import {
  type DebugSettings,
  type Message,
  type RuleChainMetadata,
  type SaveQueue,
  saveTenantProfileSchema,
} from '@thingwire/contracts'
import { nodeHandlers } from '@thingwire/rule-nodes/handlers'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import {
  createHandlerRegistry,
  createNodeRegistry,
  defineNode,
  type NodeContext,
  type NodeHandler,
} from '@thingwire/rules'
import { scriptsInRealm } from '@thingwire/rules/testing'
import { waitFor } from '@thingwire/testing'
import { z } from 'zod'
import { createAttributesWriter } from '../attributes/attributes-writer.ts'
import { createFieldDirectory, followFieldChanges } from '../calculated-fields/field-directory.ts'
import { createFieldUpdates } from '../calculated-fields/field-updates.ts'
import { createChangeRelay } from '../changes/change-relay.ts'
import { createAuditTrail } from '../audit/audit-trail.ts'
import { createChannels, type Invalidation } from '../channels.ts'
import { auditLedger, type LedgerTotals } from '../ledger/audit.ts'
import { moveOutcomes } from '../ledger/outcomes.ts'
import { startParts, stopParts } from '../lifecycle.ts'
import { createLiveBus } from '../live-bus/live-bus.ts'
import { silentLogger } from '../observability/logger.ts'
import { createMetrics } from '../observability/metrics.ts'
import { createQueueDirectory, type QueueDirectory } from '../queue/queue-directory.ts'
import { type QueueSettings, toSettings } from '../queue/queue-settings.ts'
import { createUplinkQueue, type UplinkQueue } from '../queue/uplink-queue.ts'
import { redisOpener } from '../redis.ts'
import { redisChannels, redisKeys } from '../redis-keys.ts'
import { createInputLog } from '../input-log/input-log.ts'
import { createConnectionSamples } from '../rule-debug/connection-samples.ts'
import { createDebugEvents } from '../rule-debug/debug-events.ts'
import { createRuleInspector } from '../rule-debug/rule-inspector.ts'
import { createTracer } from '../rule-debug/traces.ts'
import { createReplies } from '../rpc/replies.ts'
import { createRpcDesk } from '../rpc/rpc-desk.ts'
import { createChainCounters } from '../rule-runner/chain-counters.ts'
import { createNodeStates } from '../rule-runner/node-states.ts'
import { createAlarmCore } from '../alarms/alarm-core.ts'
import { createAlarmsPort } from '../rule-runner/ports/alarms-port.ts'
import { createRuleRunner } from '../rule-runner/rule-runner.ts'
import { createSelfMessages } from '../self-messages/self-messages.ts'
import { createTelemetryWriter } from '../telemetry/telemetry-writer.ts'
import { startTestServices, type TestServices } from './test-engine.ts'
import type { Outbound } from '../outbound/outbound.ts'
import { testOutbound } from './test-outbound.ts'

/** A node of tests: it does what the test says under the node's name. */
const probe = defineNode({
  type: 'probe',
  className: 'test.Probe',
  name: 'probe',
  description: 'Does what a test says.',
  category: 'flow',
  icon: 'circle',
  configVersion: 0,
  config: z.looseObject({}),
  defaults: {},
  connections: 'custom',
  upgrades: {},
})

export type QueueWorld = AsyncDisposable & {
  services: TestServices
  /** By node name; a probe without one passes everything along Success. */
  behaviours: Map<string, NodeHandler['handle']>
  /** By node name: what happens when a probe starts (it may throw) and stops. */
  lives: Map<string, { start?(context: NodeContext): void | Promise<void>; stop?(): void }>
  queue: UplinkQueue
  /** Starts another process that works queues off. */
  startRunner(): Promise<{ stop(withinMs?: number): Promise<void> }>
  /**
   * Makes a chain of the tenant from lines such as `a --Success--> b, c`; those in `nodes` are of other types than the
   * probe. Messages go through the chain that was drawn last.
   */
  draw(drawing: string, nodes?: Record<string, Drawn>, type?: 'CORE' | 'EDGE'): Promise<DrawnChain>
  /** Saves a chain with changes, and announces it as the API does. */
  edit(ruleChainId: string, change: (metadata: RuleChainMetadata) => RuleChainMetadata): Promise<void>
  /** Resolves when all processes work by it. */
  saveQueue(queue: { name: string } & Partial<SaveQueue>): Promise<void>
  deleteQueue(name: string): Promise<void>
  /** Changes the profile of the tenant; with queues its rule engine is isolated. */
  saveProfile(change: { queues?: readonly Record<string, unknown>[]; limits?: Record<string, number> }): Promise<void>
  invalidate(change: Invalidation): Promise<void>
  /** Telemetry is stored when the promise resolves, not before. */
  holdStore(until: Promise<void>): void
  message(data: string, change?: Partial<Message>): Message
  /** Sends messages as one pack. */
  send(queueName: string, messages: readonly Message[]): Promise<void>
  /** Queue keys with the number of partitions that may have something in them. */
  layouts(): Promise<Record<string, string>>
  letters(): Promise<{ id: string; error: string; data: string; queueName: string; ruleNodeId: string | null }[]>
  ledger(): Promise<LedgerTotals | undefined>
}
export type DrawnChain = { id: string; nodeId(name: string): string }
type Drawn = {
  /** Absent: a probe. */
  type?: string
  configuration?: Record<string, unknown>
  queueName?: string
  debugSettings?: DebugSettings
}

const edge = /^(\S+) --(.+?)--> (.+)$/

/** Rule runners over the real queue, PostgreSQL and Redis, with nodes that do what a test says. */
export const queueWorld = async ({
  mostPartitions = 2,
  maxPending = 10_000,
  debugLimit = '',
  outbound = testOutbound(),
}: {
  mostPartitions?: number
  maxPending?: number
  debugLimit?: string
  outbound?: Outbound
} = {}): Promise<QueueWorld> => {
  const services = await startTestServices()
  const stack = new AsyncDisposableStack()
  stack.use(services)
  const { db, redis, tenant } = services
  const behaviours: QueueWorld['behaviours'] = new Map()
  const lives: QueueWorld['lives'] = new Map()
  const openRedis = redisOpener(services.redisUrl, silentLogger)
  const logger = silentLogger

  let held = Promise.resolve()
  const directories = new Set<QueueDirectory>()
  const openQueue = () => {
    const metrics = createMetrics()
    const channels = createChannels({ openRedis, logger })
    const directory = createQueueDirectory({ database: db, channels, mostPartitions, logger })
    directories.add(directory)
    const queue = createUplinkQueue({
      openRedis,
      processId: randomUUID(),
      directory,
      maxBatchMessages: 500,
      maxPending,
      logger,
      metrics,
    })
    return { metrics, channels, directory, queue }
  }
  const sender = openQueue()
  const senderParts = [sender.channels, sender.directory, sender.queue]
  await startParts(senderParts, logger)
  stack.defer(() => stopParts(senderParts, Date.now() + 2_000, logger))

  const probeHandler = {
    manifest: probe,
    create: async (_: unknown, context: NodeContext): Promise<NodeHandler> => {
      const { nodeName } = context
      const life = lives.get(nodeName)
      await life?.start?.(context)
      return {
        handle: (batch, signal) =>
          behaviours.get(nodeName)?.(batch, signal) ?? batch.map((message) => ({ message, connection: 'Success' })),
        stop: async () => life?.stop?.(),
      }
    },
  }

  const startRunner = async () => {
    const { metrics, channels, directory, queue } = openQueue()
    const changes = createChangeRelay({ changes: db.changes, channels, openRedis, processId: randomUUID(), logger })
    const liveBus = createLiveBus({ openRedis, channels, logger, metrics })
    const attributes = createAttributesWriter({ database: db, liveBus, openRedis, logger, metrics })
    const writer = createTelemetryWriter({ database: db, liveBus, logger, metrics })
    const telemetry: typeof writer = {
      ...writer,
      save: async (tenantId, saves) => {
        await held
        await writer.save(tenantId, saves)
      },
    }
    const replies = createReplies({ serviceId: randomUUID(), channels, openRedis, logger })
    const desk = createRpcDesk({ database: db, queue, replies, openRedis, logger })
    const counters = createChainCounters({ openRedis, liveBus, logger })
    const debug = createDebugEvents({ events: db.events, server: 'test', limit: debugLimit, logger })
    const nodeStates = createNodeStates({ openRedis, events: db.events, server: randomUUID(), logger })
    const later = createSelfMessages({ openRedis, queue, logger, leaseMs: 500 })
    const samples = createConnectionSamples({ openRedis, logger })
    const tracer = createTracer({ openRedis, channels, logger })
    const inputLog = createInputLog({ inputLog: db.inputLog, channels, logger })
    const fieldDirectory = createFieldDirectory({ database: db, logger })
    followFieldChanges(channels, fieldDirectory, logger)
    const fieldUpdates = createFieldUpdates({ directory: fieldDirectory, database: db, queue, now: Date.now })
    const runnerOptions = {
      fieldDirectory,
      fieldUpdates,
      database: db,
      openRedis,
      channels,
      changes,
      telemetry,
      attributes,
      queue,
      owners: [counters],
      debug,
      tracer,
      inputLog,
      observe: createRuleInspector(counters.observe, { debug, samples, tracer }),
      desk,
      replies,
      alarms: createAlarmsPort({
        database: db,
        core: createAlarmCore({ database: db, liveBus, now: Date.now }),
        logger,
        now: Date.now,
      }),
      scripts: { portOf: () => scriptsInRealm(() => 'These tests run no TBEL') },
      outbound,
      nodes: createNodeRegistry([...nodeManifests, probe]),
      handlers: createHandlerRegistry([...nodeHandlers, probeHandler]),
      nodeStates,
      later,
      nodeTimes: { retryMs: 20, maxAttempts: 10, startWaitMs: 200 },
      directory,
      liveBus,
      audit: createAuditTrail({ audit: db.audit, logger }),
      deviceStateRate: '1:1',
      logger,
      metrics,
    }
    const runner = createRuleRunner(runnerOptions)
    const parts = [
      channels,
      changes,
      liveBus,
      attributes,
      directory,
      queue,
      replies,
      desk,
      counters,
      debug,
      samples,
      tracer,
      inputLog,
      nodeStates,
      later,
      runner,
    ]
    await startParts(parts, logger)
    let stopped: Promise<void> | null = null
    const stop = (withinMs = 3_000) => {
      directories.delete(directory)
      stopped ??= stopParts(parts, Date.now() + withinMs, logger)
      return stopped
    }
    stack.defer(() => stop())
    return { stop }
  }

  const invalidate = async (change: Invalidation) => {
    await redis.publish(redisChannels.invalidation, JSON.stringify(change))
  }

  let drawn = tenant.rootChain.id.id
  const draw: QueueWorld['draw'] = async (drawing, nodes = {}, type = 'CORE') => {
    const names: string[] = []
    const indexOf = (name: string) => (names.includes(name) ? names.indexOf(name) : names.push(name) - 1)
    const connections = drawing
      .split('\n')
      .map((line) => line.trim())
      .flatMap((line) => {
        const [, from, type, to] = edge.exec(line) ?? []
        if (!from || !type || !to) {
          indexOf(line)
          return []
        }
        const fromIndex = indexOf(from)
        return to.split(', ').map((name) => ({ fromIndex, toIndex: indexOf(name), type }))
      })
    const ruleChain = { name: `Chain ${randomUUID()}`, type, root: false, debugMode: false } as const
    const metadata = {
      version: null,
      firstNodeIndex: 0,
      nodes: names.map((name) => ({
        type: 'test.Probe',
        name,
        singletonMode: false,
        configurationVersion: 0,
        additionalInfo: null,
        debugSettings: null,
        queueName: null,
        externalId: null,
        ...nodes[name],
        configuration: nodes[name]?.configuration ?? {},
      })),
      connections,
      ruleChainConnections: null,
      notes: [],
    }
    const stored = await db.ruleChains.create(tenant.scope, { ruleChain, metadata })
    drawn = stored.chain.id.id
    const idOf = new Map(stored.metadata.nodes.map((node) => [node.name, node.id?.id ?? '']))
    return { id: drawn, nodeId: (name) => idOf.get(name) ?? '' }
  }

  const edit: QueueWorld['edit'] = async (ruleChainId, change) => {
    const metadata = await db.ruleChains.metadata(tenant.scope, ruleChainId)
    if (!metadata) throw new Error(`No rule chain ${ruleChainId}`)
    await db.ruleChains.saveMetadata(tenant.scope, change(metadata))
    await invalidate({ kind: 'rule-chain', tenantId: tenant.tenantId, id: ruleChainId })
  }

  /** A change is announced; processes have it a moment later. */
  const untilKnown = async (key: string, settings: QueueSettings | null) => {
    const known = () => [...directories].every((one) => JSON.stringify(one.ofKey(key)) === JSON.stringify(settings))
    await waitFor(known, { what: `all processes know queue ${key}` })
  }

  const saveQueue: QueueWorld['saveQueue'] = async (change) => {
    const found = await db.queues.findByName({ kind: 'system' }, change.name)
    const saved = await db.queues.save({
      topic: `topic.${change.name}`,
      pollInterval: 25,
      partitions: 2,
      consumerPerPartition: true,
      packProcessingTimeout: 2_000,
      submitStrategy: { type: 'BURST', batchSize: 1_000 },
      processingStrategy: {
        type: 'SKIP_ALL_FAILURES',
        retries: 3,
        failurePercentage: 0,
        pauseBetweenRetries: 0,
        maxPauseBetweenRetries: 0,
      },
      ...(found && { id: found.id, topic: found.topic }),
      ...change,
    })
    await invalidate({ kind: 'queue', tenantId: tenant.tenantId, id: saved.id.id })
    await untilKnown(change.name, toSettings(saved, mostPartitions))
  }

  return {
    services,
    behaviours,
    lives,
    queue: sender.queue,
    startRunner,
    draw,
    edit,
    saveQueue,
    deleteQueue: async (name) => {
      const found = await db.queues.findByName({ kind: 'system' }, name)
      if (!found || !(await db.queues.delete(found.id.id))) throw new Error(`No queue ${name}`)
      await invalidate({ kind: 'queue', tenantId: tenant.tenantId, id: found.id.id })
      await untilKnown(name, null)
    },
    saveProfile: async ({ queues, limits }) => {
      const profile = await db.tenantProfiles.findDefault()
      if (!profile) throw new Error('There is no default profile')
      const saved = saveTenantProfileSchema.parse({
        id: profile.id,
        name: profile.name,
        default: true,
        isolatedTbRuleEngine: queues !== undefined,
        profileData: { configuration: { type: 'DEFAULT', ...limits }, queueConfiguration: queues ?? null },
      })
      await db.tenantProfiles.save(saved)
      await invalidate({ kind: 'tenant-profile', tenantId: tenant.tenantId, id: profile.id.id })
      for (const queue of await db.queues.all()) {
        const settings = toSettings(queue, mostPartitions)
        if (settings?.tenantId === tenant.tenantId) await untilKnown(settings.key, settings)
      }
    },
    invalidate,
    holdStore: (until) => {
      held = until
    },
    message: (data, change) => ({
      id: randomUUID(),
      ts: Date.now(),
      type: 'POST_TELEMETRY_REQUEST',
      tenantId: tenant.tenantId,
      originator: { entityType: 'DEVICE', id: tenant.device.id.id },
      customerId: null,
      metadata: { ts: String(Date.now()) },
      dataType: 'JSON',
      data,
      ruleChainId: drawn,
      ruleNodeId: null,
      ...change,
    }),
    send: (queueName, messages) =>
      sender.queue.submitInternal(queueName, tenant.device.id.id, messages, messages.length * 500),
    layouts: () => redis.hgetall(redisKeys.queueLayouts),
    letters: async () => {
      const link = { page: 0, pageSize: 1_000, sortProperty: 'createdTime', sortOrder: 'ASC' } as const
      const { data } = await db.deadLetters.list(tenant.scope, link)
      return Promise.all(
        data.map(async ({ id, error, queueName, ruleNodeId }) => {
          const letter = await db.deadLetters.find(tenant.scope, id)
          const message = z.object({ data: z.string() }).safeParse(letter?.message)
          return { id, error, queueName, ruleNodeId, data: message.data?.data ?? '' }
        }),
      )
    },
    ledger: async () => {
      await moveOutcomes(redis, db.ledger)
      const range = { fromMs: Date.now() - 3_600_000, toMs: Date.now() + 60_000, attempts: 1 }
      const audit = await auditLedger({ database: db, redis }, range)
      return audit.tenants.find(({ tenantId }) => tenantId === tenant.tenantId)
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
