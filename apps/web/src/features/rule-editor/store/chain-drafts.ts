import { chainDocumentSchema } from '@thingwire/contracts'
import type { RuleChainView } from '@/api/rule-chains.ts'
import { type CopyForm, createLocalCopies } from '../../drafts/local-copies.ts'
import { type Opened, openDraft } from '../../drafts/open-draft.ts'
import { type ChainDocument, toData, toDocument } from '../model/document.ts'
import { createDraftServer } from './draft-server.ts'

const copyForm: CopyForm<ChainDocument> = {
  read: (kept) => {
    const data = chainDocumentSchema.safeParse(kept).data
    return data ? toDocument(data, () => crypto.randomUUID()) : null
  },
  write: toData,
}

export type OpenedChain = Opened<ChainDocument>

/** @param readChain the chain itself, which somebody else may be reading already */
export const openChain = (
  ruleChainId: string,
  userId: string,
  readChain?: () => Promise<RuleChainView>,
): Promise<OpenedChain> =>
  openDraft(
    createDraftServer(ruleChainId, readChain),
    createLocalCopies('rule-chains', { userId, documentId: ruleChainId }, copyForm),
  )
