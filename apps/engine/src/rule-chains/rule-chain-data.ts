import { randomUUID } from 'node:crypto'
import {
  AppError,
  entityId,
  type ImportRuleChainData,
  type RuleChain,
  type RuleChainData,
  type RuleChainGraph,
  type RuleChainImportResult,
  type RuleChainMetadata,
} from '@thingwire/contracts'
import { type Database, scopeOf } from '@thingwire/db'
import type { NodeRegistry } from '@thingwire/rules'
import type { Caller } from '../auth/sign-in.ts'
import type { CarriedLibraries } from '../script-libraries/carried-libraries.ts'
import type { RuleChainService } from './rule-chain-service.ts'

export type RuleChainTransfer = {
  /** The newest chains of the tenant in one file, with made-up ids that hold the links between them. */
  export(caller: Caller, limit: number): Promise<RuleChainData>
  /** Each chain fails or succeeds alone. `overwrite`: a chain of the same name and type is replaced. */
  import(caller: Caller, data: ImportRuleChainData, overwrite: boolean): Promise<RuleChainImportResult[]>
}

export const createRuleChainTransfer = (deps: {
  database: Pick<Database, 'ruleChains'>
  ruleChains: RuleChainService
  nodes: NodeRegistry
  libraries: CarriedLibraries
}): RuleChainTransfer => {
  const { ruleChains, libraries } = deps
  const store = deps.database.ruleChains

  return {
    export: async (caller, limit) => {
      const scope = scopeOf(caller)
      const { data } = await store.list(scope, { pageSize: limit, page: 0, sortProperty: 'id', sortOrder: 'ASC' })
      const newIds = new Map(data.map(({ id }) => [id.id, randomUUID()]))
      const metadata: RuleChainMetadata[] = []
      const chains: RuleChain[] = []
      for (const chain of data) {
        const found = await store.metadata(scope, chain.id.id)
        if (found) metadata.push(found)
        const configurations = found?.nodes.map(({ configuration }) => configuration) ?? []
        const additionalInfo = await libraries.pack(chain.tenantId.id, chain.additionalInfo, configurations)
        chains.push({ ...chain, additionalInfo })
      }
      return {
        ruleChains: chains.map((chain) => toExported(chain, newIds)),
        metadata: metadata.map((one) => {
          const graph = toGraph(withIds(one, newIds))
          return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, id: null, ruleChainId: null })) }
        }),
      }
    },

    import: async (caller, data, overwrite) => {
      const results: RuleChainImportResult[] = []
      const newIds = new Map<string, string>()
      const ready: { chain: RuleChain; metadata: RuleChainMetadata; result: RuleChainImportResult }[] = []
      // All chains first: their nodes may point at each other.
      for (const [index, given] of data.ruleChains.entries()) {
        const result: RuleChainImportResult = {
          ruleChainId: null,
          ruleChainName: given.name,
          updated: false,
          error: null,
          warnings: [],
        }
        results.push(result)
        try {
          const metadata = metadataOf(data, index)
          const type = given.type ?? 'CORE'
          const existing = overwrite ? await store.findByName(scopeOf(caller), type, given.name) : null
          const { info: additionalInfo, warnings } = await libraries.unpack(caller, given.additionalInfo)
          result.warnings = warnings
          const chain = await ruleChains.save(caller, {
            ...given,
            additionalInfo,
            type,
            id: existing?.id ?? null,
            version: null,
          })
          result.ruleChainId = chain.id
          result.updated = existing !== null
          if (given.id) newIds.set(given.id.id.toLowerCase(), chain.id.id)
          ready.push({ chain, metadata, result })
        } catch (error) {
          result.error = textOf(error)
        }
      }
      for (const { chain, metadata, result } of ready)
        try {
          const nodes = withIds(metadata, newIds).nodes.map((node) => ({ ...node, id: null }))
          await ruleChains.saveMetadata(caller, { ...metadata, nodes, ruleChainId: chain.id, version: null })
        } catch (error) {
          result.error = textOf(error)
          // A chain that was not there before is not left behind half-made.
          if (!result.updated) {
            await ruleChains.delete(caller, chain.id.id)
            result.ruleChainId = null
          }
        }
      return results
    },
  }
}

/** A stored drawing as REST sends it: every node says which chain it is in. */
export const toGraph = (metadata: RuleChainMetadata): RuleChainGraph => ({
  ...metadata,
  ruleChainConnections: null,
  nodes: metadata.nodes.map((node) => ({ ...node, ruleChainId: metadata.ruleChainId ?? null, externalId: null })),
})

/** By the id of its chain; in files without ids, by its place. */
const metadataOf = (data: ImportRuleChainData, index: number): RuleChainMetadata => {
  const id = data.ruleChains[index]?.id?.id
  const found =
    data.metadata.find(({ ruleChainId }) => id !== undefined && ruleChainId?.id === id) ?? data.metadata[index]
  if (!found) throw new AppError('RULE_CHAIN_INVALID', 'The file has no metadata for this rule chain')
  return found
}

const toExported = (chain: RuleChain, newIds: ReadonlyMap<string, string>): RuleChainData['ruleChains'][number] => ({
  ...chain,
  id: entityId('RULE_CHAIN', newIds.get(chain.id.id) ?? randomUUID()),
  tenantId: null,
  firstRuleNodeId: null,
})

/** Replaces the ids of chains wherever they stand: in the link to the chain, and in the configurations of nodes. */
const withIds = (metadata: RuleChainMetadata, newIds: ReadonlyMap<string, string>): RuleChainMetadata => ({
  ...metadata,
  ...(metadata.ruleChainId && {
    ruleChainId: entityId('RULE_CHAIN', newIds.get(metadata.ruleChainId.id.toLowerCase()) ?? metadata.ruleChainId.id),
  }),
  nodes: metadata.nodes.map((node) => ({ ...node, configuration: replaced(node.configuration, newIds) })),
  ...(metadata.ruleChainConnections && {
    ruleChainConnections: metadata.ruleChainConnections.map((link) => ({
      ...link,
      targetRuleChainId: {
        ...link.targetRuleChainId,
        id: newIds.get(link.targetRuleChainId.id.toLowerCase()) ?? link.targetRuleChainId.id,
      },
    })),
  }),
})

const replaced = (value: unknown, newIds: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string') return newIds.get(value.toLowerCase()) ?? value
  if (Array.isArray(value)) return value.map((one) => replaced(one, newIds))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, newIds)]))
}

/** What is our own fault is told to nobody in detail. */
const textOf = (error: unknown): string => {
  if (!(error instanceof AppError) || error.act !== 'caller') throw error
  return error.message
}
