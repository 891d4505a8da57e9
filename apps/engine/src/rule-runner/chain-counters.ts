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
  connection: (nodeId: string, label: string) => `c ${nodeId} ${label}`,
}

/** Totals of a chain over all processes; `perSecond` is zero here, since it needs two looks. */
export const readChainFigures = async (redis: Redis, ruleChainId: string): Promise<ChainFigures> => {
  const nodes = new Map<string, NodeCounters>()
  const connections: ConnectionCounters[] = []
  for (const [field, text] of Object.entries(await redis.hgetall(redisKeys.chainCounters(ruleChainId)))) {
    const [kind, nodeId = ''] = field.split(' ', 2)
    const value = Number(text)
    if (kind === 'c') {
      connections.push({ fromNodeId: nodeId, type: field.slice(nodeId.length + 3), messages: value })
      continue
    }
    const node = nodes.get(nodeId) ?? { nodeId, processed: 0, failed: 0, perSecond: 0 }
    nodes.set(nodeId, kind === 'p' ? { ...node, processed: value } : { ...node, failed: value })
  }
  return { nodes: [...nodes.values()], connections }
}

type Sample = { atMs: number; processed: Map<string, number> }

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
    const { nodes, connections } = await readChainFigures(redis, ruleChainId)
    const now = Date.now()
    const history = (samples.get(ruleChainId) ?? []).filter(({ atMs }) => now - atMs <= rateWindowMs)
    const [oldest] = history
    const withRates = nodes.map((node) => {
      const before = oldest?.processed.get(node.nodeId)
      const seconds = oldest ? (now - oldest.atMs) / 1000 : 0
      const perSecond = before === undefined || seconds <= 0 ? 0 : (node.processed - before) / seconds
      return { ...node, perSecond: Math.max(0, Math.round(perSecond * 10) / 10) }
    })
    history.push({ atMs: now, processed: new Map(nodes.map(({ nodeId, processed }) => [nodeId, processed])) })
    samples.set(ruleChainId, history)
    liveBus.publish(tenantId, { kind: 'rule-chain', tenantId, ruleChainId, nodes: withRates, connections })
  }

  const logFailure = (error: unknown) => logger.debug(errorFields(error), 'rule chain counters not published')

  return {
    name: 'chain counters',
    owner: (ruleChainId, tenantId) => owners.set(ruleChainId, tenantId),
    observe: {
      nodeCalled: ({ chain, nodeIndex, messages, failures }) => {
        const node = chain.nodes[nodeIndex]
        if (!node) return
        add(chain.id, fields.processed(node.id), messages)
        add(chain.id, fields.failed(node.id), failures)
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
