'use client'
import { ApiError } from '@thingwire/api-client'
import type { EditedId } from '@thingwire/contracts'
import { toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useLive } from '@/live/live-provider.tsx'
import { useUnsaved } from '@/shell/unsaved.tsx'
import { Autosave, type AutosaveInput, type SaveEvent } from './autosave.ts'
import type { DraftDeed, DraftModel, DraftServer } from './model.ts'
import type { Opened } from './open-draft.ts'

type Store<D, C> = AutosaveInput<D, C>['store'] & { undoDeed: (deed: DraftDeed) => void }
type Input<D, C> = {
  edited: EditedId
  store: Store<D, C>
  model: DraftModel<D, C>
  server: DraftServer<D>
  opened: Opened<D>
}

/** Saves the document of the store while the page is open, and brings in what others do. All parts stay the same. */
export const useAutosave = <D, C>({ edited, store, model, server, opened }: Input<D, C>): Autosave<D, C> => {
  const t = useTranslations('drafts')
  const [box] = useState({ t })
  useEffect(() => {
    box.t = t
  })
  const [saving] = useState(
    () =>
      new Autosave({
        store,
        model,
        server,
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
  useLive({ kind: 'editors', entityId: edited }, (change) => {
    // What cannot be fetched now is found when something is saved.
    if (change.kind === 'editors') saving.heard(change).catch(() => undefined)
  })
  useUnsaved(
    useSyncExternalStore(
      store.subscribe,
      // Edits that are nowhere but in this page.
      () => store.get().save.kind === 'unsaved',
      () => false,
    ),
  )
  return saving
}

type Words = ReturnType<typeof useTranslations<'drafts'>>

const reasonOf = (error: unknown) => {
  if (!(error instanceof ApiError) || error.isUnreachable) return 'saving.unreachable'
  return error.status === 401 ? 'saving.signedOut' : 'saving.refused'
}

/** Somebody who goes on editing is told of once a while. */
const quietMs = 60_000
const toldAt = new WeakMap<object, number>()

const tell = (event: SaveEvent, t: Words, store: { undoDeed: (deed: DraftDeed) => void }) => {
  if (event.kind === 'merged' && event.cause === 'saved') {
    const last = toldAt.get(store)
    toldAt.set(store, Date.now())
    if (last !== undefined && Date.now() - last < quietMs) return
  }
  if (event.kind === 'recovered') {
    const at = new Date(event.at)
    const isToday = at.toDateString() === new Date().toDateString()
    toast.undoable(t(isToday ? 'saving.recoveredToday' : 'saving.recovered', { time: at }), t('undo'), () =>
      store.undoDeed('recover'),
    )
  } else if (event.cause === 'published') toast.done(t('saving.mergedPublished'))
  else if (event.cause === 'discarded') toast.undoable(t('saving.discarded'), t('undo'), () => store.undoDeed('merge'))
  else toast.done(event.by === null ? t('saving.merged') : t('saving.mergedBy', { name: event.by }))
}
