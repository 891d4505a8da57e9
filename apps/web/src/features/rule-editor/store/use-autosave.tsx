'use client'
import { ApiError } from '@thingwire/api-client'
import { toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react'
import { useLive } from '@/live/live-provider.tsx'
import { useUnsaved } from '@/shell/unsaved.tsx'
import { Autosave, type SaveEvent } from './autosave.ts'
import { createDraftServer, type ServerState } from './draft-server.ts'
import type { EditorStore } from './editor-store.ts'
import type { LocalCopies, LocalCopy } from './local-copies.ts'

const SavingContext = createContext<Autosave | null>(null)
export const SavingProvider = SavingContext

/** How the open chain is saved: to do so at once before it is published, to settle a conflict, to discard the draft. */
export const useSaving = (): Autosave => {
  const saving = use(SavingContext)
  if (!saving) throw new Error('No rule chain is open here')
  return saving
}

export type Opened = { server: ServerState; copies: readonly LocalCopy[]; localCopies: LocalCopies }

/** Saves the document of the store while the page is open, and brings in what others do. */
export const useAutosave = (store: EditorStore, ruleChainId: string, opened: Opened): Autosave => {
  const t = useTranslations('chainEditor')
  const [box] = useState({ t })
  useEffect(() => {
    box.t = t
  })
  const [saving] = useState(
    () =>
      new Autosave({
        store,
        server: createDraftServer(ruleChainId),
        copies: opened.localCopies,
        opened: opened.server,
        tell: (event) => tell(event, box.t, store),
        reasonOf: (error) => box.t(reasonOf(error), { message: error instanceof Error ? error.message : '' }),
      }),
  )
  useEffect(() => {
    saving.start(opened.copies)
    const keep = () => saving.keep()
    addEventListener('online', saving.retry)
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('online', saving.retry)
      removeEventListener('pagehide', keep)
      saving.stop()
    }
  }, [saving, opened.copies])
  useLive({ kind: 'editors', entityId: { entityType: 'RULE_CHAIN', id: ruleChainId } }, (change) => {
    // What cannot be fetched now is found when something is saved.
    if (change.kind === 'editors') saving.heard(change).catch(() => undefined)
  })
  useUnsaved(
    useSyncExternalStore(
      store.subscribe,
      () => isAtRisk(store),
      () => false,
    ),
  )
  return saving
}

/** Edits that are nowhere but in this page. */
const isAtRisk = (store: EditorStore): boolean => store.get().save.kind === 'unsaved'

type Words = ReturnType<typeof useTranslations<'chainEditor'>>

const reasonOf = (error: unknown) => {
  if (!(error instanceof ApiError) || error.isUnreachable) return 'saving.unreachable'
  return error.status === 401 ? 'saving.signedOut' : 'saving.refused'
}

/** Takes a step back, as long as it is the last one. */
const undoOf = (store: EditorStore, name: string) => () => {
  if (store.get().history.past.at(-1)?.name === name) store.undo()
}

/** Somebody who goes on editing is told of once a while. */
const quietMs = 60_000
const toldAt = new WeakMap<EditorStore, number>()

const tell = (event: SaveEvent, t: Words, store: EditorStore) => {
  if (event.kind === 'merged' && event.cause === 'saved') {
    const last = toldAt.get(store)
    toldAt.set(store, Date.now())
    if (last !== undefined && Date.now() - last < quietMs) return
  }
  if (event.kind === 'recovered') {
    const at = new Date(event.at)
    const isToday = at.toDateString() === new Date().toDateString()
    toast.undoable(
      t(isToday ? 'saving.recoveredToday' : 'saving.recovered', { time: at }),
      t('undo'),
      undoOf(store, 'recover'),
    )
  } else if (event.cause === 'published') toast.done(t('saving.mergedPublished'))
  else if (event.cause === 'discarded') toast.undoable(t('saving.discarded'), t('undo'), undoOf(store, 'merge'))
  else toast.done(event.by === null ? t('saving.merged') : t('saving.mergedBy', { name: event.by }))
}
