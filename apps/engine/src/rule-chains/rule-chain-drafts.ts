import {
  AppError,
  entityId,
  type PublishDraft,
  type RuleChainDraft,
  type RuleChainGraph,
  type RuleChainVersion,
  type RuleChainVersionDocument,
  type PageData,
  type PageLink,
  type SavedRuleChainDraft,
  type SaveRuleChainDraft,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { NodeRegistry } from '@thingwire/rules'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import type { Operation } from '../access/permissions.ts'
import type { Caller } from '../auth/sign-in.ts'
import { publishProblems } from './publish-problems.ts'
import { toGraph } from './rule-chain-data.ts'
import type { RuleChainService } from './rule-chain-service.ts'

/** Edits that are not published, the way they are published, and what was published before. */
export type RuleChainDrafts = {
  find(caller: Caller, ruleChainId: string): Promise<RuleChainDraft | null>
  save(caller: Caller, ruleChainId: string, draft: SaveRuleChainDraft): Promise<SavedRuleChainDraft>
  /** `revision`: refused when the draft is another by now; null: whatever it is. */
  discard(caller: Caller, ruleChainId: string, revision: number | null): Promise<void>
  /** Throws with every problem of the draft, the first of them by name. */
  publish(
    caller: Caller,
    ruleChainId: string,
    request: PublishDraft,
  ): Promise<{ metadata: RuleChainGraph; version: number }>
  versions(caller: Caller, ruleChainId: string, link: PageLink): Promise<PageData<RuleChainVersion>>
  version(caller: Caller, ruleChainId: string, version: number): Promise<RuleChainVersionDocument>
}

/** Largest document as JSON, in bytes: some ten thousand nodes. */
export const maxDocumentBytes = 8 * 1024 * 1024
/** Versions and revisions are stored as 32-bit numbers. */
const maxNumber = 2 ** 31 - 1

export const createRuleChainDrafts = (deps: {
  database: Pick<Database, 'ruleChainDrafts' | 'ruleChains'>
  ruleChains: Pick<RuleChainService, 'saveMetadata'>
  nodes: NodeRegistry
  access: EntityAccess
  /** Tells those who have the chain open that there is another draft. */
  announce(ruleChainId: string): Promise<void>
}): RuleChainDrafts => {
  const drafts = deps.database.ruleChainDrafts

  const reach = (caller: Caller, ruleChainId: string, operation: Operation) =>
    deps.access.require(caller, entityId('RULE_CHAIN', ruleChainId), operation, { missingText: 'byId' })

  return {
    find: async (caller, ruleChainId) => {
      const { scope } = await reach(caller, ruleChainId, 'READ')
      return drafts.find(scope, ruleChainId)
    },

    save: async (caller, ruleChainId, { revision, baseVersion, document }) => {
      const { scope } = await reach(caller, ruleChainId, 'WRITE')
      const size = Buffer.byteLength(JSON.stringify(document))
      if (size > maxDocumentBytes)
        throw new AppError('PAYLOAD_TOO_LARGE', `The draft has ${size} bytes; ${maxDocumentBytes} are the most.`)
      if (Math.max(revision ?? 0, baseVersion) > maxNumber) throw new AppError('VERSION_CONFLICT')
      const draft = { ruleChainId, userId: caller.userId, revision, baseVersion, document }
      const saved = await drafts.save(scope, draft)
      await deps.announce(ruleChainId)
      return saved
    },

    discard: async (caller, ruleChainId, revision) => {
      const { scope } = await reach(caller, ruleChainId, 'WRITE')
      if (await drafts.discard(scope, ruleChainId, revision)) await deps.announce(ruleChainId)
      else if (revision !== null && (await drafts.find(scope, ruleChainId))) throw new AppError('VERSION_CONFLICT')
    },

    publish: async (caller, ruleChainId, { revision, version, note }) => {
      const { scope } = await reach(caller, ruleChainId, 'WRITE')
      const [draft, present] = await Promise.all([
        drafts.find(scope, ruleChainId),
        deps.database.ruleChains.find(scope, ruleChainId),
      ])
      if (!draft || draft.revision !== revision || present?.version !== version) throw new AppError('VERSION_CONFLICT')
      const { metadata, tests } = draft.document
      const problems = publishProblems(draft.document, deps.nodes)
      if (problems.length > 0) throw new AppError('RULE_CHAIN_INVALID', problems.join(' '))
      const saved = await deps.ruleChains.saveMetadata(
        caller,
        { ...metadata, ruleChainId: entityId('RULE_CHAIN', ruleChainId), version },
        { updateRelated: true, draft: { revision, tests }, note },
      )
      await deps.announce(ruleChainId)
      return { metadata: toGraph(saved), version: saved.version ?? version + 1 }
    },

    versions: async (caller, ruleChainId, link) => {
      const { scope } = await reach(caller, ruleChainId, 'READ')
      return drafts.versions(scope, ruleChainId, link)
    },

    version: async (caller, ruleChainId, version) => {
      const { scope } = await reach(caller, ruleChainId, 'READ')
      const found = await drafts.version(scope, ruleChainId, version)
      if (!found) throw missing('RULE_CHAIN', ruleChainId)
      return found
    },
  }
}
