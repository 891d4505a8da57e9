import { chainDocumentSchema } from '@thingwire/contracts'
import { createStore, del, getMany, keys, set, type UseStore } from 'idb-keyval'
import { z } from 'zod'
import { type ChainDocument, toData, toDocument } from '../model/document.ts'

/** Edits that the server may not have: kept in this browser until it has them. */
export type LocalCopy = {
  key: string
  /** Epoch ms. */
  at: number
  document: ChainDocument
  /** What the edits were made on. */
  base: ChainDocument
}

export type LocalCopies = {
  /** Those of this person and chain, the newest first: of this page and of pages that were closed or crashed. */
  readAll: () => Promise<LocalCopy[]>
  /** Replaces the copy of this page. Rejects when the browser has no room or keeps nothing. */
  write: (copy: Omit<LocalCopy, 'key'>) => Promise<void>
  /** Forgets the copy of this page, and those of others that are taken over. */
  remove: (keys?: readonly string[]) => Promise<void>
}

const storedSchema = z.object({ at: z.number(), document: chainDocumentSchema, base: chainDocumentSchema })

let opened: UseStore | null = null
const store = (): UseStore => {
  opened ??= createStore('thingwire-drafts', 'rule-chains')
  return opened
}

const newId = () => crypto.randomUUID()

/** Copies in this browser's own database; every page has its own, so that two tabs do not overwrite each other's. */
export const createLocalCopies = (userId: string, ruleChainId: string): LocalCopies => {
  const prefix = `${userId}/${ruleChainId}/`
  const own = `${prefix}${newId()}`
  return {
    readAll: async () => {
      const found = (await keys(store())).filter((key) => typeof key === 'string' && key.startsWith(prefix))
      const values = await getMany<unknown>(found, store())
      const copies = values.flatMap((value, index): LocalCopy[] => {
        const read = storedSchema.safeParse(value)
        if (!read.success) return []
        const { at, document, base } = read.data
        return [{ key: String(found[index]), at, document: toDocument(document, newId), base: toDocument(base, newId) }]
      })
      return copies.sort((a, b) => b.at - a.at)
    },
    write: ({ at, document, base }) => set(own, { at, document: toData(document), base: toData(base) }, store()),
    remove: async (others = []) => {
      await Promise.all([own, ...others].map((key) => del(key, store())))
    },
  }
}
