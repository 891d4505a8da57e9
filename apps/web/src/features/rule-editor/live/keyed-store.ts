type Listener = () => void

/** How those who listen hear of it. */
export type Tell = (listeners: ReadonlySet<Listener>) => void

const tellAtOnce: Tell = (listeners) => {
  for (const listener of listeners) listener()
}

/** In one frame so many are told: what they draw together fits beside all else that a frame has to do. */
const perFrame = 32

/** What has not moved for so long rests. */
const restMs = 150

export type FrameTell = {
  tell: Tell
  /** The picture moves: what changes in it would have to be painted beside that, and nobody can read it. */
  wait: () => void
}

/**
 * Tells them over the next frames, a few in each, so that a thousand new numbers do not make a long one; while something
 * moves nobody is told.
 */
export const tellByFrames = (): FrameTell => {
  const waiting = new Set<Listener>()
  let frame = 0
  let restsAt = 0
  const some = () => {
    frame = 0
    if (performance.now() >= restsAt)
      for (const listener of [...waiting].slice(0, perFrame)) {
        waiting.delete(listener)
        listener()
      }
    if (waiting.size > 0) frame = requestAnimationFrame(some)
  }
  return {
    tell: (listeners) => {
      for (const listener of listeners) waiting.add(listener)
      if (frame === 0 && waiting.size > 0) frame = requestAnimationFrame(some)
    },
    wait: () => {
      restsAt = performance.now() + restMs
    },
  }
}

/**
 * Values by key. Who listens to a key hears of its changes alone, and what is equal keeps its identity: so a thousand
 * listeners cost nothing while their own values stand still.
 */
export class KeyedStore<V> {
  readonly #isSame: (a: V, b: V) => boolean
  readonly #tell: Tell
  readonly #byKey = new Map<string, Set<Listener>>()
  readonly #listeners = new Set<Listener>()
  #values: ReadonlyMap<string, V> = new Map()

  constructor(isSame: (a: V, b: V) => boolean, tell: Tell = tellAtOnce) {
    this.#isSame = isSame
    this.#tell = tell
  }

  readonly get = (key: string): V | undefined => this.#values.get(key)

  /** All values; another map after every change. */
  readonly all = (): ReadonlyMap<string, V> => this.#values

  /** From now on these values are all there are. */
  replace(values: ReadonlyMap<string, V>): void {
    const changed: string[] = []
    const next = new Map<string, V>()
    for (const [key, value] of values) {
      const known = this.#values.get(key)
      const isKept = known !== undefined && this.#isSame(known, value)
      next.set(key, isKept ? known : value)
      if (!isKept) changed.push(key)
    }
    for (const key of this.#values.keys()) if (!next.has(key)) changed.push(key)
    if (changed.length === 0) return
    this.#values = next
    this.#tell(new Set([...changed.flatMap((key) => [...(this.#byKey.get(key) ?? [])]), ...this.#listeners]))
  }

  readonly subscribe = (keys: readonly string[], listener: Listener): (() => void) => {
    for (const key of keys) {
      const listeners = this.#byKey.get(key) ?? new Set()
      this.#byKey.set(key, listeners)
      listeners.add(listener)
    }
    return () => {
      for (const key of keys) {
        const listeners = this.#byKey.get(key)
        listeners?.delete(listener)
        if (listeners?.size === 0) this.#byKey.delete(key)
      }
    }
  }

  readonly subscribeAll = (listener: Listener): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
