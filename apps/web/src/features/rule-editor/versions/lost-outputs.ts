import type { ChainDocument } from '../model/document.ts'

const outputClass = 'org.thingsboard.rule.engine.flow.TbRuleChainOutputNode'

const outputsOf = ({ nodes }: ChainDocument): Set<string> =>
  new Set(Object.values(nodes).flatMap(({ className, name }) => (className === outputClass ? name : [])))

/** Labels along which calling chains went on, and cannot any more. */
export const lostOutputs = (before: ChainDocument, after: ChainDocument): string[] => {
  const left = outputsOf(after)
  return [...outputsOf(before)].filter((label) => !left.has(label))
}
