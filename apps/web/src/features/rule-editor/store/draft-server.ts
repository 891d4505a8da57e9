import { chainTestsMember } from '@thingwire/contracts'
import {
  discardRuleChainDraft,
  getRuleChain,
  getRuleChainDraft,
  getRuleChainMetadata,
  getRuleChainVersion,
  type RuleChainView,
  saveRuleChainDraft,
} from '@/api/rule-chains.ts'
import type { DraftServer, ServerState } from '../../drafts/model.ts'
import { type ChainDocument, toData, toDocument } from '../model/document.ts'
import { reuse } from '../model/same.ts'

const newId = () => crypto.randomUUID()

/** The tests are a member of the chain, the drawing is read by itself. */
const loadPublished = async (
  ruleChainId: string,
  readChain: () => Promise<RuleChainView>,
): Promise<Pick<ServerState<ChainDocument>, 'published' | 'version'>> => {
  const [chain, metadata] = await Promise.all([readChain(), getRuleChainMetadata(ruleChainId)])
  const tests = chain.additionalInfo?.[chainTestsMember]
  const drawing = { ...metadata, firstNodeIndex: metadata.firstNodeIndex ?? null }
  return {
    published: toDocument({ metadata: drawing, tests: Array.isArray(tests) ? tests : [] }, newId),
    version: metadata.version ?? chain.version,
  }
}

/** Where the drafts of a chain are. */
export const createDraftServer = (
  ruleChainId: string,
  readChain = () => getRuleChain(ruleChainId),
): DraftServer<ChainDocument> => ({
  load: async () => {
    const [{ published, version }, { draft }] = await Promise.all([
      loadPublished(ruleChainId, readChain),
      getRuleChainDraft(ruleChainId),
    ])
    if (!draft) return { published, version, draft: null, draftBase: null }
    const { document, revision, baseVersion, updatedBy } = draft
    const before = baseVersion < version ? await getRuleChainVersion(ruleChainId, baseVersion) : null
    return {
      published,
      version,
      // What the draft did not change is the published one itself: comparing the two costs nothing then.
      draft: {
        document: reuse(toDocument(document, newId), published),
        revision,
        baseVersion,
        by: updatedBy?.name ?? null,
      },
      draftBase: before ? toDocument(before.document, newId) : null,
    }
  },
  save: async ({ document, ...draft }) =>
    (await saveRuleChainDraft(ruleChainId, { ...draft, document: toData(document) })).revision,
  // One that somebody else has saved meanwhile is not ours to discard.
  discard: (revision) => discardRuleChainDraft(ruleChainId, revision),
})
