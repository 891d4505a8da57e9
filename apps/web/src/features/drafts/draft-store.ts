import { beginHistory, type History, rebase, redo, step, undo } from '@thingwire/editing'
import type { DraftDeed, SaveState } from './model.ts'

/** `N` names a step for the texts of undo and redo. */
export type DraftState<D, C, N> = {
  history: History<D, N>
  /** What is published, and its version. */
  published: D
  version: number
  /** Revision of the draft on the server; null: there is none. */
  revision: number | null
  isReadOnly: boolean
  save: SaveState<D, C>
}

export type DraftInput<D> = {
  document: D
  published: D
  version: number
  revision: number | null
  isReadOnly: boolean
}

/**
 * The one place that holds an open document; it neither fetches nor draws. `X` is what an editor keeps beside the draft,
 * such as what is selected.
 */
export abstract class DraftStore<D, C, N, X extends object> {
  #state: DraftState<D, C, N> & X
  readonly #listeners = new Set<() => void>()

  constructor({ document, ...input }: DraftInput<D>, beside: X) {
    this.#state = { ...input, ...beside, history: beginHistory<D, N>(document), save: { kind: 'saved', at: null } }
  }

  /** What else is to be set when the document becomes this one. */
  protected abstract follow(document: D): Partial<X>
  protected abstract nameOf(deed: DraftDeed): N

  readonly get = (): DraftState<D, C, N> & X => this.#state
  get document(): D {
    return this.#state.history.present
  }
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
  readonly set = (change: Partial<DraftState<D, C, N>> | Partial<X>): void => {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }

  /** One step to undo; steps in a row with the same `join` become one. */
  protected take(name: N, document: D, join: string | null = null): void {
    if (this.#state.isReadOnly) return
    this.#go(step(this.#state.history, document, name, join))
  }
  readonly undo = (): void => this.#go(undo(this.#state.history))
  readonly redo = (): void => this.#go(redo(this.#state.history))

  /** A step of the saving. */
  deed(deed: DraftDeed, document: D): void {
    this.take(this.nameOf(deed), document)
  }

  /** Takes the deed back, as long as it is the last step. */
  undoDeed(deed: DraftDeed): void {
    if (this.#state.history.past.at(-1)?.name === this.nameOf(deed)) this.undo()
  }

  /** The document as the server has made it of what is here; no step of its own. */
  replace(document: D): void {
    const { history } = this.#state
    this.#go(document === history.present ? history : { ...history, present: document, open: null })
  }

  /** Puts what others did under all steps; see `rebase`. */
  rebase(onto: (document: D) => D): void {
    this.#go(rebase(this.#state.history, onto))
  }

  /** The next change is a step of its own, even if it is of the same kind as the last. */
  endStep(): void {
    if (this.#state.history.open !== null) this.set({ history: { ...this.#state.history, open: null } })
  }

  #go(history: History<D, N>): void {
    if (history === this.#state.history) return
    this.set({ history, ...this.follow(history.present) })
  }
}
