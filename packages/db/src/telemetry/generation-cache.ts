/**
 * A bounded cache that forgets what was not used for long, in generations: when the young one is full, the old one is
 * dropped. Unlike a strict LRU a hit costs one look-up and no reordering.
 */
export type GenerationCache<K, V> = {
  get(key: K): V | undefined
  set(key: K, value: V): void
  delete(key: K): void
}

/** Holds between `limit` and twice `limit` of the entries that were used last. */
export const createGenerationCache = <K, V>(limit: number): GenerationCache<K, V> => {
  let young = new Map<K, V>()
  let old = new Map<K, V>()
  const set = (key: K, value: V) => {
    if (young.size >= limit) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }
  return {
    set,
    get: (key) => {
      const value = young.get(key)
      if (value !== undefined) return value
      const older = old.get(key)
      if (older !== undefined) set(key, older)
      return older
    },
    delete: (key) => {
      young.delete(key)
      old.delete(key)
    },
  }
}
