import { createHash } from 'node:crypto'
import type { CompiledChain, CompiledNode, HandlerRegistry, Ports } from '@thingwire/rules'
import { errorFields, type Logger } from '../observability/logger.ts'
import { LiveNode, type NodeState, type NodeTimes, nodeTimes } from './live-node.ts'

/** Of which node a state is told. */
export type NodePlace = { tenantId: string; ruleChainId: string; nodeId: string; nodeName: string }

export type NodeStateObserver = {
  changed(place: NodePlace, state: NodeState, before: NodeState | null): void
  /** Nobody uses the node any more. */
  stopped(place: NodePlace, error: unknown): void
}

/** The running nodes that one version of a chain uses, in index order. */
export type NodesOfVersion = {
  nodes: readonly LiveNode[]
  /** Stops those that no other version uses. */
  release(): void
}

export type LiveNodes = {
  /**
   * The nodes of a chain; those that run already, unchanged, are used as they are. With `renew` nodes that have failed are
   * started anew. Resolves when all have started, or after a while: a node whose start hangs keeps no other from its work.
   */
  take(tenantId: string, chain: CompiledChain, renew: boolean): Promise<NodesOfVersion>
  /** Starts nodes of the tenant once more that have failed: something that they need has changed. */
  retryFailed(tenantId: string): void
  count(): number
  /** Resolves when all that were released have stopped. */
  settled(): Promise<void>
}

type Shared = { node: LiveNode; place: NodePlace; users: number }

/** Keeps one instance of a node for all versions of its chain in which nothing of the node changed. */
export const createLiveNodes = (options: {
  handlers: HandlerRegistry
  portsOf(tenantId: string): Ports
  states?: NodeStateObserver
  times?: NodeTimes
  logger: Logger
}): LiveNodes => {
  const { logger, states, times = nodeTimes } = options
  const shared = new Map<string, Shared>()
  const stopping = new Set<Promise<void>>()

  const open = (place: NodePlace, node: CompiledNode, ports: Ports): Shared => ({
    place,
    users: 0,
    node: new LiveNode({
      node,
      handlers: options.handlers,
      surroundings: { ...place, ports },
      times,
      onState: (state, before) => {
        if (state.state === 'failed') logger.warn({ ...place, ...state }, 'a rule node cannot run')
        states?.changed(place, state, before)
      },
      onUncleanStop: (error) => {
        logger.warn({ ...place, ...errorFields(error) }, 'a rule node did not stop cleanly')
        states?.stopped(place, error)
      },
    }),
  })

  const drop = (key: string, one: Shared): void => {
    one.users--
    if (one.users > 0) return
    if (shared.get(key) === one) shared.delete(key)
    states?.stopped(one.place, null)
    const work: Promise<void> = one.node.stop().finally(() => stopping.delete(work))
    stopping.add(work)
  }

  return {
    take: async (tenantId, chain, renew) => {
      const ports = options.portsOf(tenantId)
      const held = chain.nodes.map((node): [string, Shared] => {
        const key = keyOf(chain.id, node)
        const known = shared.get(key)
        if (known && !(renew && known.node.hasFailed)) {
          known.users++
          return [key, known]
        }
        const one = open({ tenantId, ruleChainId: chain.id, nodeId: node.id, nodeName: node.name }, node, ports)
        one.users++
        shared.set(key, one)
        return [key, one]
      })
      await within(times.startWaitMs, Promise.all(held.map(([, { node }]) => node.started)))
      let isReleased = false
      return {
        nodes: held.map(([, { node }]) => node),
        release: () => {
          if (isReleased) return
          isReleased = true
          for (const [key, one] of held) drop(key, one)
        },
      }
    },
    retryFailed: (tenantId) => {
      for (const { node, place } of shared.values()) if (place.tenantId === tenantId) node.retry()
    },
    count: () => shared.size,
    settled: async () => {
      await Promise.all(stopping)
    },
  }
}

/** Equal for nodes of which nothing changed that the node itself can see. */
const keyOf = (ruleChainId: string, node: CompiledNode): string => {
  const { type, name, queueName, problem, bypass } = node
  const labels = [...node.connections.keys()].sort()
  const config = problem === null ? node.config : null
  const seen = createHash('sha1').update(JSON.stringify([type, name, queueName, problem, config, labels, bypass]))
  return `${ruleChainId}/${node.id}/${seen.digest('base64url')}`
}

const within = async (mostMs: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, mostMs)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}
