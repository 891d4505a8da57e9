import { type ChainDocumentData, chainDocumentSchema } from '@thingwire/contracts'
import type { LazyPrisma } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import { createDraftStore, type DraftStore } from '../drafts/draft-store.ts'
import { ruleChainTables } from '../drafts/tables.ts'
import { createVersionStore, type VersionStore } from '../drafts/version-store.ts'
import { toDocument } from './chain-versions.ts'
import { withGraph } from './rule-chain-rows.ts'

type Figures = { nodes: number; connections: number }

/** Edits of rule chains that are not published, and what was published before. */
export type RuleChainDraftsRepository = DraftStore<ChainDocumentData> & VersionStore<ChainDocumentData, Figures>

export const createRuleChainDraftsRepository = (prisma: LazyPrisma, sql: Sql): RuleChainDraftsRepository => {
  const parse = (stored: unknown) => chainDocumentSchema.parse(stored)
  return {
    ...createDraftStore(sql, ruleChainTables, parse),
    ...createVersionStore<ChainDocumentData, Figures>(sql, ruleChainTables, {
      figures: ['nodes', 'connections'],
      parse,
      unrecorded: async (tenantId, ruleChainId) => {
        const { client } = await prisma.get()
        const row = await client.ruleChain.findFirst({
          where: { id: ruleChainId, tenantId, versions: { none: {} } },
          include: withGraph,
        })
        if (!row) return null
        const document = toDocument(row)
        return {
          version: row.version,
          createdTime: Number(row.createdTime),
          user: null,
          note: null,
          nodes: document.metadata.nodes.length,
          connections: document.metadata.connections.length,
          document,
        }
      },
    }),
  }
}
