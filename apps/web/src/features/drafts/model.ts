/** What a draft editor needs to know of the kind of document that it edits. */
export type DraftModel<D, C> = {
  /** Whether two documents say the same to people. */
  isSame: (a: D, b: D) => boolean
  /** The document made of the objects that are in one of these already, wherever they are equal. */
  reuse: (document: D, ...known: readonly D[]) => D
  /** Both sides' edits; where they contradict each other the choice counts, and without one mine. */
  merge: (base: D, mine: D, theirs: D, choices?: Choices) => { document: D; contradictions: readonly C[] }
}

export type Side = 'mine' | 'theirs'
/** By the key of the contradiction. */
export type Choices = Readonly<Record<string, Side>>

/** Somebody else's edits that contradict those here. Until it is settled nothing is saved but in this browser. */
export type Conflict<D, C> = {
  /** draft: another one's edits of the same draft; published: another state was published meanwhile. */
  kind: 'draft' | 'published'
  /** What both went out from. Mine is the open document. */
  base: D
  theirs: D
  /** Who saved theirs last, when that is known. */
  by: string | null
  contradictions: readonly C[]
}

/** Why the server did not take it: words for people, and whether signing in would help. */
type Refusal = { reason: string; isSignedOut: boolean }

export type SaveState<D, C> =
  /** Everything is with the server. */
  | { kind: 'saved'; at: number | null }
  /** It will be, in a moment. */
  | { kind: 'waiting' }
  | { kind: 'saving' }
  /** Kept in this browser until the server takes it. */
  | ({ kind: 'kept' } & Refusal)
  /** Nowhere but in this page: the server does not take it, and this browser keeps nothing. */
  | ({ kind: 'unsaved' } & Refusal)
  /** Somebody else's edits contradict those here; the person has to choose. Kept in this browser until then. */
  | { kind: 'conflict'; conflict: Conflict<D, C> }

/** What the server has. */
export type ServerState<D> = {
  published: D
  version: number
  /** Null: nobody has edits that are not published. */
  draft: { document: D; revision: number; baseVersion: number; by: string | null } | null
  /** What was published when the draft was begun, when that is not what is published now. */
  draftBase: D | null
}

/** Where drafts are kept for all who edit. Rejects with an ApiError. */
export type DraftServer<D> = {
  load: () => Promise<ServerState<D>>
  /** Answers the new revision; 409 when the draft is another one by now. */
  save: (draft: { revision: number | null; baseVersion: number; document: D }) => Promise<number>
  /** 409 likewise. */
  discard: (revision: number) => Promise<void>
}

/** Steps that saving takes by itself. */
export type DraftDeed = 'discard' | 'merge' | 'recover'
