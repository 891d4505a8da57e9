import { type NodeConnection, type RuleChainFile, type RuleNode, ruleChainFileSchema } from '@thingwire/contracts'
import type { z } from 'zod'
import { chainsInFile } from './chain-forms.ts'
import { graphProblems } from './graph.ts'
import type { NodeRegistry } from './registry.ts'
import { readNodeConfig } from './node-config.ts'
import { unknownTypeText } from './unknown-types.ts'
import { upgradeNodeConfig } from './upgrade-node.ts'

export type ImportResult = { ok: true; file: RuleChainFile; warnings: string[] } | { ok: false; problems: string[] }

export type ImportOptions = {
  /** Name of a chain that a legacy link points at, when it is known; names the node made from the link. */
  chainName?: (ruleChainId: string) => string | undefined
}

export const ruleChainInputClass = 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode'

/**
 * Reads a file of one rule chain, in any form and of any age (as ThingsBoard): legacy chain links become nodes, configurations climb
 * to their present version, the old debug flag becomes debug settings. The result is never a root chain and carries no
 * ids or version. Nodes of unknown types stay exactly as they are.
 */
export const importRuleChain = (file: unknown, registry: NodeRegistry, options: ImportOptions = {}): ImportResult => {
  const [only, ...others] = chainsInFile(file)
  if (!only) return { ok: false, problems: ['The file holds no rule chain.'] }
  if (others.length > 0) return { ok: false, problems: [`The file holds ${others.length + 1} rule chains, not one.`] }
  const parsed = ruleChainFileSchema.safeParse(only)
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(issueText) }
  const { ruleChain, metadata } = parsed.data
  const problems: string[] = []
  const warnings: string[] = []
  const linked = chainLinksAsNodes(metadata, options, problems)
  const nodes = [...metadata.nodes, ...linked.nodes].map((node) => importNode(node, registry, warnings))
  const connections = withoutRepeats(
    [...metadata.connections, ...linked.connections].map((one) => underPresentLabel(one, nodes, registry)),
  )
  problems.push(...graphProblems({ nodes, connections, firstNodeIndex: metadata.firstNodeIndex }))
  if (problems.length > 0) return { ok: false, problems }
  return {
    ok: true,
    warnings,
    file: {
      ruleChain: { ...ruleChain, root: false, debugMode: false },
      metadata: {
        firstNodeIndex: metadata.firstNodeIndex ?? null,
        nodes,
        connections,
        ruleChainConnections: null,
        ...(metadata.notes ? { notes: metadata.notes } : {}),
      },
    },
  }
}

const issueText = ({ path, message }: z.core.$ZodIssue): string =>
  path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`

const importNode = (node: RuleNode, registry: NodeRegistry, warnings: string[]): RuleNode => {
  const { id: _, debugMode, ...rest } = node
  const debugged: RuleNode = debugMode
    ? { ...rest, debugSettings: { failuresEnabled: true, allEnabled: true, allEnabledUntil: 0 } }
    : rest
  const manifest = registry.find(node.type)
  if (!manifest) {
    warnings.push(`Node "${node.name}": ${unknownTypeText(node.type)}; messages that reach it will fail.`)
    return debugged
  }
  const { warning, ...upgraded } = upgradeNodeConfig(manifest, node)
  if (warning) warnings.push(`Node "${node.name}": ${warning}`)
  if (manifest.needs) {
    warnings.push(
      `Node "${node.name}": needs ${manifest.needs}, which is not available yet; messages that reach it will fail.`,
    )
  } else if (!readNodeConfig(manifest, upgraded.configuration).success) {
    warnings.push(
      `Node "${node.name}": its configuration is not valid; messages that reach it will fail until it is corrected.`,
    )
  }
  return { ...debugged, ...upgraded }
}

const chainLinksAsNodes = (
  metadata: RuleChainFile['metadata'],
  { chainName }: ImportOptions,
  problems: string[],
): { nodes: RuleNode[]; connections: NodeConnection[] } => {
  const nodes: RuleNode[] = []
  const connections: NodeConnection[] = []
  /** Links that were drawn to the same box, by what tells boxes apart. */
  const boxes = new Map<string, number>()
  for (const link of metadata.ruleChainConnections ?? []) {
    if (link.fromIndex >= metadata.nodes.length) {
      problems.push(
        `Rule chain link "${link.type}" starts at node ${link.fromIndex}, but the chain has ${metadata.nodes.length} nodes.`,
      )
      continue
    }
    const { layoutX, layoutY, ruleChainNodeId } = link.additionalInfo ?? {}
    const box = JSON.stringify([link.targetRuleChainId.id, layoutX, layoutY, ruleChainNodeId])
    const toIndex = boxes.get(box) ?? metadata.nodes.length + nodes.length
    connections.push({ fromIndex: link.fromIndex, toIndex, type: link.type })
    if (boxes.has(box)) continue
    boxes.set(box, toIndex)
    nodes.push({
      type: ruleChainInputClass,
      name: chainName?.(link.targetRuleChainId.id) ?? 'Rule Chain Input',
      singletonMode: false,
      configurationVersion: 0,
      configuration: { ruleChainId: link.targetRuleChainId.id },
      additionalInfo: {
        ...(layoutX === undefined ? {} : { layoutX }),
        ...(layoutY === undefined ? {} : { layoutY }),
      },
    })
  }
  return { nodes, connections }
}

/** Labels that a node had in an earlier version lead where today's do. */
const underPresentLabel = (
  connection: NodeConnection,
  nodes: readonly RuleNode[],
  registry: NodeRegistry,
): NodeConnection => {
  const former = registry.find(nodes[connection.fromIndex]?.type ?? '')?.formerLabels ?? {}
  const [, label] = Object.entries(former).find(([old]) => old.toLowerCase() === connection.type.toLowerCase()) ?? []
  return label === undefined ? connection : { ...connection, type: label }
}

const withoutRepeats = (connections: readonly NodeConnection[]): NodeConnection[] => {
  const seen = new Set<string>()
  return connections.filter(({ fromIndex, toIndex, type }) => {
    const key = `${fromIndex} ${toIndex} ${type}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
