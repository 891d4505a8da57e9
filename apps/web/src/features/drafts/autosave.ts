import { ApiError } from '@thingwire/api-client'
import type { DraftState, DraftStore } from './draft-store.ts'
import type { LocalCopies, LocalCopy } from './local-copies.ts'
import type { Choices, Conflict, DraftModel, DraftServer, ServerState } from './model.ts'

/** What somebody did with the draft. */
type Cause = 'saved' | 'discarded' | 'published'
/** Whatever its steps are called, and whatever it keeps beside the draft. */
type AnyStore<D, C> = Pick<
  DraftStore<D, C, unknown, object>,
  'document' | 'subscribe' | 'deed' | 'replace' | 'rebase'
> & {
  get: () => DraftState<D, C, unknown>
  set: (change: Partial<Omit<DraftState<D, C, unknown>, 'history'>>) => void
}

/** What happened without anybody's doing here, to be told. */
export type SaveEvent =
  /** Somebody else's edits were taken over, or what was published meanwhile. */
  | { kind: 'merged'; cause: Cause; by: string | null }
  /** Edits that this browser had kept are back. */
  | { kind: 'recovered'; at: number }

export type AutosaveInput<D, C> = {
  store: AnyStore<D, C>
  model: DraftModel<D, C>
  server: DraftServer<D>
  copies: LocalCopies<D>
  /** What the server had when the store was opened. */
  opened: ServerState<D>
  tell: (event: SaveEvent) => void
  /** Words for why something could not be saved. */
  reasonOf: (error: unknown) => string
}

const saveAfterMs = 800
/** Somebody who never rests is saved, too. */
const saveAtLeastMs = 5_000
const keepAfterMs = 250
const firstRetryMs = 1_000
const lastRetryMs = 30_000
const answerMs = 1_000

/** Others' edits that are not in the open document yet. */
type Pending<D> = Omit<Conflict<D, never>, 'contradictions'> & { cause: Cause }

/** Worth another try without any change of ours. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof ApiError) || error.status === 0 || error.status >= 500 || [401, 408, 429].includes(error.status)

/**
 * Brings the open document to the server, one save at a time, and others' edits into it. What the server does not have yet
 * is kept in this browser first.
 */
export class Autosave<D, C> {
  readonly #in: AutosaveInput<D, C>
  /** What the server has. */
  #base: D
  /** The document when it was last looked at, and when the first edit since the last save was made. */
  #seen: D
  #dirtySince: number | null = null
  #pending: readonly Pending<D>[] = []
  #adopted: string[] = []
  #saveTimer: ReturnType<typeof setTimeout> | undefined
  #keepTimer: ReturnType<typeof setTimeout> | undefined
  #tries = 0
  /** One thing with the server at a time. */
  #queue: Promise<unknown> = Promise.resolve()
  #isRecovered = false
  #stopListening: (() => void) | null = null
  /** What others did was heard of while a save was under way, which may have been that save. */
  #heard: { draft: number | null; version: number } | null = null

  constructor(input: AutosaveInput<D, C>) {
    this.#in = input
    const { opened, store } = input
    this.#base = opened.draft?.document ?? opened.published
    this.#seen = store.document
  }

