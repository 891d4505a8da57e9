import {
  type ActionType,
  AppError,
  entityId,
  type LibraryImport,
  nullUuid,
  type RuleChain,
  type RuleChainFile,
  type RuleChainMetadata,
  type RuleNode,
  type SaveRuleChain,
} from '@thingwire/contracts'
import { type Database, scopeOf, type StoredRuleChain } from '@thingwire/db'
import { rootRuleChainFile } from '@thingwire/db/seed'
import {
  exportRuleChain,
  type ImportResult,
  importRuleChain,
  type NodeRegistry,
  type RuleChainExport,
  type StoredRuleNode,
} from '@thingwire/rules'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import type { Operation } from '../access/permissions.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { CarriedLibraries } from '../script-libraries/carried-libraries.ts'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import { withLinkNames } from './link-names.ts'

export type RuleChainService = {
  find(caller: Caller, ruleChainId: string): Promise<RuleChain>
  metadata(caller: Caller, ruleChainId: string): Promise<RuleChainMetadata>
  /** Without an id: a new chain without nodes. */
  save(caller: Caller, chain: SaveRuleChain): Promise<RuleChain>
  /** A new chain that does for the devices of a profile what the first root chain does for all. */
  createDefault(caller: Caller, name: string): Promise<RuleChain>
  /** `scriptLibraries`: what became of those that the file carries. */
  import(
    caller: Caller,
    file: unknown,
  ): Promise<{ ruleChain: RuleChain; warnings: string[]; scriptLibraries: LibraryImport[] }>
  export(caller: Caller, ruleChainId: string): Promise<RuleChainExport>
  saveMetadata(caller: Caller, metadata: RuleChainMetadata, options?: SaveOptions): Promise<RuleChainMetadata>
  setRoot(caller: Caller, ruleChainId: string): Promise<RuleChain>
  delete(caller: Caller, ruleChainId: string): Promise<void>
}

export type SaveOptions = {
  /** Connections in other chains follow the new names of output nodes. */
  updateRelated?: boolean
  /** The drawing is that of the chain's draft, which ends with it. */
  draft?: { revision: number; tests: readonly unknown[] }
  /** What the version list is to say about it. */
  note?: string | null | undefined
}

export type RuleChainServiceDeps = {
  database: Pick<Database, 'ruleChains'>
  nodes: NodeRegistry
  access: EntityAccess
  actions: EntityActions
  invalidate: Invalidate
  limits: TenantLimits
  libraries: CarriedLibraries
}

