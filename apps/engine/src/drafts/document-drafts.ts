import { AppError, type EditedId, type PageData, type PageLink, type PublishDraft } from '@thingwire/contracts'
import type { Draft, DraftStore, SavedDraft, Scope, Version, VersionDocument, VersionStore } from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import type { Operation } from '../access/permissions.ts'
import type { Caller } from '../auth/sign-in.ts'

type SaveDraft<Document> = { revision: number | null; baseVersion: number; document: Document }

/** Edits that are not published, and what was published before: what rule chains and dashboards have in common. */
export type DocumentDrafts<Document, Figures> = {
  find(caller: Caller, id: string): Promise<Draft<Document> | null>
  save(caller: Caller, id: string, draft: SaveDraft<Document>): Promise<SavedDraft>
  /** `revision`: refused when the draft is another by now; null: whatever it is. */
  discard(caller: Caller, id: string, revision: number | null): Promise<void>
  /** The draft that is to be published; throws when it or what is published is another than the caller has seen. */
  toPublish(caller: Caller, id: string, request: PublishDraft): Promise<Draft<Document>>
  versions(caller: Caller, id: string, link: PageLink): Promise<PageData<Version<Figures>>>
  version(caller: Caller, id: string, version: number): Promise<VersionDocument<Document, Figures>>
  saveNote(caller: Caller, id: string, version: number, note: string | null): Promise<Version<Figures>>
  /** Tells those who have it open that there is another draft. */
  announce(id: string): Promise<void>
}

/** Versions and revisions are stored as 32-bit numbers. */
const maxNumber = 2 ** 31 - 1

export const createDocumentDrafts = <Document, Figures>(deps: {
  entityType: EditedId['entityType']
  store: DraftStore<Document> & VersionStore<Document, Figures>
  /** Largest document as JSON. */
  maxBytes: number
  access: EntityAccess
  announce(edited: EditedId): Promise<void>
}): DocumentDrafts<Document, Figures> => {
  const { entityType, store, maxBytes } = deps

  const reach = async (caller: Caller, id: string, operation: Operation): Promise<Scope> => {
    const { scope } = await deps.access.require(caller, { entityType, id }, operation, { missingText: 'byId' })
    return scope
  }
  const announce = (id: string) => deps.announce({ entityType, id })
  /** Tells what there is by now, so that an editor knows what it has to merge with. */
  const conflict = async (scope: Scope, id: string): Promise<AppError> => {
    const state = scope.kind === 'tenant' ? await store.state(scope.tenantId, id) : null
    return new AppError('VERSION_CONFLICT', undefined, {
      ...(state && { extra: { draft: state.draft, version: state.version } }),
    })
  }

  return {
    announce,

    find: async (caller, id) => store.find(await reach(caller, id, 'WRITE'), id),

    save: async (caller, id, { revision, baseVersion, document }) => {
      const scope = await reach(caller, id, 'WRITE')
      const size = Buffer.byteLength(JSON.stringify(document))
      if (size > maxBytes)
        throw new AppError('PAYLOAD_TOO_LARGE', `The draft has ${size} bytes; ${maxBytes} are the most.`)
      if (Math.max(revision ?? 0, baseVersion) > maxNumber) throw await conflict(scope, id)
      try {
        const saved = await store.save(scope, { ownerId: id, userId: caller.userId, revision, baseVersion, document })
        await announce(id)
        return saved
      } catch (error) {
        throw error instanceof AppError && error.code === 'VERSION_CONFLICT' ? await conflict(scope, id) : error
      }
    },

    discard: async (caller, id, revision) => {
      const scope = await reach(caller, id, 'WRITE')
      if (await store.discard(scope, id, revision)) await announce(id)
      else if (revision !== null && (await store.find(scope, id))) throw await conflict(scope, id)
    },

    toPublish: async (caller, id, { revision, version }) => {
      const scope = await reach(caller, id, 'WRITE')
      const [draft, state] = await Promise.all([
        store.find(scope, id),
        scope.kind === 'tenant' ? store.state(scope.tenantId, id) : null,
      ])
      if (!draft || draft.revision !== revision || state?.version !== version) throw await conflict(scope, id)
      return draft
    },

    versions: async (caller, id, link) => store.versions(await reach(caller, id, 'WRITE'), id, link),

    version: async (caller, id, version) => {
      const found = await store.version(await reach(caller, id, 'WRITE'), id, Math.min(version, maxNumber))
      if (!found) throw missing(entityType, id)
      return found
    },

    saveNote: async (caller, id, version, note) => {
      const scope = await reach(caller, id, 'WRITE')
      const saved = await store.saveNote(scope, id, Math.min(version, maxNumber), note)
      if (!saved) throw missing(entityType, id)
      return saved
    },
  }
}
