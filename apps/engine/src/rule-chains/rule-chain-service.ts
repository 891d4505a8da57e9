import {
  type ActionType,
  AppError,
  entityId,
  type RuleChain,
  type RuleChainFile,
  type RuleChainMetadata,
  type RuleNode,
  type ruleChainTypes,
} from '@thingwire/contracts'
import { type Database, type Scope, scopeOf, type StoredRuleChain } from '@thingwire/db'
import {
  exportRuleChain,
  importRuleChain,
  type NodeRegistry,
  type RuleChainExport,
  type StoredRuleNode,
} from '@thingwire/rules'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { Caller } from '../auth/sign-in.ts'
import { notFound } from '../access/entity-access.ts'
import type { Invalidate } from '../actions/invalidation.ts'

export type NewRuleChain = {
  name: string
  type: (typeof ruleChainTypes)[number]
  debugMode: boolean
  additionalInfo?: Record<string, unknown> | null | undefined
}

export type RuleChainService = {
  create(caller: Caller, chain: NewRuleChain): Promise<RuleChain>
  import(caller: Caller, file: unknown): Promise<{ ruleChain: RuleChain; warnings: string[] }>
  export(caller: Caller, ruleChainId: string): Promise<RuleChainExport>
  saveMetadata(caller: Caller, metadata: RuleChainMetadata): Promise<RuleChainMetadata>
  setRoot(caller: Caller, ruleChainId: string): Promise<RuleChain>
  delete(caller: Caller, ruleChainId: string): Promise<void>
}

export const createRuleChainService = (deps: {
  database: Pick<Database, 'ruleChains'>
  nodes: NodeRegistry
  audit: AuditTrail
  invalidate: Invalidate
}): RuleChainService => {
  const { nodes, audit, invalidate } = deps
  const chains = deps.database.ruleChains

  const find = async (scope: Scope, ruleChainId: string): Promise<RuleChain> => {
    const chain = await chains.find(scope, ruleChainId)
    if (!chain) throw notFound('RULE_CHAIN')
    return chain
  }

  const stored = async (scope: Scope, ruleChainId: string): Promise<StoredRuleChain> => {
    const chain = await find(scope, ruleChainId)
    const metadata = await chains.metadata(scope, ruleChainId)
    if (!metadata) throw notFound('RULE_CHAIN')
    return { chain, metadata }
  }

  const changed = async (caller: Caller, chain: RuleChain, action: ActionType, data: unknown = {}) => {
    await invalidate({ kind: 'rule-chain', tenantId: chain.tenantId.id, id: chain.id.id })
    await audit.record(caller, { action, entityId: chain.id, entityName: chain.name, data })
  }

  /** Upgrades, legacy links and validation; throws with every problem of the drawing. */
  const normalize = (file: unknown): { file: RuleChainFile; warnings: string[] } => {
    const result = importRuleChain(file, nodes)
    if (!result.ok) throw new AppError('RULE_CHAIN_INVALID', result.problems.join(' '))
    return result
  }

  return {
    create: async (caller, ruleChain) => {
      const file: RuleChainFile = {
        ruleChain: { ...ruleChain, root: false },
        metadata: { firstNodeIndex: null, nodes: [], connections: [] },
      }
      const { chain } = await chains.create(scopeOf(caller), file)
      await changed(caller, chain, 'ADDED', { entity: chain })
      return chain
    },

    import: async (caller, uploaded) => {
      const { file, warnings } = normalize(uploaded)
      const { chain } = await chains.create(scopeOf(caller), file)
      await changed(caller, chain, 'ADDED', { entity: chain })
      return { ruleChain: chain, warnings }
    },

    export: async (caller, ruleChainId) => {
      const { chain, metadata } = await stored(scopeOf(caller), ruleChainId)
      return exportRuleChain({
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
    },

    saveMetadata: async (caller, metadata) => {
      const scope = scopeOf(caller)
      const ruleChainId = metadata.ruleChainId?.id
      if (!ruleChainId) throw new AppError('ARGUMENT_INVALID', 'Rule chain id should be specified!')
      const chain = await find(scope, ruleChainId)
      const { file } = normalize({ ruleChain: { name: chain.name, type: chain.type }, metadata })
      const saved = await chains.saveMetadata(scope, {
        ...file.metadata,
        ruleChainId: entityId('RULE_CHAIN', ruleChainId),
        version: metadata.version ?? null,
        // Import drops ids, since a file's are another installation's; an edited chain keeps its nodes.
        nodes: file.metadata.nodes.map((node, index) => ({ ...node, id: metadata.nodes[index]?.id ?? null })),
      })
      await changed(caller, saved.chain, 'UPDATED', { metadata: saved.metadata })
      return saved.metadata
    },

    setRoot: async (caller, ruleChainId) => {
      const scope = scopeOf(caller)
      await find(scope, ruleChainId)
      const chain = await chains.setRoot(scope, ruleChainId)
      await changed(caller, chain, 'UPDATED', { entity: chain })
      return chain
    },

    delete: async (caller, ruleChainId) => {
      const scope = scopeOf(caller)
      const chain = await find(scope, ruleChainId)
      if (chain.root) throw new AppError('ARGUMENT_INVALID', 'Deletion of Root Tenant Rule Chain is prohibited!')
      if (!(await chains.delete(scope, ruleChainId))) throw notFound('RULE_CHAIN')
      await changed(caller, chain, 'DELETED', { entityId: ruleChainId })
    },
  }
}

/** Nodes out of the store always carry their id. */
const toStoredNode = ({ id, ...node }: RuleNode): StoredRuleNode => {
  if (!id) throw new AppError('INTERNAL', 'a stored rule node has no id')
  return { ...node, id: id.id }
}
