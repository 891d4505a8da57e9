import type { ConnectionCounters, NodeCounters } from '@thingwire/contracts'
import type { RouterObserver } from '@thingwire/rules'
import type { Redis } from 'ioredis'
import type { Part } from '../lifecycle.ts'
import type { LiveBus } from '../live-bus/live-bus.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { OpenRedis } from '../redis.ts'
import { redisKeys } from '../redis-keys.ts'

export type ChainCounters = Part & { observe: RouterObserver; owner(ruleChainId: string, tenantId: string): void }

export type ChainFigures = { nodes: NodeCounters[]; connections: ConnectionCounters[] }

const publishMs = 1_000
const rateWindowMs = 5_000
const keepSeconds = 30 * 24 * 3600

const fields = {
  processed: (nodeId: string) => `p ${nodeId}`,
  failed: (nodeId: string) => `f ${nodeId}`,
  /** µs that messages spent in the node, each counted with all its neighbours of the call. */
  spent: (nodeId: string) => `t ${nodeId}`,
  connection: (nodeId: string, label: string) => `c ${nodeId} ${label}`,
}

type Totals = Pick<NodeCounters, 'nodeId' | 'processed' | 'failed'> & { spentUs: number }

/** Totals of a chain over all processes; the rate is zero and the time is that of all messages, since they need two looks. */
export const readChainFigures = async (redis: Redis, ruleChainId: string): Promise<ChainFigures> => {
  const { nodes, connections } = await readTotals(redis, ruleChainId)
  return { nodes: nodes.map((node) => countersOf(node, undefined, 0)), connections }
}

const countersOf = (
  { nodeId, processed, failed, spentUs }: Totals,
  before: Pick<Totals, 'processed' | 'spentUs'> | undefined,
  seconds: number,
): NodeCounters => {
  const messages = Math.max(0, processed - (before?.processed ?? 0))
  const us = Math.max(0, spentUs - (before?.spentUs ?? 0))
  return {
    ...{ nodeId, processed, failed },
    perSecond: before && seconds > 0 ? Math.round((messages / seconds) * 10) / 10 : 0,
    averageMs: messages > 0 ? Math.round(us / messages) / 1_000 : 0,
  }
}

const readTotals = async (
  redis: Redis,
  ruleChainId: string,
): Promise<{ nodes: Totals[]; connections: ConnectionCounters[] }> => {
  const nodes = new Map<string, Totals>()
  const connections: ConnectionCounters[] = []
  for (const [field, text] of Object.entries(await redis.hgetall(redisKeys.chainCounters(ruleChainId)))) {
    const [kind, nodeId = ''] = field.split(' ', 2)
    const value = Number(text)
    if (kind === 'c') {
      connections.push({ fromNodeId: nodeId, type: field.slice(nodeId.length + 3), messages: value })
      continue
    }
    const node = nodes.get(nodeId) ?? { nodeId, processed: 0, failed: 0, spentUs: 0 }
    nodes.set(nodeId, node)
    if (kind === 'p') node.processed = value
    else if (kind === 't') node.spentUs = value
    else node.failed = value
  }
  return { nodes: [...nodes.values()], connections }
}

type Sample = { atMs: number; nodes: Map<string, Totals> }

/**
 * Counters of nodes and connections: gathered in memory, added to the totals in Redis once a second, and published for
 * chains that somebody looks at. Totals outlive the process and cover all processes.
 */
export const createChainCounters = (options: {
  openRedis: OpenRedis
  liveBus: LiveBus
  logger: Logger
}): ChainCounters => {
  const { liveBus, logger } = options
  const owners = new Map<string, string>()
  const samples = new Map<string, Sample[]>()
  const lastChange = new Map<string, number>()
  let deltas = new Map<string, Map<string, number>>()
  let redis: Redis | null = null
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()

  const add = (ruleChainId: string, field: string, count: number) => {
    if (count === 0) return
    const chain = deltas.get(ruleChainId) ?? new Map<string, number>()
    deltas.set(ruleChainId, chain)
    chain.set(field, (chain.get(field) ?? 0) + count)
  }

  const flush = async () => {
    if (redis?.status !== 'ready') return
    const changed = deltas
    deltas = new Map()
    const pipeline = redis.pipeline()
    for (const [ruleChainId, counts] of changed) {
      const key = redisKeys.chainCounters(ruleChainId)
      for (const [field, count] of counts) pipeline.hincrby(key, field, count)
      pipeline.expire(key, keepSeconds)
      lastChange.set(ruleChainId, Date.now())
    }
    if (changed.size > 0) await pipeline.exec()
    for (const [ruleChainId, changedAtMs] of lastChange) {
      // A little longer than the window, so that watchers see the rate fall to zero.
      if (Date.now() - changedAtMs > rateWindowMs + 2 * publishMs) {
        lastChange.delete(ruleChainId)
        samples.delete(ruleChainId)
      } else await publish(ruleChainId)
    }
  }

  const publish = async (ruleChainId: string) => {
    const tenantId = owners.get(ruleChainId)
    if (!redis || !tenantId || !liveBus.isChainWatched(tenantId, ruleChainId)) return
    const { nodes, connections } = await readTotals(redis, ruleChainId)
    const now = Date.now()
    const history = (samples.get(ruleChainId) ?? []).filter(({ atMs }) => now - atMs <= rateWindowMs)
    const [oldest] = history
    const seconds = oldest ? (now - oldest.atMs) / 1000 : 0
    const withRates = nodes.map((node) => countersOf(node, oldest?.nodes.get(node.nodeId), seconds))
    history.push({ atMs: now, nodes: new Map(nodes.map((node) => [node.nodeId, node])) })
    samples.set(ruleChainId, history)
    liveBus.publish(tenantId, { kind: 'rule-chain', tenantId, ruleChainId, nodes: withRates, connections })
  }

  const logFailure = (error: unknown) => logger.debug(errorFields(error), 'rule chain counters not published')

  return {
    name: 'chain counters',
    owner: (ruleChainId, tenantId) => owners.set(ruleChainId, tenantId),
    observe: {
      nodeCalled: ({ chain, nodeIndex, messages, failures, elapsedMs }) => {
        const node = chain.nodes[nodeIndex]
        if (!node) return
        add(chain.id, fields.processed(node.id), messages)
        add(chain.id, fields.failed(node.id), failures)
        add(chain.id, fields.spent(node.id), Math.round(elapsedMs * 1_000) * messages)
      },
      connectionPassed: ({ chain, nodeIndex, connection, messages }) => {
        const node = chain.nodes[nodeIndex]
        if (node) add(chain.id, fields.connection(node.id, connection), messages)
      },
    },
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      timer = setInterval(() => {
        running = running.then(flush).catch(logFailure)
      }, publishMs)
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      await running.then(flush).catch(logFailure)
      await redis?.quit().catch(() => redis?.disconnect())
    },
  }
}
