import type { OutputLabelsUsage, RuleChain, RuleNode } from '@thingwire/contracts'
import type { PrismaTransaction } from '../connection/prisma.ts'
import type { StoredRuleChain } from '../database.ts'
import { isRecord } from '../rows.ts'
import type { Publisher } from '../drafts/tables.ts'
import { lockChain, recordFirstVersion, recordVersion } from './chain-versions.ts'
import { toRuleChain, withGraph } from './rule-chain-rows.ts'

/** The name of an output node is the label along which messages leave the node that called the chain. */
const outputNode = 'org.thingsboard.rule.engine.flow.TbRuleChainOutputNode'
export const inputNode = 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode'

type ChainFilter = { tenantId?: string; id?: string }

export const outputLabels = async (tx: PrismaTransaction, chain: ChainFilter): Promise<string[]> => {
  const rows = await tx.ruleNode.findMany({
    where: { type: outputNode, ruleChain: chain },
    select: { name: true },
    orderBy: { position: 'asc' },
  })
  return [...new Set(rows.map(({ name }) => name))]
}

export const outputLabelUsages = async (
  tx: PrismaTransaction,
  chains: ChainFilter,
  ruleChainId: string,
): Promise<OutputLabelsUsage[]> => {
  const rows = await tx.ruleNode.findMany({
    where: { type: inputNode, ruleChain: chains },
    include: { outgoing: { select: { type: true } }, ruleChain: { select: { id: true, name: true } } },
    orderBy: { id: 'asc' },
  })
  return rows
    .filter(({ configuration }) => isRecord(configuration) && configuration.ruleChainId === ruleChainId)
    .map((row) => ({
      ruleChainId: { entityType: 'RULE_CHAIN', id: row.ruleChain.id },
      ruleNodeId: { entityType: 'RULE_NODE', id: row.id },
      ruleChainName: row.ruleChain.name,
      ruleNodeName: row.name,
      labels: [...new Set(row.outgoing.map(({ type }) => type))],
    }))
}

/** A chain whose connections followed the new names of another one's output nodes. */
export type RelabelledChain = RuleChain

/**
 * Renames the connections of nodes that call a chain as its output nodes were renamed. A label that two output nodes
 * had, and that is now two, stays: nobody can tell which was meant.
 */
export const relabelUsages = async (
  tx: PrismaTransaction,
  o: {
    tenantId: string
    before: readonly Pick<RuleNode, 'id' | 'type' | 'name'>[]
    after: StoredRuleChain
    publisher: Publisher | undefined
  },
): Promise<RelabelledChain[]> => {
  const renamed = newLabels(o.before, o.after.metadata.nodes)
  if (renamed.size === 0) return []
  const usages = await outputLabelUsages(tx, { tenantId: o.tenantId }, o.after.chain.id.id)
  const affected = usages.filter(({ labels }) => labels.some((label) => renamed.has(label)))
  const chainIds = [...new Set(affected.map(({ ruleChainId }) => ruleChainId.id))].sort()
  for (const id of chainIds) {
    await lockChain(tx, o.tenantId, id)
    await recordFirstVersion(tx, id)
  }
  for (const usage of affected) {
    const links = await tx.ruleNodeConnection.findMany({ where: { fromNodeId: usage.ruleNodeId.id } })
    await tx.ruleNodeConnection.deleteMany({ where: { fromNodeId: usage.ruleNodeId.id } })
    await tx.ruleNodeConnection.createMany({
      data: links.map((link) => ({ ...link, type: renamed.get(link.type) ?? link.type })),
      skipDuplicates: true,
    })
  }
  const relabelled: RelabelledChain[] = []
  for (const id of chainIds) {
    const row = await tx.ruleChain.update({
      where: { id },
      data: { version: { increment: 1 } },
      include: withGraph,
    })
    await recordVersion(tx, row, o.publisher)
    relabelled.push(toRuleChain(row))
  }
  return relabelled
}

/** Old label → new label of output nodes that kept their id. */
const newLabels = (
  before: readonly Pick<RuleNode, 'id' | 'type' | 'name'>[],
  after: readonly RuleNode[],
): Map<string, string> => {
  const nameNow = new Map(after.filter(({ type }) => type === outputNode).map((node) => [node.id?.id, node.name]))
  const renamed = new Map<string, Set<string>>()
  for (const { id, type, name } of before) {
    const now = nameNow.get(id?.id)
    if (type !== outputNode || now === undefined) continue
    renamed.set(name, (renamed.get(name) ?? new Set()).add(now))
  }
  return new Map(
    [...renamed].flatMap(([label, names]) => {
      const [only] = names
      return names.size === 1 && only !== undefined && only !== label ? [[label, only] as const] : []
    }),
  )
}
