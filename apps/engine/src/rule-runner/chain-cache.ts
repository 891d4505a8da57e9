import { AppError } from '@thingwire/contracts'
import type { Database, StoredRuleChain as StoredRow } from '@thingwire/db'
import {
  type CompiledChain,
  compileChain,
  type HandlerRegistry,
  type NodeRegistry,
  type Ports,
  type RunnableChain,
  type StoredRuleChain,
  startNodes,
  stopNodes,
} from '@thingwire/rules'
import { errorFields, type Logger } from '../observability/logger.ts'

/** A chain to run, or why its messages cannot. `missing`: there is no such chain. */
export type FoundChain =
  | { kind: 'ready'; runnable: RunnableChain }
  | { kind: 'broken'; problem: string }
  | { kind: 'missing' }

/** The chains one batch uses: they keep running, in the version first asked for, until `release`. */
export type ChainLease = {
  /** null: the tenant's root chain. */
  get(ruleChainId: string | null): Promise<FoundChain>
  release(): void
}

export type ChainCache = {
  lease(tenantId: string): ChainLease
  /** A chain of the tenant changed, or another became its root. Running batches end on what they hold. */
  forgetTenant(tenantId: string): void
  forgetAll(): void
  /** Stops every node. Call when no lease is left. */
  stop(): Promise<void>
}

type Version = { found: Promise<FoundChain>; users: number; isRetired: boolean }

/** Pub/sub may lose an invalidation; this bounds how long an old version can live on. */
const maxAgeMs = 60_000

export const createChainCache = (options: {
  database: Pick<Database, 'ruleChains'>
  nodes: NodeRegistry
  handlers: HandlerRegistry
  portsOf(tenantId: string): Ports
  onLoad?(chain: CompiledChain, tenantId: string): void
  logger: Logger
}): ChainCache => {
  const { logger } = options
  const tenants = new Map<string, Map<string, Version & { loadedAtMs: number }>>()
  const stopping = new Set<Promise<void>>()

  const load = async (tenantId: string, ruleChainId: string | null): Promise<FoundChain> => {
    const row = await options.database.ruleChains.load(tenantId, ruleChainId)
    if (!row) return { kind: 'missing' }
    const compiled = compileChain(storedChain(row), options.nodes)
    if (!compiled.ok) return { kind: 'broken', problem: compiled.problems.join('; ') }
    const { chain } = compiled
    const ports = options.portsOf(tenantId)
    const instances = await startNodes(chain, options.handlers, (node) => ({
      tenantId,
      ruleChainId: chain.id,
      nodeId: node.id,
      nodeName: node.name,
      ports,
    }))
    logBroken(chain, tenantId)
    options.onLoad?.(chain, tenantId)
    return { kind: 'ready', runnable: { chain, instances } }
  }

  const logBroken = (chain: CompiledChain, tenantId: string) => {
    for (const node of chain.nodes)
      if (node.problem !== null)
        logger.warn(
          { tenantId, ruleChainId: chain.id, nodeId: node.id, problem: node.problem },
          'a rule node cannot run',
        )
  }

  const stopVersion = (version: Version): void => {
    const work = version.found
      .then(async (found) => {
        if (found.kind !== 'ready') return
        for (const error of await stopNodes(found.runnable.instances))
          logger.warn(errorFields(error), 'a rule node did not stop cleanly')
      })
      .catch(() => {})
      .finally(() => stopping.delete(work))
    stopping.add(work)
  }

  const retire = (version: Version): void => {
    version.isRetired = true
    if (version.users === 0) stopVersion(version)
  }

  const versionOf = (tenantId: string, ruleChainId: string | null): Version => {
    const versions = tenants.get(tenantId) ?? new Map<string, Version & { loadedAtMs: number }>()
    tenants.set(tenantId, versions)
    const key = ruleChainId ?? 'root'
    const known = versions.get(key)
    if (known && Date.now() - known.loadedAtMs < maxAgeMs) return known
    if (known) {
      versions.delete(key)
      retire(known)
    }
    const version = { found: load(tenantId, ruleChainId), users: 0, isRetired: false, loadedAtMs: Date.now() }
    versions.set(key, version)
    // A failed load is the environment's: the next batch asks again.
    version.found.catch(() => {
      if (versions.get(key) === version) versions.delete(key)
    })
    return version
  }

  const forgetTenant = (tenantId: string): void => {
    const versions = tenants.get(tenantId)
    tenants.delete(tenantId)
    for (const version of versions?.values() ?? []) retire(version)
  }

  return {
    lease: (tenantId) => {
      const held = new Map<string, Version>()
      return {
        get: (ruleChainId) => {
          const key = ruleChainId ?? 'root'
          let version = held.get(key)
          if (!version) {
            version = versionOf(tenantId, ruleChainId)
            version.users++
            held.set(key, version)
          }
          return version.found
        },
        release: () => {
          for (const version of held.values()) {
            version.users--
            if (version.isRetired && version.users === 0) stopVersion(version)
          }
          held.clear()
        },
      }
    },
    forgetTenant,
    forgetAll: () => {
      for (const tenantId of [...tenants.keys()]) forgetTenant(tenantId)
    },
    stop: async () => {
      for (const tenantId of [...tenants.keys()]) forgetTenant(tenantId)
      await Promise.all(stopping)
    },
  }
}

/** The store's row as the rule core wants it. */
const storedChain = ({ chain, metadata }: StoredRow): StoredRuleChain => ({
  id: chain.id.id,
  name: chain.name,
  type: chain.type,
  version: chain.version,
  additionalInfo: chain.additionalInfo,
  firstNodeIndex: metadata.firstNodeIndex ?? null,
  nodes: metadata.nodes.map((node) => {
    if (!node.id) throw new AppError('INTERNAL', `A stored rule node of chain ${chain.id.id} has no id`)
    return { ...node, id: node.id.id }
  }),
  connections: metadata.connections,
  notes: metadata.notes,
})
