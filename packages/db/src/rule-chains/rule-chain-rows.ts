import {
  debugSettingsSchema,
  type NodeConnection,
  type RuleChain,
  type RuleChainMetadata,
  type RuleNode,
  ruleChainNoteSchema,
  ruleChainTypes,
} from '@thingwire/contracts'
import { z } from 'zod'
import type * as Generated from '../generated/client.ts'
import { isRecord, ms, toInfo } from '../rows.ts'

export type ChainRow = Generated.Prisma.RuleChainGetPayload<Record<never, never>>
export const withGraph = { nodes: { orderBy: { position: 'asc' } }, connections: true } as const
export type ChainWithGraph = Generated.Prisma.RuleChainGetPayload<{ include: typeof withGraph }>
type NodeRow = ChainWithGraph['nodes'][number]

export const toRuleChain = (row: ChainRow): RuleChain => ({
  id: { entityType: 'RULE_CHAIN', id: row.id },
  createdTime: ms(row.createdTime),
  additionalInfo: toInfo(row.additionalInfo),
  tenantId: { entityType: 'TENANT', id: row.tenantId },
  name: row.name,
  type: ruleChainTypes.find((type) => type === row.type) ?? 'CORE',
  firstRuleNodeId: row.firstRuleNodeId ? { entityType: 'RULE_NODE', id: row.firstRuleNodeId } : null,
  root: row.root,
  debugMode: row.debugMode,
  configuration: null,
  externalId: null,
  version: row.version,
})

/** Nodes in their stored order, connections sorted: a file that is imported and exported again keeps its indexes. */
export const toMetadata = (row: ChainWithGraph): RuleChainMetadata => {
  const indexOf = new Map(row.nodes.map((node, index) => [node.id, index]))
  const first = row.firstRuleNodeId === null ? undefined : indexOf.get(row.firstRuleNodeId)
  const connections = row.connections.flatMap((link): NodeConnection[] => {
    const fromIndex = indexOf.get(link.fromNodeId)
    const toIndex = indexOf.get(link.toNodeId)
    return fromIndex === undefined || toIndex === undefined ? [] : [{ fromIndex, toIndex, type: link.type }]
  })
  const notes = z.array(ruleChainNoteSchema).safeParse(row.notes)
  return {
    ruleChainId: { entityType: 'RULE_CHAIN', id: row.id },
    version: row.version,
    firstNodeIndex: first ?? null,
    nodes: row.nodes.map(toNode),
    connections: connections.sort(
      (a, b) => a.fromIndex - b.fromIndex || a.toIndex - b.toIndex || (a.type < b.type ? -1 : a.type > b.type ? 1 : 0),
    ),
    ruleChainConnections: null,
    ...(notes.success && notes.data.length > 0 && { notes: notes.data }),
  }
}

const toNode = (row: NodeRow): RuleNode => {
  const debug = debugSettingsSchema.safeParse(row.debugSettings)
  const node = {
    id: { entityType: 'RULE_NODE' as const, id: row.id },
    createdTime: ms(row.createdTime),
    type: row.type,
    name: row.name,
    debugSettings: debug.success ? debug.data : null,
    singletonMode: row.singletonMode,
    queueName: row.queueName,
    configurationVersion: row.configurationVersion,
    configuration: row.configuration,
    additionalInfo: isRecord(row.additionalInfo) ? row.additionalInfo : null,
  }
  return node
}
