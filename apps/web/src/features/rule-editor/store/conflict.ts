import type { ChainDocument } from '../model/document.ts'
import type { Contradiction } from '../model/merge.ts'

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
