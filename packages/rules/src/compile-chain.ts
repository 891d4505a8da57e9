import type { NodeManifest } from './node.ts'
import { graphProblems, topologicalOrder } from './graph.ts'
import type { NodeRegistry } from './registry.ts'
import type { StoredRuleChain, StoredRuleNode } from './stored-chain.ts'
import { readNodeConfig } from './node-config.ts'
import { type Bypass, bypassOf } from './pass-by.ts'
import { unknownTypeText } from './unknown-types.ts'
import { upgradeNodeConfig } from './upgrade-node.ts'

/** Where a label leads. `label` is as drawn; the table's keys are lower-cased since labels match in any case. */
export type Connection = { label: string; targets: readonly number[] }

/** What of a node's work is written down as debug events. */
export type NodeDebug = {
  failures: boolean
  /** Everything, until then: epoch ms. */
  allUntilMs: number
}

export type CompiledNode = {
  index: number
  id: string
  name: string
  /** As stored: ThingsBoard's class name. */
  type: string
  queueName: string | null
  debug: NodeDebug
  connections: ReadonlyMap<string, Connection>
  /** Set when the node is switched off. What may be wrong with it then matters to nobody. */
  bypass: Bypass | null
} & ({ manifest: NodeManifest; config: unknown; problem: null } | { manifest: NodeManifest | null; problem: string })

/** One version of a chain, ready to run: nodes by index, labels resolved to indexes. Immutable. */
export type CompiledChain = {
  id: string
  name: string
  version: number
  firstNode: number | null
  nodes: readonly CompiledNode[]
  indexById: ReadonlyMap<string, number>
  /** Node indexes, each before all it leads to: called in this order, a node meets all its messages of a batch at once. */
  order: readonly number[]
}

export type CompileResult = { ok: true; chain: CompiledChain } | { ok: false; problems: string[] }

/**
 * Checks the drawing and resolves nodes and labels. A node of an unknown type or with a config its schema refuses does
 * not stop the chain: it carries its `problem`, and messages that reach it fail with that text.
 */
export const compileChain = (stored: StoredRuleChain, registry: NodeRegistry): CompileResult => {
  const problems = graphProblems(stored)
  if (problems.length > 0) return { ok: false, problems }
  const tables = connectionTables(stored)
  const nodes = stored.nodes.map((node, index) =>
    compileNode({ node, index, connections: tables[index] ?? new Map(), registry }),
  )
  return {
    ok: true,
    chain: {
      id: stored.id,
      name: stored.name,
      version: stored.version,
      firstNode: stored.firstNodeIndex,
      nodes,
      indexById: new Map(nodes.map((node) => [node.id, node.index])),
      order: topologicalOrder(nodes.length, stored.connections).order,
    },
  }
}

const connectionTables = (stored: StoredRuleChain): Map<string, Connection>[] => {
  const tables = stored.nodes.map(() => new Map<string, { label: string; targets: number[] }>())
  for (const { fromIndex, toIndex, type } of stored.connections) {
    const table = tables[fromIndex]
    const known = table?.get(type.toLowerCase())
    if (!known) table?.set(type.toLowerCase(), { label: type, targets: [toIndex] })
    else if (!known.targets.includes(toIndex)) known.targets.push(toIndex)
  }
  return tables
}

const compileNode = (input: {
  node: StoredRuleNode
  index: number
  connections: ReadonlyMap<string, Connection>
  registry: NodeRegistry
}): CompiledNode => {
  const { node, index, connections, registry } = input
  const debug = {
    failures: node.debugSettings?.failuresEnabled ?? false,
    allUntilMs: node.debugSettings?.allEnabledUntil ?? 0,
  }
  const base = {
    index,
    id: node.id,
    name: node.name,
    type: node.type,
    queueName: node.queueName ?? null,
    debug,
    connections,
    bypass: bypassOf(node),
  }
  const manifest = registry.find(node.type)
  if (!manifest) return { ...base, manifest: null, problem: unknownTypeText(node.type) }
  if (manifest.needs)
    return { ...base, manifest, problem: `"${manifest.name}" needs ${manifest.needs}, which is not available yet` }
  const upgraded = upgradeNodeConfig(manifest, node)
  const parsed = readNodeConfig(manifest, upgraded.configuration)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const place = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''
    return { ...base, manifest, problem: `Invalid configuration of "${node.name}": ${place}${issue?.message}` }
  }
  return { ...base, queueName: upgraded.queueName ?? null, manifest, config: parsed.data, problem: null }
}
