import type { EntityType, ImportRuleChainData } from '@thingwire/contracts'
import type { ChainReport } from './chain-report.ts'
import type { SourceChain } from './chain-source.ts'
import { type Reference, withIds } from './references.ts'

/** What a person decided about one chain of a file. */
export type Choice = { isIncluded: boolean; name: string }

/** Things of a file that are here, by their id, and what stands in for others. */
export type Tie = { id: string; name: string }
export type Ties = ReadonlyMap<string, Tie>

export type ReferenceState =
  | { is: 'here'; name: string }
  /** Another chain of the same file, which comes with this one. */
  | { is: 'inFile'; name: string }
  | { is: 'tied'; to: Tie }
  | { is: 'missing' }
  /** Of a kind that cannot be looked up. */
  | { is: 'unchecked' }

export type Entry = { source: SourceChain; report: ChainReport; choice: Choice }

/** How it stands with a thing that a chain names. */
export const stateOf = (
  { id, entityType }: Pick<Reference, 'id' | 'entityType'>,
  p: { here: Ties; ties: Ties; entries: readonly Entry[]; isMappable: (type: EntityType) => boolean },
): ReferenceState => {
  const tie = p.ties.get(id)
  if (tie) return { is: 'tied', to: tie }
  const beside = p.entries.find(({ report, choice }) => choice.isIncluded && report.id === id)
  if (beside) return { is: 'inFile', name: beside.choice.name }
  const here = p.here.get(id)
  if (here) return { is: 'here', name: here.name }
  return { is: p.isMappable(entityType) ? 'missing' : 'unchecked' }
}

const idMap = (ties: Ties): ReadonlyMap<string, string> => new Map([...ties].map(([id, tie]) => [id, tie.id]))

/** The one chain as the import takes it: as it came, under its name, tied to what was chosen. */
export const fileOf = ({ source, choice }: Entry, ties: Ties): unknown => ({
  ruleChain: { ...source.ruleChain, name: choice.name.trim() },
  metadata: withIds(source.metadata, idMap(ties)),
})

/** Several chains as the import takes them; `newId` names those that the file has no id for. */
export const dataOf = (entries: readonly Entry[], ties: Ties, newId: () => string): ImportRuleChainData => {
  const ids = idMap(ties)
  const data: ImportRuleChainData = { ruleChains: [], metadata: [] }
  for (const { report, choice } of entries) {
    if (!report.file) continue
    const { ruleChain, metadata } = report.file
    const id = { entityType: 'RULE_CHAIN' as const, id: report.id ?? newId() }
    const { type, additionalInfo } = ruleChain
    data.ruleChains.push({ id, name: choice.name.trim(), type, additionalInfo })
    data.metadata.push({
      ...metadata,
      ruleChainId: id,
      nodes: metadata.nodes.map((node) => ({ ...node, configuration: withIds(node.configuration, ids) })),
    })
  }
  return data
}

export type Obstacle = 'none' | 'unnamed' | 'unsound'

/** What keeps the chosen chains from being stored. */
export const obstacleOf = (entries: readonly Entry[]): Obstacle | null => {
  const chosen = entries.filter(({ choice }) => choice.isIncluded)
  if (chosen.length === 0) return 'none'
  if (chosen.some(({ report }) => report.problems.length > 0)) return 'unsound'
  return chosen.some(({ choice }) => choice.name.trim() === '') ? 'unnamed' : null
}
