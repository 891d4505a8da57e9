import { copyName } from './copy-name.ts'
import { exportRuleChain, importRuleChain, listRuleChains, type RuleChainView } from '@/api/rule-chains.ts'
import { exportAllChains } from '@/api/rule-chain-list.ts'
import { saveJson } from '@/components/json-file.tsx'

/** Hands a person one chain as a file. */
export const saveChain = async (chain: RuleChainView) => saveJson(chain.name, await exportRuleChain(chain.id.id))

/** Several chains in one file; their ids hold the links between them, and an import gives them new ones. */
export const saveChains = async (name: string, chains: readonly RuleChainView[]) => {
  const ruleChains = []
  const metadata = []
  for (const { id } of chains) {
    const file = await exportRuleChain(id.id)
    ruleChains.push({ ...file.ruleChain, id })
    metadata.push({ ...file.metadata, ruleChainId: id })
  }
  saveJson(name, { ruleChains, metadata })
}

export const saveAllChains = async (name: string) => saveJson(name, await exportAllChains())

/** A second chain with the same drawing, tests and description. */
export const duplicateChain = async (chain: RuleChainView, suffix: string) => {
  const [file, taken] = await Promise.all([
    exportRuleChain(chain.id.id),
    listRuleChains({ page: 0, pageSize: 1_000, textSearch: chain.name }),
  ])
  const name = copyName(chain.name, suffix, new Set(taken.data.map((other) => other.name)))
  const { ruleChain } = await importRuleChain({ ...file, ruleChain: { ...file.ruleChain, name } })
  return ruleChain
}
