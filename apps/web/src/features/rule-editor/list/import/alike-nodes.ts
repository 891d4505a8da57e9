import type { RemarkedNode } from './chain-report.ts'

/** Nodes of one type with the same remarks. `names`: each once. */
export type AlikeNodes = Pick<RemarkedNode, 'typeName' | 'remarks'> & {
  nodes: readonly RemarkedNode[]
  names: readonly string[]
}

/** In the order in which the first of each group comes. */
export const alikeNodes = (nodes: readonly RemarkedNode[]): AlikeNodes[] =>
  [...Map.groupBy(nodes, ({ typeName, remarks }) => JSON.stringify([typeName, remarks])).values()].flatMap((group) => {
    const [first] = group
    return first
      ? [
          {
            typeName: first.typeName,
            remarks: first.remarks,
            nodes: group,
            names: [...new Set(group.map(({ name }) => name))],
          },
        ]
      : []
  })
