import { type ChainDocumentData, chainTestsMember } from '@thingwire/contracts'
import type { PrismaTransaction } from '../connection/prisma.ts'
import type { Publisher } from '../drafts/tables.ts'
import { maxVersions } from '../drafts/version-store.ts'
import { ms, toInfo, withoutNul } from '../rows.ts'
import { type ChainWithGraph, toMetadata, withGraph } from './rule-chain-rows.ts'

/** The platform itself. */
const nobody: Publisher = { userId: null }

/** A chain's drawing and tests as drafts and versions hold them. */
export const toDocument = (row: ChainWithGraph): ChainDocumentData => {
  const { firstNodeIndex, nodes, connections, notes } = toMetadata(row)
  return {
    metadata: { firstNodeIndex: firstNodeIndex ?? null, nodes, connections, notes: notes ?? null },
    tests: testsIn(row.additionalInfo),
  }
}

/** The tests that a chain carries in its `additionalInfo`. */
export const testsIn = (additionalInfo: unknown): unknown[] => {
  const tests = toInfo(additionalInfo)?.[chainTestsMember]
  return Array.isArray(tests) ? tests : []
}

type StoredState = { row: ChainWithGraph; publisher: Publisher; atMs: number }

const insert = async (tx: PrismaTransaction, { row, publisher, atMs }: StoredState): Promise<void> => {
  const document = toDocument(row)
  const note = publisher.note ? withoutNul(publisher.note) : null
  // A user may be deleted while they publish; what they published stands all the same.
  await tx.$executeRaw`
    INSERT INTO rule_chain_versions
      (rule_chain_id, tenant_id, version, created_time, user_id, note, nodes, connections, document)
    VALUES (${row.id}::uuid, ${row.tenantId}::uuid, ${row.version}, ${BigInt(atMs)},
      (SELECT id FROM users WHERE id = ${publisher.userId}::uuid), ${note},
      ${document.metadata.nodes.length}, ${document.metadata.connections.length}, ${JSON.stringify(document)}::json)
    ON CONFLICT (rule_chain_id, version) DO NOTHING`
}

/** Keeps the state that a chain has now, and forgets the oldest of it. Called in the transaction that made the state. */
export const recordVersion = async (
  tx: PrismaTransaction,
  row: ChainWithGraph,
  publisher: Publisher = nobody,
): Promise<void> => {
  await insert(tx, { row, publisher, atMs: Date.now() })
  await tx.$executeRaw`
    DELETE FROM rule_chain_versions WHERE rule_chain_id = ${row.id}::uuid AND version <= (
      SELECT version FROM rule_chain_versions WHERE rule_chain_id = ${row.id}::uuid
      ORDER BY version DESC OFFSET ${maxVersions} LIMIT 1)`
}

/**
 * Keeps the present state of a chain of which none is kept: one from before there were versions. Called before it changes,
 * with its row locked.
 */
export const recordFirstVersion = async (tx: PrismaTransaction, ruleChainId: string): Promise<void> => {
  if ((await tx.ruleChainVersion.count({ where: { ruleChainId }, take: 1 })) > 0) return
  const row = await tx.ruleChain.findUnique({ where: { id: ruleChainId }, include: withGraph })
  if (row) await insert(tx, { row, publisher: nobody, atMs: ms(row.createdTime) })
}

/** Nobody else changes the chain until the transaction ends. False: the tenant has no such chain. */
export const lockChain = async (tx: PrismaTransaction, tenantId: string, ruleChainId: string): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM rule_chains WHERE id = ${ruleChainId}::uuid AND tenant_id = ${tenantId}::uuid FOR NO KEY UPDATE`
  return rows.length > 0
}
