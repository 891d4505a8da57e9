import type { ChainDocument } from '../model/document.ts'
import { type Choices, type Contradiction, mergeDocuments } from '../model/merge.ts'

/** Somebody else's edits that contradict those here. Until it is settled nothing is saved but in this browser. */
export type Conflict = {
  /** draft: another one's edits of the same draft; published: another state was published meanwhile. */
  kind: 'draft' | 'published'
  /** What both went out from. Mine is the open document. */
  base: ChainDocument
  theirs: ChainDocument
  /** Who saved theirs last, when that is known. */
  by: string | null
  contradictions: readonly Contradiction[]
}

/** The document after these choices (by key of a contradiction; without one mine counts). Uncontradicted edits of both are in it. */
export const settled = ({ base, theirs }: Conflict, mine: ChainDocument, choices: Choices): ChainDocument =>
  mergeDocuments(base, mine, theirs, choices).document
