import { readFunction } from '@thingwire/dashboards'
import type { z } from 'zod'
import type { FunctionResult, FunctionsPort } from '../host/host.ts'
import type { entitiesHierarchySettingsSchema } from './manifest.ts'
import { lookOf, type NodeLook, nodeContext, plainLook, type TreeNode } from './node.ts'

type Settings = z.infer<typeof entitiesHierarchySettingsSchema>
type CodeName = keyof Settings

/** More nodes than this are not put in order by a function, which would be asked of every pair. */
const mostSorted = 60

const names = ['widgetCtx', 'nodeCtx']

/** The functions of the file about nodes; what fails is told by `failed` and done without. */
export const createNodeFunctions = (
  settings: Settings,
  { callMany, context = {} }: FunctionsPort & { context?: object },
  failed: (message: string) => void,
) => {
  const valuesOf = (results: readonly FunctionResult[]): unknown[] =>
    results.map((result) => {
      if (result.ok) return result.value
      failed(result.message)
      return undefined
    })
  const ask = async (name: CodeName, nodes: readonly TreeNode[]): Promise<unknown[]> => {
    const code = readFunction(settings[name])
    if (code === null || nodes.length === 0) return nodes.map(() => undefined)
    return valuesOf(
      await callMany(
        code,
        names,
        nodes.map((node) => [context, nodeContext(node)]),
      ),
    )
  }
  const sort = async (nodes: readonly TreeNode[]): Promise<readonly TreeNode[]> => {
    const byName = nodes.toSorted(
      (a, b) =>
        a.entity.id.entityType.localeCompare(b.entity.id.entityType) ||
        a.entity.name.localeCompare(b.entity.name, undefined, { numeric: true }),
    )
    const code = readFunction(settings.nodesSortFunction)
    if (code === null || nodes.length < 2 || nodes.length > mostSorted) return byName
    const pairs = byName.flatMap((_, a) => byName.slice(a + 1).map((__, n) => [a, a + 1 + n] as const))
    const contexts = byName.map(nodeContext)
    const answers = valuesOf(
      await callMany(
        code,
        ['widgetCtx', 'nodeCtx1', 'nodeCtx2'],
        pairs.map(([a, b]) => [context, contexts[a], contexts[b]]),
      ),
    )
    const order = new Map(pairs.map(([a, b], n) => [`${a} ${b}`, Number(answers[n])]))
    const compare = (a: number, b: number): number => {
      const told = a < b ? order.get(`${a} ${b}`) : -(order.get(`${b} ${a}`) ?? 0)
      return told === undefined || Number.isNaN(told) ? a - b : told || a - b
    }
    return byName
      .map((_, at) => at)
      .sort((a, b) => (a === b ? 0 : compare(a, b)))
      .flatMap((at) => byName[at] ?? [])
  }
  return {
    /** The file's query for the children of a node; undefined: the usual one. */
    query: async (node: TreeNode): Promise<unknown> => (await ask('nodeRelationQueryFunction', [node]))[0],
    /** In order, with their looks. */
    prepare: async (nodes: readonly TreeNode[], rootCount: number): Promise<readonly [TreeNode, NodeLook][]> => {
      const sorted = await sort(nodes)
      const [text, icon, hasChildren, isOpen, isDisabled] = await Promise.all([
        ask('nodeTextFunction', sorted),
        ask('nodeIconFunction', sorted),
        ask('nodeHasChildrenFunction', sorted),
        ask('nodeOpenedFunction', sorted),
        ask('nodeDisabledFunction', sorted),
      ])
      return sorted.map((node, at) => [
        node,
        lookOf(plainLook(node, rootCount), {
          text: text[at],
          icon: icon[at],
          hasChildren: hasChildren[at],
          isOpen: isOpen[at],
          isDisabled: isDisabled[at],
        }),
      ])
    },
  }
}