export const createRuleChainService = (deps: RuleChainServiceDeps): RuleChainService => {
  const { actions, limits } = deps
  const chains = deps.database.ruleChains

  const reach = (caller: Caller, ruleChainId: string, operation: Operation) =>
    deps.access.require(caller, entityId('RULE_CHAIN', ruleChainId), operation, { missingText: 'byId' })

  const stored = async (caller: Caller, ruleChainId: string): Promise<StoredRuleChain> => {
    const { scope } = await reach(caller, ruleChainId, 'READ')
    const [chain, metadata] = await Promise.all([chains.find(scope, ruleChainId), chains.metadata(scope, ruleChainId)])
    if (!chain || !metadata) throw missing('RULE_CHAIN', ruleChainId)
    return { chain, metadata }
  }

  const announce = (chain: RuleChain) =>
    deps.invalidate({ kind: 'rule-chain', tenantId: chain.tenantId.id, id: chain.id.id })

  /** Does the work and records it under the chain that it returns. */
  const attempt = async <T extends { chain: RuleChain; metadata?: RuleChainMetadata }>(
    caller: Caller,
    deed: { action: ActionType; id: string; name: string },
    work: () => Promise<T>,
  ): Promise<T> => {
    const about = { action: deed.action, entityId: entityId('RULE_CHAIN', deed.id), entityName: deed.name }
    return actions.attempt(caller, about, async () => {
      const result = await work()
      const { chain, metadata } = result
      await announce(chain)
      const data = { entity: chain, ...(metadata && { metadata }) }
      return { result, deed: { entityId: chain.id, entityName: chain.name, entity: chain, data } }
    })
  }

  const create = async (caller: Caller, file: RuleChainFile): Promise<RuleChain> => {
    const { chain } = await attempt(caller, { action: 'ADDED', id: nullUuid, name: file.ruleChain.name }, async () => {
      await limits.requireRoom(caller.tenantId ?? nullUuid, 'RULE_CHAIN')
      const made = await chains.create(scopeOf(caller), file, {
        maxDebugMs: await maxDebugMs(limits, caller),
        publisher: { userId: caller.userId },
      })
      return { chain: made.chain }
    })
    return chain
  }

  return {
    find: async (caller, ruleChainId) => {
      const { scope } = await reach(caller, ruleChainId, 'READ')
      const chain = await chains.find(scope, ruleChainId)
      if (!chain) throw missing('RULE_CHAIN', ruleChainId)
      return chain
    },

    metadata: async (caller, ruleChainId) => (await stored(caller, ruleChainId)).metadata,

    save: async (caller, { id, name, type, debugMode, additionalInfo, version }) => {
      if (!id)
        return create(caller, {
          ruleChain: { name, type: type ?? 'CORE', root: false, debugMode: debugMode ?? false, additionalInfo },
          metadata: { firstNodeIndex: null, nodes: [], connections: [] },
        })
      const { chain } = await attempt(caller, { action: 'UPDATED', id: id.id, name }, async () => {
        const { scope } = await reach(caller, id.id, 'WRITE')
        const update = { id: id.id, name, debugMode: debugMode ?? false, additionalInfo: additionalInfo ?? null }
        const publisher = { userId: caller.userId }
        return { chain: await chains.update(scope, { ...update, version: version ?? null }, publisher) }
      })
      return chain
    },

    createDefault: (caller, name) => {
      const file = rootRuleChainFile()
      return create(caller, { ...file, ruleChain: { ...file.ruleChain, name, root: false } })
    },

    import: async (caller, uploaded) => {
      const { file, links, warnings } = normalizeRuleChain(uploaded, deps.nodes)
      const metadata = await withLinkNames(chains, scopeOf(caller), file.metadata, links)
      const { info, libraries, warnings: more } = await deps.libraries.unpack(caller, file.ruleChain.additionalInfo)
      const ruleChain = await create(caller, { metadata, ruleChain: { ...file.ruleChain, additionalInfo: info } })
      return { ruleChain, warnings: [...warnings, ...more], scriptLibraries: libraries }
    },

    export: async (caller, ruleChainId) => {
      const { chain, metadata } = await stored(caller, ruleChainId)
      const configurations = metadata.nodes.map((node) => node.configuration)
      const additionalInfo = await deps.libraries.pack(chain.tenantId.id, chain.additionalInfo, configurations)
      return toFile({ chain: { ...chain, additionalInfo }, metadata })
    },

    saveMetadata: async (caller, metadata, { note, ...options } = {}) => {
      const ruleChainId = metadata.ruleChainId?.id
      if (!ruleChainId) throw new AppError('ARGUMENT_INVALID', 'Rule chain id should be specified!')
      const saved = await attempt(caller, { action: 'UPDATED', id: ruleChainId, name: '' }, async () => {
        const { scope, name } = await reach(caller, ruleChainId, 'WRITE')
        const { drawing, links } = toSave(ruleChainId, name, metadata, deps.nodes)
        return chains.saveMetadata(scope, await withLinkNames(chains, scope, drawing, links), {
          ...options,
          maxDebugMs: await maxDebugMs(limits, caller),
          publisher: { userId: caller.userId, note },
        })
      })
      for (const chain of saved.relabelled)
        await attempt(caller, { action: 'UPDATED', id: chain.id.id, name: chain.name }, async () => ({ chain }))
      return saved.metadata
    },

    setRoot: async (caller, ruleChainId) => {
      const { chain } = await attempt(caller, { action: 'UPDATED', id: ruleChainId, name: '' }, async () => {
        const { scope } = await reach(caller, ruleChainId, 'WRITE')
        return { chain: await chains.setRoot(scope, ruleChainId) }
      })
      return chain
    },

    delete: async (caller, ruleChainId) => {
      const about = { entityId: entityId('RULE_CHAIN', ruleChainId), entityName: '' }
      const data = { entityId: ruleChainId }
      await actions.attempt(caller, { action: 'DELETED', ...about, data }, async () => {
        const { scope, head } = await reach(caller, ruleChainId, 'DELETE')
        const chain = await chains.find(scope, ruleChainId)
        if (!chain) throw missing('RULE_CHAIN', ruleChainId)
        if (chain.root) throw new AppError('ARGUMENT_INVALID', 'Deletion of Root Tenant Rule Chain is prohibited!')
        if (!(await chains.delete(scope, ruleChainId))) throw missing('RULE_CHAIN', ruleChainId)
        await announce(chain)
        return { result: undefined, deed: { entityName: chain.name, messageData: chain, head } }
      })
    },
  }
}

/** Upgrades, legacy links and validation; throws with every problem of the drawing. */
const normalizeRuleChain = (file: unknown, nodes: NodeRegistry): Extract<ImportResult, { ok: true }> => {
  const result = importRuleChain(file, nodes)
  if (!result.ok) throw new AppError('RULE_CHAIN_INVALID', result.problems.join(' '))
  return result
}

/** What a client sent, as it is to be stored, and which of its nodes were made of links. */
const toSave = (ruleChainId: string, name: string, metadata: RuleChainMetadata, nodes: NodeRegistry) => {
  const { file, links } = normalizeRuleChain({ ruleChain: { name }, metadata }, nodes)
  const drawing: RuleChainMetadata = {
    ...file.metadata,
    ruleChainId: entityId('RULE_CHAIN', ruleChainId),
    version: metadata.version ?? null,
    // Import drops ids, since a file's are another installation's; an edited chain keeps its nodes.
    nodes: file.metadata.nodes.map((node, index) => ({ ...node, id: metadata.nodes[index]?.id ?? null })),
  }
  return { drawing, links }
}

/** How long full debugging may stay on in the caller's tenant; undefined: as long as the platform allows. */
export const maxDebugMs = async (limits: Pick<TenantLimits, 'of'>, caller: Caller): Promise<number | undefined> => {
  const { maxDebugModeDurationMinutes } = await limits.of(caller.tenantId ?? nullUuid)
  return maxDebugModeDurationMinutes > 0 ? maxDebugModeDurationMinutes * 60_000 : undefined
}

const toFile = ({ chain, metadata }: StoredRuleChain): RuleChainExport =>
  exportRuleChain({
    id: chain.id.id,
    name: chain.name,
    type: chain.type,
    version: metadata.version ?? chain.version,
    additionalInfo: chain.additionalInfo,
    firstNodeIndex: metadata.firstNodeIndex ?? null,
    nodes: metadata.nodes.map(toStoredNode),
    connections: metadata.connections,
    ...(metadata.notes && { notes: metadata.notes }),
  })

/** Nodes out of the store always carry their id. */
const toStoredNode = ({ id, ...node }: RuleNode): StoredRuleNode => {
  if (!id) throw new AppError('INTERNAL', 'a stored rule node has no id')
  return { ...node, id: id.id }
}
