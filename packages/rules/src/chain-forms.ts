/** A rule chain as a file describes it, not looked at any closer. `id`: what other chains of the file know it by. */
export type ChainInFile = { id: string | null; ruleChain: Members; metadata: unknown }
type Members = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The rule chains of a file, in whichever form it holds them: an export of one chain, or of several; the drawing alone, as
 * the REST API has it; the entity as version control keeps it; a list of these. Empty: there is none.
 */
export const chainsInFile = (content: unknown): ChainInFile[] => {
  if (!isObject(content)) return Array.isArray(content) ? content.flatMap(chainsIn) : []
  const own = chainsIn(content)
  return own.length === 0 && Array.isArray(content.entities) ? content.entities.flatMap(chainsIn) : own
}

const chainsIn = (content: unknown): ChainInFile[] => {
  if (!isObject(content)) return []
  const { ruleChain, ruleChains, entity, metadata = content.metaData } = content
  if (isObject(ruleChain)) return [chainOf(ruleChain, metadata)]
  if (Array.isArray(ruleChains) && Array.isArray(metadata))
    return ruleChains.filter(isObject).map((chain, index) => chainOf(chain, drawingOf(chain, metadata, index)))
  if (content.entityType === 'RULE_CHAIN' && isObject(entity))
    return [chainOf(entity, metadata ?? (isDrawing(entity.configuration) ? entity.configuration : undefined))]
  return isDrawing(content) ? [chainOf({}, content)] : []
}

const isDrawing = (content: unknown): boolean =>
  isObject(content) && Array.isArray(content.nodes) && ('connections' in content || 'firstNodeIndex' in content)

const chainOf = (ruleChain: Members, metadata: unknown): ChainInFile => ({
  id: idOf(ruleChain.id),
  ruleChain,
  metadata,
})

const idOf = (value: unknown): string | null =>
  isObject(value) && typeof value.id === 'string' ? value.id.toLowerCase() : null

/** By the id of its chain; in files without ids, by its place. */
const drawingOf = (ruleChain: Members, metadata: readonly unknown[], index: number): unknown => {
  const id = idOf(ruleChain.id)
  const own = metadata.find((one) => id !== null && isObject(one) && idOf(one.ruleChainId) === id)
  return own ?? metadata[index]
}
