import type { ScriptLanguage } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { type FoundLibrary, type ResolvedLibraries, resolveLibraries } from '@thingwire/rules'
import { LRUCache } from 'lru-cache'
import { type Channels, invalidationSchema, parseChannelMessage } from '../channels.ts'
import type { Logger } from '../observability/logger.ts'
import { redisChannels } from '../redis-keys.ts'

export type LibraryLookup = {
  /**
   * What these libraries of a tenant are: the same promise as before while nothing has changed. Rejects when they cannot be
   * read at present.
   */
  resolve(tenantId: string, language: ScriptLanguage, names: readonly string[]): Promise<ResolvedLibraries>
  forgetTenant(tenantId: string): void
  forgetAll(): void
}

/** Pub/sub may lose an invalidation; this bounds how long an old library can live on. */
const maxAgeMs = 60_000
/** Each as large as the libraries of a script together may be. */
const maxKnown = 500

export const createLibraryLookup = (database: {
  scriptLibraries: Pick<Database['scriptLibraries'], 'byNames'>
}): LibraryLookup => {
  type Known = { tenantId: string; resolved: Promise<ResolvedLibraries> }
  const known = new LRUCache<string, Known>({ max: maxKnown, ttl: maxAgeMs })
  return {
    resolve: (tenantId, language, names) => {
      const key = `${tenantId} ${language} ${names.join()}`
      const before = known.get(key)
      if (before) return before.resolved
      const find = (wanted: readonly string[]) => database.scriptLibraries.byNames(tenantId, wanted)
      const resolved = resolveLibraries(language, names, find)
      known.set(key, { tenantId, resolved })
      // Whoever asks next asks the database again.
      resolved.catch(() => known.peek(key)?.resolved === resolved && known.delete(key))
      return resolved
    },
    forgetTenant: (tenantId) => {
      for (const [key, one] of [...known.entries()]) if (one.tenantId === tenantId) known.delete(key)
    },
    forgetAll: () => known.clear(),
  }
}

/** Libraries that are there already, as those that a file carries. */
export const givenLibraries = (libraries: readonly FoundLibrary[]): Pick<LibraryLookup, 'resolve'> => {
  // The first of a name counts.
  const byName = new Map([...libraries].reverse().map((library) => [library.name, library]))
  const byLanguages = new Map<string, Promise<ResolvedLibraries>>()
  return {
    resolve: (_tenantId, language, names) => {
      const key = `${language} ${names.join()}`
      const find = async (wanted: readonly string[]) => wanted.flatMap((name) => byName.get(name) ?? [])
      const resolved = byLanguages.get(key) ?? resolveLibraries(language, names, find)
      byLanguages.set(key, resolved)
      return resolved
    },
  }
}

/** Makes this process forget libraries that another one announces as changed. Before whoever starts nodes again for it. */
export const followLibraryChanges = (
  channels: Pick<Channels, 'subscribe' | 'onGap'>,
  lookup: LibraryLookup,
  logger: Logger,
): void => {
  channels.subscribe(redisChannels.invalidation, (text) => {
    const change = parseChannelMessage(text, invalidationSchema, logger, redisChannels.invalidation)
    if (change?.kind === 'script-library' || change?.kind === 'tenant') lookup.forgetTenant(change.tenantId)
  })
  channels.onGap(() => lookup.forgetAll())
}
