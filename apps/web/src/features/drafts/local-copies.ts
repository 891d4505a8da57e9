import { createStore, del, getMany, keys, set, type UseStore } from 'idb-keyval'
import { z } from 'zod'

/** Edits that the server may not have: kept in this browser until it has them. */
export type LocalCopy<D> = {
  key: string
  /** Epoch ms. */
  at: number
  document: D
  /** What the edits were made on. */
  base: D
}

export type LocalCopies<D> = {
  /** Those of this person and document, the newest first: of this page and of pages that were closed or crashed. */
  readAll: () => Promise<LocalCopy<D>[]>
  /** Replaces the copy of this page. Rejects when the browser has no room or keeps nothing. */
  write: (copy: Omit<LocalCopy<D>, 'key'>) => Promise<void>
  /** Forgets the copy of this page, and those of others that are taken over. */
  remove: (keys?: readonly string[]) => Promise<void>
}

/** How documents are kept; `read` answers null for what is none. */
export type CopyForm<D> = { read: (kept: unknown) => D | null; write: (document: D) => unknown }

const storedSchema = z.object({ at: z.number(), document: z.unknown(), base: z.unknown() })

/** One database for each kind: a store cannot be added to a database that is there. */
const databases = { 'rule-chains': 'thingwire-drafts', dashboards: 'thingwire-dashboard-drafts' } as const
export type CopyKind = keyof typeof databases

const opened = new Map<CopyKind, UseStore>()
const storeOf = (kind: CopyKind): UseStore => {
  const store = opened.get(kind) ?? createStore(databases[kind], kind)
  opened.set(kind, store)
  return store
}

/** Copies in this browser's own database; every page has its own, so that two tabs do not overwrite each other's. */
export const createLocalCopies = <D>(
  kind: CopyKind,
  owner: { userId: string; documentId: string },
  form: CopyForm<D>,
): LocalCopies<D> => {
  const prefix = `${owner.userId}/${owner.documentId}/`
  const own = `${prefix}${crypto.randomUUID()}`
  return {
    readAll: async () => {
      const store = storeOf(kind)
      const found = (await keys(store)).filter((key) => typeof key === 'string' && key.startsWith(prefix))
      const values = await getMany<unknown>(found, store)
      const copies = values.flatMap((value, index): LocalCopy<D>[] => {
        const kept = storedSchema.safeParse(value).data
        const [document, base] = [form.read(kept?.document), form.read(kept?.base)]
        return kept && document !== null && base !== null
          ? [{ key: String(found[index]), at: kept.at, document, base }]
          : []
      })
      return copies.sort((a, b) => b.at - a.at)
    },
    write: ({ at, document, base }) =>
      set(own, { at, document: form.write(document), base: form.write(base) }, storeOf(kind)),
    remove: async (others = []) => {
      await Promise.all([own, ...others].map((key) => del(key, storeOf(kind))))
    },
  }
}
