type Listener = () => void

/**
 * Values by key. Who listens to a key hears of its changes alone, and what is equal keeps its identity: so a thousand
 * listeners cost nothing while their own values stand still.
 */
export class KeyedStore<V> {
  readonly #isSame: (a: V, b: V) => boolean
  readonly #byKey = new Map<string, Set<Listener>>()
  readonly #listeners = new Set<Listener>()
  #values: ReadonlyMap<string, V> = new Map()

  constructor(isSame: (a: V, b: V) => boolean) {
    this.#isSame = isSame
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
    for (const key of changed) for (const listener of this.#byKey.get(key) ?? []) listener()
    for (const listener of this.#listeners) listener()
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
