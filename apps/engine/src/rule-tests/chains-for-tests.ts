import { AppError, type RuleChain, type RuleChainMetadata } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import {
  type CompiledChain,
  chainOfFile,
  type DryReads,
  type HandlerRegistry,
  type NodeRegistry,
} from '@thingwire/rules'
import type { ScriptRunner } from '../scripting/script-runner.ts'

export type ChainsForTestsDeps = {
  database: Pick<Database, 'ruleChains' | 'attributes' | 'entities'>
  nodes: NodeRegistry
  handlers: HandlerRegistry
  scripts: Pick<ScriptRunner, 'portOf'>
}

/** What a dry run of a tenant's chain stands on: other chains of the tenant, and everything that may be read. */
export const chainsForTests = ({ database, nodes, handlers, scripts }: ChainsForTestsDeps) => {
  const compiled = (chain: RuleChain, metadata: RuleChainMetadata): CompiledChain => {
    const { name, type } = chain
    // Tests that cannot be read are no reason why the chain could not run.
    const found = chainOfFile({ ruleChain: { name, type }, metadata }, chain.id.id, nodes)
    if (!found.ok) throw new AppError('RULE_CHAIN_INVALID', found.problems.join(' '))
    return found.chain
  }

  const readsOf = (tenantId: string): DryReads => ({
    scripts: scripts.portOf(tenantId),
    attributes: (queries) => database.attributes.findMany(tenantId, queries),
    entities: {
      exist: async (ids) => {
        const heads = await database.entities.findHeads(tenantId, ids)
        return ids.map(({ id }) => heads.some((head) => head.id.id === id.toLowerCase()))
      },
      defaultRuleChains: (ids) =>
        Promise.all(ids.map(async (id) => (await database.entities.findHead(tenantId, id))?.ruleChainId ?? null)),
    },
  })

  return {
    compiled,
    surroundingsOf: (tenantId: string) => ({
      tenantId,
      handlers,
      reads: readsOf(tenantId),
      callee: async (ruleChainId: string): Promise<CompiledChain | undefined> => {
        const row = await database.ruleChains.load(tenantId, ruleChainId)
        return row ? compiled(row.chain, row.metadata) : undefined
      },
    }),
  }
}
