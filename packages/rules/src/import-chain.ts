import { type NodeConnection, type RuleChainFile, type RuleNode, ruleChainFileSchema } from '@thingwire/contracts'
import type { z } from 'zod'
import { chainsInFile } from './chain-forms.ts'
import { linksAsNodes } from './chain-links.ts'
import { graphProblems } from './graph.ts'
import type { NodeRegistry } from './registry.ts'
import { readNodeConfig, withReadScalars } from './node-config.ts'
import { unknownTypeText } from './unknown-types.ts'
import { upgradeNodeConfig } from './upgrade-node.ts'

/** `links`: the nodes that were made of links to other chains, by index; they are named alike. */
export type ImportResult =
  | { ok: true; file: RuleChainFile; warnings: string[]; links: readonly number[] }
  | { ok: false; problems: string[] }

/**
 * Reads a file of one rule chain, in any form and of any age (as ThingsBoard): legacy chain links become nodes,
 * configurations climb to their present version, the old debug flag becomes debug settings. The result is never a root
 * chain and carries no ids or version. Nodes of unknown types stay exactly as they are.
 */
export const importRuleChain = (file: unknown, registry: NodeRegistry): ImportResult => {
  const [only, ...others] = chainsInFile(file)
  if (!only) return { ok: false, problems: ['The file holds no rule chain.'] }
  if (others.length > 0) return { ok: false, problems: [`The file holds ${others.length + 1} rule chains, not one.`] }
  const parsed = ruleChainFileSchema.safeParse(only)
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(issueText) }
  const { ruleChain } = parsed.data
  const { drawing, made: links, problems } = linksAsNodes(parsed.data.metadata)
  const { firstNodeIndex = null, notes } = drawing
  const warnings: string[] = []
  const nodes = drawing.nodes.map((node) => importNode(node, registry, warnings))
  const connections = withoutRepeats(drawing.connections.map((one) => underPresentLabel(one, nodes, registry)))
  problems.push(...graphProblems({ nodes, connections, firstNodeIndex }))
  if (problems.length > 0) return { ok: false, problems }
  return {
    ok: true,
    warnings,
    links,
    file: {
      ruleChain: { ...ruleChain, root: false, debugMode: false },
      metadata: { firstNodeIndex, nodes, connections, ruleChainConnections: null, ...(notes && { notes }) },
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
  const { warning, ...climbed } = upgradeNodeConfig(manifest, node)
  const upgraded = { ...climbed, configuration: withReadScalars(manifest, climbed.configuration) }
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
