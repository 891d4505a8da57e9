import { LRUCache } from 'lru-cache'

/**
 * What is remembered of entities, by their ids. What was read while its entity changed is answered but not kept: a read
 * under way may have seen the state before.
 */
export type ReadCache<V extends object> = {
  /** Undefined: not remembered, or of another tenant. */
  get(tenantId: string, id: string): V | undefined
  /** Runs a read; `keep` remembers what it found, unless the entity changed since the read began. */
  reading<T>(read: () => Promise<T>, keep: (found: T, remember: Remember<V>) => void): Promise<T>
  forget(id: string): void
  /** Entities of a tenant, or those that the condition names. For rare changes: it looks at everything. */
  forgetWhere(condition: (value: V, tenantId: string) => boolean): void
  forgetAll(): void
}

/** `size` in characters, about. `linked`: other entities with which it is forgotten. */
export type Remember<V> = (
  tenantId: string,
  id: string,
  value: V,
  options: { size: number; linked?: readonly string[] },
) => void

type Kept<V> = { tenantId: string; value: V; linked: readonly string[]; size: number }

/** However changes are announced, nothing is believed for longer than this. */
const maxAgeMs = 30_000
/** Characters of all that one cache holds; an entry counts as this many by itself. */
const mostCharacters = 32_000_000
const entryCharacters = 200

export const createReadCache = <V extends object>(): ReadCache<V> => {
  /** Which entries an entity is linked from. */
  const links = new Map<string, Set<string>>()
  const unlink = (id: string, linked: readonly string[]) => {
    for (const other of linked) {
      const ids = links.get(other)
      ids?.delete(id)
      if (ids?.size === 0) links.delete(other)
    }
  }
  const known = new LRUCache<string, Kept<V>>({
    maxSize: mostCharacters,
    maxEntrySize: mostCharacters / 100,
    sizeCalculation: ({ size }) => size + entryCharacters,
    ttl: maxAgeMs,
    dispose: ({ linked }, id) => unlink(id, linked),
  })
  /** For each read under way: what changed since it began; null: everything. */
  const readings = new Set<{ changed: Set<string> | null }>()

  const remember =
    (reading: { changed: Set<string> | null }): Remember<V> =>
    (tenantId, id, value, { size, linked = [] }) => {
      const { changed } = reading
      if (changed === null || changed.has(id) || linked.some((other) => changed.has(other))) return
      known.set(id, { tenantId, value, linked, size })
      if (!known.has(id)) return
      for (const other of linked) {
        const ids = links.get(other) ?? new Set()
        links.set(other, ids.add(id))
      }
    }

  return {
    get: (tenantId, id) => {
      const kept = known.get(id)
      return kept?.tenantId === tenantId ? kept.value : undefined
    },
    reading: async (read, keep) => {
      const reading = { changed: new Set<string>() }
      readings.add(reading)
      try {
        const found = await read()
        keep(found, remember(reading))
        return found
      } finally {
        readings.delete(reading)
      }
    },
    forget: (given) => {
      const id = given.toLowerCase()
      for (const { changed } of readings) changed?.add(id)
      known.delete(id)
      for (const other of [...(links.get(id) ?? [])]) known.delete(other)
    },
    forgetWhere: (condition) => {
      for (const reading of readings) reading.changed = null
      for (const [id, { value, tenantId }] of [...known.entries()]) if (condition(value, tenantId)) known.delete(id)
    },
    forgetAll: () => {
      for (const reading of readings) reading.changed = null
      known.clear()
    },
  }
}
