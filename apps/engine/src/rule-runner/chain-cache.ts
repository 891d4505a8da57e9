import { AppError } from '@thingwire/contracts'
import type { Database, StoredRuleChain as StoredRow } from '@thingwire/db'
import {
  type CompiledChain,
  compileChain,
  type NodeRegistry,
  type RunnableChain,
  type StoredRuleChain,
} from '@thingwire/rules'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { LiveNodes, NodesOfVersion } from './live-nodes.ts'

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
  /**
   * A chain of the tenant changed, or became its root, or is gone: what it is now is loaded at once, for nodes may have
   * work without any message. Running batches end on what they hold.
   */
  changed(tenantId: string, ruleChainId: string): void
  /** Some chain of the tenant may have changed: those that are loaded are read again. */
  tenantChanged(tenantId: string): void
  allChanged(): void
  /** Stops every node. Call when no lease is left. */
  stop(): Promise<void>
}

type Loaded = { compiled: CompiledChain; storedVersion: number; nodes: NodesOfVersion }
type LoadedChain = { kind: 'ready'; loaded: Loaded } | Exclude<FoundChain, { kind: 'ready' }>

/** One state of a chain; `users` are the batches that run on it. */
type Version = {
  found: Promise<LoadedChain>
  users: number
  isRetired: boolean
  isOutdated: boolean
  loadedAtMs: number
}

/** Pub/sub may lose an invalidation; this bounds how long an old version can live on. */
const maxAgeMs = 60_000
/** Chains that are read again without a message waiting for them, at the same time. */
const refreshesAtOnce = 4
const rootKey = 'root'

export const createChainCache = (options: {
  database: Pick<Database, 'ruleChains'>
  nodes: NodeRegistry
  live: LiveNodes
  onLoad?(chain: CompiledChain, tenantId: string): void
  logger: Logger
}): ChainCache => {
  const { live, logger } = options
  const tenants = new Map<string, Map<string, Version>>()
  const toRefresh = new Map<string, { tenantId: string; key: string }>()
  let refreshing = 0
  let isStopped = false

  const load = async (tenantId: string, key: string, before: Loaded | null): Promise<LoadedChain> => {
    const row = await options.database.ruleChains.load(tenantId, key === rootKey ? null : key)
    // Those of other types are kept for edges, and run there.
    if (row?.chain.type !== 'CORE') return { kind: 'missing' }
    const storedVersion = row.chain.version
    const isSame = before?.storedVersion === storedVersion && before.compiled.id === row.chain.id.id
    let compiled = isSame ? before.compiled : null
    if (!compiled) {
      const result = compileChain(storedChain(row), options.nodes)
      if (!result.ok) return { kind: 'broken', problem: result.problems.join('; ') }
      compiled = result.chain
    }
    const nodes = await live.take(tenantId, compiled, !isSame)
    if (!isSame) options.onLoad?.(compiled, tenantId)
    return { kind: 'ready', loaded: { compiled, storedVersion, nodes } }
  }

  const release = async (version: Version): Promise<void> => {
    const found = await version.found.catch(() => null)
    if (found?.kind === 'ready') found.loaded.nodes.release()
  }

  const retire = async (version: Version): Promise<void> => {
    if (version.isRetired) return
    version.isRetired = true
    if (version.users === 0) await release(version)
  }

  const readAgain = async (tenantId: string, key: string, before: Version | undefined): Promise<LoadedChain> => {
    // What ran before goes on until the new version holds the nodes that both use.
    const known = await before?.found.catch(() => null)
    return load(tenantId, key, known?.kind === 'ready' ? known.loaded : null)
  }

  const versionOf = (tenantId: string, key: string): Version => {
    const versions = tenants.get(tenantId) ?? new Map<string, Version>()
    tenants.set(tenantId, versions)
    const known = versions.get(key)
    if (known && !known.isOutdated && Date.now() - known.loadedAtMs < maxAgeMs) return known
    // Should this fail, what is known is no newer for it.
    if (known) known.isOutdated = true
    const found = readAgain(tenantId, key, known)
    const version = { found, users: 0, isRetired: false, isOutdated: false, loadedAtMs: Date.now() }
    versions.set(key, version)
    found.then(
      () => known && void retire(known),
      // A failed load is the environment's: the next one asks again. What ran before keeps its nodes until then.
      () => {
        if (versions.get(key) !== version) return known && void retire(known)
        if (known) versions.set(key, known)
        else versions.delete(key)
      },
    )
    return version
  }

  const refresh = (): void => {
    while (refreshing < refreshesAtOnce && !isStopped) {
      const [next] = toRefresh
      if (!next) return
      toRefresh.delete(next[0])
      refreshing++
      const { tenantId, key } = next[1]
      versionOf(tenantId, key)
        .found.catch((error: unknown) =>
          logger.warn({ tenantId, ruleChainId: key, ...errorFields(error) }, 'a rule chain could not be read'),
        )
        .finally(() => {
          refreshing--
          refresh()
        })
    }
  }

  const outdate = (tenantId: string, key: string): void => {
    const version = tenants.get(tenantId)?.get(key)
    if (version) version.isOutdated = true
    toRefresh.set(`${tenantId}/${key}`, { tenantId, key })
    refresh()
  }

  const tenantChanged = (tenantId: string): void => {
    for (const key of tenants.get(tenantId)?.keys() ?? []) outdate(tenantId, key)
  }

  return {
    lease: (tenantId) => {
      const held = new Map<string, Version>()
      return {
        get: async (ruleChainId) => {
          const key = ruleChainId ?? rootKey
          let version = held.get(key)
          if (!version) {
            version = versionOf(tenantId, key)
            version.users++
            held.set(key, version)
          }
          const found = await version.found
          return found.kind === 'ready' ? { kind: 'ready', runnable: runnableOf(found.loaded) } : found
        },
        release: () => {
          for (const version of held.values()) {
            version.users--
            if (version.isRetired && version.users === 0) void release(version)
          }
          held.clear()
        },
      }
    },
    changed: (tenantId, ruleChainId) => {
      outdate(tenantId, ruleChainId)
      // Which chain is the root may have changed with it.
      if (tenants.get(tenantId)?.has(rootKey)) outdate(tenantId, rootKey)
    },
    tenantChanged,
    allChanged: () => {
      for (const tenantId of [...tenants.keys()]) tenantChanged(tenantId)
    },
    stop: async () => {
      isStopped = true
      const all = [...tenants.values()].flatMap((versions) => [...versions.values()])
      tenants.clear()
      await Promise.all(all.map(retire))
      await live.settled()
    },
  }
}

/** With its nodes as they are at this moment. */
const runnableOf = ({ compiled, nodes }: Loaded): RunnableChain => ({
  chain: compiled,
  instances: nodes.nodes.map(({ instance }) => instance),
})

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
