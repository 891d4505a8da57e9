import type { ChainDocument } from './document.ts'

/** A step that can be taken back. `name` is a message key under `chainEditor.step`. */
type Step = { name: string; before: ChainDocument; after: ChainDocument }

/** The present document and the way to it. Immutable. */
export type History = {
  present: ChainDocument
  /** The newest last. */
  past: readonly Step[]
  future: readonly Step[]
  /** What the next change of the same kind joins instead of becoming a step of its own; null: nothing. */
  open: string | null
}

/** Steps that can be taken back. */
export const mostSteps = 200

export const beginHistory = (present: ChainDocument): History => ({ present, past: [], future: [], open: null })

/**
 * Takes a step. Steps in a row with the same `join` (typing in one field, dragging one selection) become one.
 */
export const step = (history: History, to: ChainDocument, name: string, join: string | null = null): History => {
  if (to === history.present) return history
  const last = history.past.at(-1)
  if (join !== null && join === history.open && last)
    return { ...history, present: to, past: [...history.past.slice(0, -1), { ...last, after: to }], future: [] }
  const taken = { name, before: history.present, after: to }
  return { present: to, past: [...history.past, taken].slice(-mostSteps), future: [], open: join }
}

export const undo = (history: History): History => {
  const last = history.past.at(-1)
  if (!last) return history
  return {
    present: last.before,
    past: history.past.slice(0, -1),
    future: [last, ...history.future],
    open: null,
  }
}

export const redo = (history: History): History => {
  const [next, ...later] = history.future
  if (!next) return history
  return { present: next.after, past: [...history.past, next], future: later, open: null }
}

/**
 * The same steps on other ground: what others did is put under all of them, so that taking a step back takes back that step
 * alone. Steps that make no difference any more are gone.
 */
export const rebase = (history: History, onto: (document: ChainDocument) => ChainDocument): History => {
  const known = new Map<ChainDocument, ChainDocument>()
  const moved = (document: ChainDocument): ChainDocument => {
    const result = known.get(document) ?? onto(document)
    known.set(document, result)
    return result
  }
  const steps = (list: readonly Step[]) =>
    list.flatMap(({ name, before, after }): Step[] => {
      const step = { name, before: moved(before), after: moved(after) }
      return step.before === step.after ? [] : [step]
    })
  return { present: moved(history.present), past: steps(history.past), future: steps(history.future), open: null }
}
