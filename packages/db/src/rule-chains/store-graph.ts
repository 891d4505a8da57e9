import type { RuleNode } from '@thingwire/contracts'
import type { PrismaTransaction } from '../connection/prisma.ts'
import { uuidV7 } from '../uuid.ts'
import { type Graph, toStoredDebug } from './graph.ts'

type GraphWrite = { tx: PrismaTransaction; maxDebugMs?: number | undefined }

/** Replaces nodes and links. Nodes of the chain keep their id and creation time; an id that is another chain's is not taken over. */
export const storeGraph = async (
  { tx, maxDebugMs }: GraphWrite,
  ruleChainId: string,
  { nodes, connections, firstNodeIndex }: Graph,
): Promise<void> => {
  const now = Date.now()
  const ids = await settleIds(tx, ruleChainId, nodes)
  await tx.ruleNodeConnection.deleteMany({ where: { ruleChainId } })
  // Nodes that stay are changed and not made anew: each one that goes has its connections looked for.
  await tx.$executeRaw`DELETE FROM rule_nodes WHERE rule_chain_id = ${ruleChainId}::uuid AND id <> ALL(${ids}::uuid[])`
  if (nodes.length > 0) {
    // Thousands of rows go as one parameter a column: through the client's own statements they would take seconds.
    const column = (pick: (node: RuleNode) => string | null) => nodes.map(pick)
    const json = (pick: (node: RuleNode) => unknown) =>
      column((node) => {
        const value = pick(node)
        return value === null || value === undefined ? null : JSON.stringify(value)
      })
    await tx.$executeRaw`
      INSERT INTO rule_nodes (rule_chain_id, position, id, created_time, type, name, debug_settings, singleton_mode,
        queue_name, configuration_version, configuration, additional_info)
      SELECT ${ruleChainId}::uuid, n.place - 1, n.id, ${BigInt(now)}::bigint, n.type, n.name,
        n.debug_settings::jsonb, n.singleton_mode, n.queue_name, n.configuration_version, n.configuration::json,
        n.additional_info::jsonb
      FROM unnest(
        ${ids}::uuid[],
        ${column(({ type }) => type)}::text[],
        ${column(({ name }) => name)}::text[],
        ${json((node) => toStoredDebug(node, now, maxDebugMs))}::text[],
        ${column(({ singletonMode }) => String(singletonMode))}::boolean[],
        ${column(({ queueName }) => queueName ?? null)}::text[],
        ${column(({ configurationVersion }) => String(configurationVersion))}::integer[],
        ${json(({ configuration }) => configuration)}::text[],
        ${json(({ additionalInfo }) => additionalInfo)}::text[]
      ) WITH ORDINALITY AS n(id, type, name, debug_settings, singleton_mode, queue_name,
        configuration_version, configuration, additional_info, place)
      ON CONFLICT (id) DO UPDATE SET position = excluded.position, type = excluded.type, name = excluded.name,
        debug_settings = excluded.debug_settings, singleton_mode = excluded.singleton_mode,
        queue_name = excluded.queue_name, configuration_version = excluded.configuration_version,
        configuration = excluded.configuration, additional_info = excluded.additional_info
      WHERE rule_nodes.rule_chain_id = excluded.rule_chain_id`
  }
  const links = connections.flatMap(({ fromIndex, toIndex, type }) => {
    const [from, to] = [ids[fromIndex], ids[toIndex]]
    return from && to ? [{ from, to, type }] : []
  })
  if (links.length > 0)
    await tx.$executeRaw`
      INSERT INTO rule_node_connections (rule_chain_id, from_node_id, to_node_id, type)
      SELECT ${ruleChainId}::uuid, l.from_id, l.to_id, l.type
      FROM unnest(${links.map(({ from }) => from)}::uuid[], ${links.map(({ to }) => to)}::uuid[],
        ${links.map(({ type }) => type)}::text[]) AS l(from_id, to_id, type)`
  await tx.ruleChain.update({
    where: { id: ruleChainId },
    data: { firstRuleNodeId: firstNodeIndex === null ? null : (ids[firstNodeIndex] ?? null) },
  })
}

/** The id of each node: the one it comes with, unless that is another chain's. */
const settleIds = async (tx: PrismaTransaction, ruleChainId: string, nodes: readonly RuleNode[]): Promise<string[]> => {
  const given = nodes.flatMap((node) => (node.id ? [node.id.id] : []))
  const foreign = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM rule_nodes WHERE id = ANY(${given}::uuid[]) AND rule_chain_id <> ${ruleChainId}::uuid`
  const taken = new Set(foreign.map(({ id }) => id))
  return nodes.map((node) => {
    const id = node.id?.id.toLowerCase()
    if (!id || taken.has(id)) return uuidV7()
    // The same id twice in one file: the first node keeps it.
    taken.add(id)
    return id
  })
}