  get #store(): AnyStore<D, C> {
    return this.#in.store
  }

  /** Begins to follow the store. Copies are edits that an earlier page left behind. */
  start(copies: readonly LocalCopy<D>[] = []): void {
    if (this.#stopListening || this.#store.get().isReadOnly) return
    this.#stopListening = this.#store.subscribe(this.#changed)
    if (!this.#isRecovered) {
      this.#isRecovered = true
      this.#pending = this.#publishedSince(this.#in.opened)
      this.#recover(copies)
    }
    this.#mergePending()
    this.#rest()
  }

  /** What is not saved yet is, as far as that works at once; then nothing more is done. */
  stop(): void {
    this.#stopListening?.()
    this.#stopListening = null
    clearTimeout(this.#keepTimer)
    clearTimeout(this.#saveTimer)
    if (['waiting', 'saving'].includes(this.#store.get().save.kind)) void this.flush()
  }

  /** Saves now; whether everything is with the server then. */
  async flush(): Promise<boolean> {
    for (let again = 0; again < 5 && !this.#conflict; again++) {
      await this.#only(() => this.#save())
      if (!this.#isDirty) return true
      if (this.#store.get().save.kind !== 'waiting') return false
    }
    return false
  }

  /** The connection may be back: what waits for the next try is tried now. */
  readonly retry = (): void => {
    if (['kept', 'unsaved'].includes(this.#store.get().save.kind)) this.#saveIn(0)
  }

  /** Writes the copy of this browser now: the page may be gone in a moment. */
  readonly keep = (): void => {
    if (this.#isDirty) void this.#keep()
  }

  /** What the server says there is now. When that is not what we know, it is fetched and brought in. */
  async heard(now: { draft: number | null; version: number }): Promise<void> {
    this.#heard = now
    await this.#queue
    if (this.#heard !== now || !this.#stopListening) return
    // Whoever publishes or discards hears of it before the answer; there it is known already what came of it.
    if (now.draft === null && this.#isOther(now)) await new Promise((resolve) => setTimeout(resolve, answerMs))
    if (this.#heard === now && this.#isOther(now)) await this.refresh()
  }

  #isOther(now: { draft: number | null; version: number }): boolean {
    const { revision, version } = this.#store.get()
    return now.draft !== revision || now.version !== version
  }

  /** Fetches what the server has and brings it in. */
  refresh(): Promise<void> {
    return this.#only(async () => {
      this.#take(await this.#in.server.load())
      this.#rest()
    })
  }

  /** After publishing: what the server made of the document takes its place, which is no step of its own. */
  published(): Promise<void> {
    return this.#only(async () => {
      const loaded = await this.#in.server.load()
      if (!loaded.draft && !this.#isDirty) {
        const { document } = this.#store
        this.#base = this.#in.model.reuse(loaded.published, document)
        this.#store.set({ published: this.#base, version: loaded.version, revision: null })
        this.#store.replace(this.#base)
      } else this.#take(loaded)
      this.#rest()
    })
  }

  /** Puts an end to a conflict. Without a choice mine counts; uncontradicted edits of both sides stay in any case. */
  settle(choices: Choices): void {
    const [first, ...later] = this.#pending
    if (!first || !this.#conflict) return
    this.#pending = later
    this.#store.set({ save: { kind: 'waiting' } })
    this.#bringIn(first, choices)
    this.#mergePending()
    this.#rest()
  }

  /** Gives up all edits that are not published: the draft goes, the document is what is published. One step to undo. */
  discard(): Promise<void> {
    return this.#only(async () => {
      const { revision, published } = this.#store.get()
      if (revision !== null) await this.#in.server.discard(revision)
      this.#pending = []
      this.#base = published
      this.#store.set({ revision: null, save: { kind: 'waiting' } })
      this.#store.deed('discard', published)
      this.#rest()
    })
  }

  get #conflict(): Conflict<D, C> | null {
    const { save } = this.#store.get()
    return save.kind === 'conflict' ? save.conflict : null
  }

  get #isDirty(): boolean {
    return !this.#in.model.isSame(this.#store.document, this.#base)
  }

  readonly #changed = (): void => {
    const { document } = this.#store
    if (document === this.#seen) return
    this.#seen = document
    this.#dirtySince ??= Date.now()
    this.#keepTimer ??= setTimeout(() => void this.#keep(), keepAfterMs)
    if (this.#conflict) {
      this.#mergePending()
      this.#rest()
      return
    }
    if (this.#store.get().save.kind !== 'saving') this.#store.set({ save: { kind: 'waiting' } })
    const rest = saveAtLeastMs - (Date.now() - this.#dirtySince)
    this.#saveIn(Math.max(0, Math.min(saveAfterMs, rest)))
  }

  #saveIn(ms: number): void {
    clearTimeout(this.#saveTimer)
    if (this.#stopListening) this.#saveTimer = setTimeout(() => void this.#only(() => this.#save()), ms)
  }

  #only<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work)
    this.#queue = done.catch(() => undefined)
    return done
  }

  /** What is to be done after something was brought in. */
  #rest(): void {
    if (this.#conflict) return
    if (this.#isDirty) {
      this.#store.set({ save: { kind: 'waiting' } })
      this.#saveIn(0)
    } else if (this.#store.get().save.kind !== 'saved' || this.#adopted.length > 0) {
      void this.#saved(this.#store.document)
    }
  }

  async #save(): Promise<void> {
    clearTimeout(this.#saveTimer)
    if (this.#conflict) return
    const { document } = this.#store
    this.#dirtySince = null
    if (!this.#isDirty) return this.#saved(document)
    this.#store.set({ save: { kind: 'saving' } })
    const isKept = await this.#keep()
    const { revision, version, published } = this.#store.get()
    try {
      const isPublished = this.#in.model.isSame(document, published)
      if (!isPublished) {
        const saved = await this.#in.server.save({ revision, baseVersion: version, document })
        this.#store.set({ revision: saved })
      } else if (revision !== null) {
        await this.#in.server.discard(revision)
        this.#store.set({ revision: null })
      }
      this.#base = document
      await this.#saved(document)
    } catch (error) {
      await this.#refused(error, isKept)
    }
  }

  async #saved(document: D): Promise<void> {
    this.#tries = 0
    if (this.#store.document !== document) {
      this.#store.set({ save: { kind: 'waiting' } })
      return this.#saveIn(saveAfterMs)
    }
    clearTimeout(this.#keepTimer)
    this.#keepTimer = undefined
    this.#store.set({ save: { kind: 'saved', at: Date.now() } })
    // A copy that cannot be removed is found to be no news when the chain is opened again.
    await this.#in.copies.remove(this.#adopted.splice(0)).catch(() => undefined)
  }

  async #refused(error: unknown, isKept: boolean): Promise<void> {
    if (error instanceof ApiError && error.status === 409) {
      try {
        this.#take(await this.#in.server.load())
        return this.#rest()
      } catch (cause) {
        return this.#waitFor(cause, isKept)
      }
    }
    this.#waitFor(error, isKept)
  }

  #waitFor(error: unknown, isKept: boolean): void {
    const isSignedOut = error instanceof ApiError && error.status === 401
    this.#store.set({ save: { kind: isKept ? 'kept' : 'unsaved', reason: this.#in.reasonOf(error), isSignedOut } })
    if (!isPassing(error) || !this.#stopListening) return
    this.#saveIn(Math.min(lastRetryMs, firstRetryMs * 2 ** this.#tries++))
  }

  /** Writes what the server may not have into this browser; whether that worked. */
  async #keep(): Promise<boolean> {
    clearTimeout(this.#keepTimer)
    this.#keepTimer = undefined
    const [first] = this.#pending
    // Until theirs are merged into mine, mine go out from what they went out from.
    const base = first?.kind === 'draft' ? first.base : this.#base
    try {
      await this.#in.copies.write({ at: Date.now(), document: this.#store.document, base })
      return true
    } catch {
      return false
    }
  }

  /** The draft goes out from a version that is not the newest: what was published since is brought in. */
  #publishedSince({ draft, draftBase, published, version }: ServerState<D>): Pending<D>[] {
    if (!draft || draft.baseVersion >= version) return []
    return [{ kind: 'published', base: draftBase ?? published, theirs: published, by: null, cause: 'published' }]
  }

  /** Takes over what the server has, so that the open document holds both sides' edits. */
  #take(loaded: ServerState<D>): void {
    const state = this.#store.get()
    const before = this.#base
    const published = this.#in.model.reuse(loaded.published, state.published, before, state.history.present)
    const draft = loaded.draft && {
      ...loaded.draft,
      document: this.#in.model.reuse(loaded.draft.document, before, state.history.present),
    }
    const theirs = draft?.document ?? published
    const [first] = this.#pending
    const base = first?.kind === 'draft' ? first.base : before
    const cause: Cause = draft ? 'saved' : loaded.version > state.version ? 'published' : 'discarded'
    this.#base = theirs
    this.#store.set({ published, version: loaded.version, revision: draft?.revision ?? null })
    this.#pending = [
      ...(theirs === base ? [] : [{ kind: 'draft' as const, base, theirs, by: draft?.by ?? null, cause }]),
      ...this.#publishedSince({ ...loaded, published, draft }),
    ]
    if (this.#conflict) this.#store.set({ save: { kind: 'waiting' } })
    this.#mergePending()
  }

  /** Brings in what others did, up to the first contradiction. */
  #mergePending(): void {
    for (let [first] = this.#pending; first; [first] = this.#pending) {
      const { contradictions } = this.#in.model.merge(first.base, this.#store.document, first.theirs)
      if (contradictions.length > 0) {
        clearTimeout(this.#saveTimer)
        const { cause: _cause, ...conflict } = first
        this.#store.set({ save: { kind: 'conflict', conflict: { ...conflict, contradictions } } })
        return
      }
      this.#pending = this.#pending.slice(1)
      if (this.#conflict) this.#store.set({ save: { kind: 'waiting' } })
      if (this.#bringIn(first, {})) this.#in.tell({ kind: 'merged', cause: first.cause, by: first.by })
    }
  }

  /**
   * Whether that made any difference. With edits here that the server does not have, or by choice, it is a step, so that
   * they can be had back as they were. Otherwise it is under all steps: nobody takes back what somebody else did by undoing
   * something of their own.
   */
  #bringIn({ base, theirs, cause }: Pending<D>, choices: Choices): boolean {
    const mine = this.#store.document
    const { document } = this.#in.model.merge(base, mine, theirs, choices)
    if (this.#in.model.isSame(document, mine)) return false
    if (this.#in.model.isSame(mine, base) && cause !== 'discarded')
      this.#store.rebase((one) => this.#in.model.merge(base, one, theirs).document)
    else this.#store.deed('merge', document)
    return true
  }

  /** Edits of a page that was closed or crashed before they were saved. */
  #recover(copies: readonly LocalCopy<D>[]): void {
    const known = [this.#base, this.#store.get().published]
    for (const copy of copies) {
      const [base, document] = [
        this.#in.model.reuse(copy.base, ...known),
        this.#in.model.reuse(copy.document, ...known),
      ]
      const mine = this.#store.document
      const { document: merged, contradictions } = this.#in.model.merge(base, document, mine)
      // Of several that contradict each other, the newest; the others stay where they are until they can be asked about.
      if (contradictions.length > 0 && this.#pending.some(({ kind }) => kind === 'draft')) continue
      this.#adopted.push(copy.key)
      if (this.#in.model.isSame(merged, mine)) continue
      if (contradictions.length > 0) {
        const by = this.#in.opened.draft?.by ?? null
        this.#pending = [{ kind: 'draft', base, theirs: mine, by, cause: 'saved' }, ...this.#pending]
        this.#store.deed('recover', document)
      } else {
        this.#store.deed('recover', merged)
      }
      this.#in.tell({ kind: 'recovered', at: copy.at })
    }
  }
}
