import type { DraftModel } from '../../drafts/model.ts'
import type { ChainDocument } from './document.ts'
import { type Contradiction, mergeDocuments } from './merge.ts'
import { isSameDocument, reuse } from './same.ts'

/** Chains as drafts take them. */
export const chainDrafts: DraftModel<ChainDocument, Contradiction> = {
  isSame: isSameDocument,
  reuse,
  merge: mergeDocuments,
}
