/** A step that can be taken back. `name` says what it was, for the texts of undo and redo. */
export type Step<D, N> = { name: N; before: D; after: D }

/** The present document and the way to it. Immutable; documents are told apart by identity. */
export type History<D, N = string> = {
  present: D
  /** The newest last. */
  past: readonly Step<D, N>[]
  future: readonly Step<D, N>[]
  /** What the next change of the same kind joins instead of becoming a step of its own; null: nothing. */
  open: string | null
}

/** Steps that can be taken back. */
export const mostSteps = 200

export const beginHistory = <D, N = string>(present: D): History<D, N> => ({
  present,
  past: [],
  future: [],
  open: null,
})

/**
 * Takes a step. Steps in a row with the same `join` (typing in one field, dragging one selection) become one.
 */
export const step = <D, N>(history: History<D, N>, to: D, name: N, join: string | null = null): History<D, N> => {
  if (to === history.present) return history
  const last = history.past.at(-1)
  if (join !== null && join === history.open && last)
    return { ...history, present: to, past: [...history.past.slice(0, -1), { ...last, after: to }], future: [] }
  const taken = { name, before: history.present, after: to }
  return { present: to, past: [...history.past, taken].slice(-mostSteps), future: [], open: join }
}

export const undo = <D, N>(history: History<D, N>): History<D, N> => {
  const last = history.past.at(-1)
  if (!last) return history
  return {
    present: last.before,
    past: history.past.slice(0, -1),
    future: [last, ...history.future],
    open: null,
  }
}

export const redo = <D, N>(history: History<D, N>): History<D, N> => {
  const [next, ...later] = history.future
  if (!next) return history
  return { present: next.after, past: [...history.past, next], future: later, open: null }
}

/**
 * The same steps on other ground: what others did is put under all of them, so that taking a step back takes back that step
 * alone. Steps that make no difference any more are gone.
 */
export const rebase = <D, N>(history: History<D, N>, onto: (document: D) => D): History<D, N> => {
  const known = new Map<D, D>()
  const moved = (document: D): D => {
    const result = known.get(document) ?? onto(document)
    known.set(document, result)
    return result
  }
  const steps = (list: readonly Step<D, N>[]) =>
    list.flatMap(({ name, before, after }): Step<D, N>[] => {
      const step = { name, before: moved(before), after: moved(after) }
      return step.before === step.after ? [] : [step]
    })
  return { present: moved(history.present), past: steps(history.past), future: steps(history.future), open: null }
}
