import type { ImportRuleChainData, SaveRuleChain } from '@thingwire/contracts'
import { api, pageIn } from './http.ts'

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
export const usesOfChain = (ruleChainId: string, signal?: AbortSignal) =>
  api('GET /api/ruleChain/{ruleChainId}/usedBy', { path: { ruleChainId }, signal })

/** Nodes of all chains that have the text in name, description or configuration, scripts too; a hundred at most. */
export const searchChains = (textSearch: string, signal?: AbortSignal) =>
  api('GET /api/ruleChains/search', { query: { textSearch }, signal })

/** Kinds of things that a chain can be tied to again after it has moved here. */
export const mappableTypes = ['RULE_CHAIN', 'DEVICE', 'ASSET', 'CUSTOMER'] as const
export type MappableType = (typeof mappableTypes)[number]
export type Named = { id: string; name: string }

const inChunks = async <T>(ids: readonly string[], load: (some: readonly string[]) => Promise<readonly T[]>) => {
  const found: T[] = []
  for (let at = 0; at < ids.length; at += 50) found.push(...(await load(ids.slice(at, at + 50))))
  return found
}

const named = ({ id, name }: { id: { id: string }; name: string }): Named => ({ id: id.id, name })

/** Those of the ids that there are here, with their names. */
export const findNamed = async (type: MappableType, ids: readonly string[]): Promise<Named[]> => {
  switch (type) {
    case 'RULE_CHAIN':
      return inChunks(ids, async (ruleChainIds) =>
        (await api('GET /api/ruleChains/list', { query: { ruleChainIds } })).map(named),
      )
    case 'DEVICE':
      return inChunks(ids, async (deviceIds) => (await api('GET /api/devices', { query: { deviceIds } })).map(named))
    case 'ASSET':
      return inChunks(ids, async (assetIds) => (await api('GET /api/assets', { query: { assetIds } })).map(named))
    case 'CUSTOMER':
      return inChunks(ids, async (customerIds) =>
        (await api('GET /api/customers/list', { query: { customerIds } })).map(named),
      )
  }
}

/** The first things of a kind whose name has the text. */
export const searchNamed = async (type: MappableType, textSearch: string, signal?: AbortSignal): Promise<Named[]> => {
  const query = { page: 0, pageSize: 20, textSearch, sortProperty: type === 'CUSTOMER' ? 'title' : 'name' }
  switch (type) {
    case 'RULE_CHAIN':
      return pageIn(await api('GET /api/ruleChains', { query, signal })).data.map(named)
    case 'DEVICE':
      return (await api('GET /api/tenant/deviceInfos', { query, signal })).data.map(named)
    case 'ASSET':
      return (await api('GET /api/tenant/assetInfos', { query, signal })).data.map(named)
    case 'CUSTOMER':
      return pageIn(await api('GET /api/customers', { query, signal })).data.map(named)
  }
}

export const listScriptLibraries = (signal?: AbortSignal) =>
  api('GET /api/scriptLibraries', { query: { page: 0, pageSize: 500 }, signal })

/** What lists tell of chains beside their names. */
export const summariesOfChains = (ruleChainIds: readonly string[], signal?: AbortSignal) =>
  api('GET /api/ruleChains/summaries', { query: { ruleChainIds }, signal })
