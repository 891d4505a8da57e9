import type { ImportRuleChainData, RuleChainUses, SaveRuleChain } from '@thingwire/contracts'
import type { RuleChainView } from './entities.ts'
import { api } from './http.ts'

/** Makes an empty chain, or with an id changes name and description of one. */
export const saveRuleChain = (body: SaveRuleChain) => api('POST /api/ruleChain', { body })

export const makeRootChain = (ruleChainId: string) =>
  api('POST /api/ruleChain/{ruleChainId}/root', { path: { ruleChainId } })

export const deleteRuleChain = (ruleChainId: string) =>
  api('DELETE /api/ruleChain/{ruleChainId}', { path: { ruleChainId } })

/** All chains of the tenant in one file. */
export const exportAllChains = () => api('GET /api/ruleChains/export', { query: { limit: '1000' } })

/** Chains of a file that holds several. `overwrite`: those of the same name are replaced. */
export const importChains = (body: ImportRuleChainData, overwrite: boolean) =>
  api('POST /api/ruleChains/import', { query: { overwrite }, body })

/** What would miss a chain. */
export const usesOfChain = async (chain: RuleChainView, signal?: AbortSignal): Promise<RuleChainUses> => {
  const path = { ruleChainId: chain.id.id }
  const usage = await api('GET /api/ruleChain/{ruleChainId}/output/labels/usage', { path, signal })
  const nodes = usage.map(({ ruleChainId, ruleNodeId, ruleChainName, ruleNodeName }) => ({
    ...{ ruleChainId: ruleChainId.id, ruleNodeId: ruleNodeId.id, ruleChainName, ruleNodeName },
  }))
  return { isRoot: chain.root, nodes, profiles: [] }
}
