import {
  AppError,
  type ChainDocumentData,
  type EditedId,
  entityId,
  type PublishDraft,
  type RuleChainGraph,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { NodeRegistry } from '@thingwire/rules'
import type { EntityAccess } from '../access/entity-access.ts'
import type { Caller } from '../auth/sign-in.ts'
import { createDocumentDrafts, type DocumentDrafts } from '../drafts/document-drafts.ts'
import { publishProblems } from './publish-problems.ts'
import { toGraph } from './rule-chain-data.ts'
import type { RuleChainService } from './rule-chain-service.ts'

/** Edits that are not published, the way they are published, and what was published before. */
export type RuleChainDrafts = Omit<
  DocumentDrafts<ChainDocumentData, { nodes: number; connections: number }>,
  'toPublish' | 'announce'
> & {
  /** Throws with every problem of the draft, the first of them by name. */
  publish(
    caller: Caller,
    ruleChainId: string,
    request: PublishDraft,
  ): Promise<{ metadata: RuleChainGraph; version: number }>
}

/** Largest document as JSON, in bytes: some ten thousand nodes. */
export const maxDocumentBytes = 8 * 1024 * 1024

export const createRuleChainDrafts = (deps: {
  database: Pick<Database, 'ruleChainDrafts'>
  ruleChains: Pick<RuleChainService, 'saveMetadata'>
  nodes: NodeRegistry
  access: EntityAccess
  announce(edited: EditedId): Promise<void>
}): RuleChainDrafts => {
  const { toPublish, announce, ...drafts } = createDocumentDrafts({
    entityType: 'RULE_CHAIN',
    store: deps.database.ruleChainDrafts,
    maxBytes: maxDocumentBytes,
    access: deps.access,
    announce: deps.announce,
  })
  return {
    ...drafts,
    publish: async (caller, ruleChainId, request) => {
      const { document } = await toPublish(caller, ruleChainId, request)
      const { revision, version, note } = request
      const { metadata, tests } = document
      const problems = publishProblems(document, deps.nodes)
      if (problems.length > 0) throw new AppError('RULE_CHAIN_INVALID', problems.join(' '))
      const saved = await deps.ruleChains.saveMetadata(
        caller,
        { ...metadata, ruleChainId: entityId('RULE_CHAIN', ruleChainId), version },
        { updateRelated: true, draft: { revision, tests }, note },
      )
      await announce(ruleChainId)
      return { metadata: toGraph(saved), version: saved.version ?? version + 1 }
    },
  }
}
