'use client'
import {
  canPasteReference,
  type Clipboard,
  clipboardText,
  copyWidgets,
  type LayoutAddress,
  pasteReferences,
  pasteWidgets,
  readClipboard,
  removeWidgets,
} from '@thingwire/dashboards/edit'
import { toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useMemo } from 'react'
import { useOpenEditor } from '../store/use-editor.ts'
import { isOfGrid } from './grid-under.ts'
import { copiedText, rememberCopied } from './copied.ts'

type Corner = { col: number; row: number }

/** Copying from and pasting into a grid, also from and into other dashboards. */
export type GridClipboard = {
  copy: (kind: 'copy' | 'cut') => void
  /** @param corner null: the first free place */
  paste: (how: 'copies' | 'references', corner: Corner | null) => void
}

/** Ctrl+C, X and V by the events that they come as while the grid has the focus, and the same for menus. */
export const useClipboard = (root: RefObject<HTMLElement | null>, at: LayoutAddress): GridClipboard => {
  const t = useTranslations('dashboardEditor')
  const { store, dashboardId } = useOpenEditor()
  const deeds = useMemo(() => {
    const refused = (reason: string): void => void toast.failed(t('pasteFailed'), reason)
    const insert = (clipboard: Clipboard, corner: Corner | null) => {
      const made: string[] = []
      const newId = () => {
        const id = crypto.randomUUID()
        made.push(id)
        return id
      }
      store.run(pasteWidgets(clipboard, at, corner, newId))
      // Ids are made for the widgets first, in their order; those in containers are not chosen by themselves.
      const { widgets, places } = clipboard
      store.select(Object.keys(widgets).flatMap((id, index) => (Object.hasOwn(places, id) ? (made[index] ?? []) : [])))
    }
    const refer = (clipboard: Clipboard, corner: Corner | null) => {
      if (!canPasteReference(store.document.configuration, clipboard, at, dashboardId)) {
        refused(t('paste.noReference'))
        return
      }
      store.run(pasteReferences(clipboard, at, corner))
      store.select(Object.keys(clipboard.places))
    }
    return {
      /** Null where nothing of this grid is selected. */
      take: (kind: 'copy' | 'cut'): string | null => {
        const { selection } = store.get()
        const copied = copyWidgets(store.document.configuration, at, selection, dashboardId)
        if (Object.keys(copied.places).length === 0) return null
        if (kind === 'cut') store.run(removeWidgets(at, selection))
        const text = clipboardText(copied)
        rememberCopied(text)
        return text
      },
      put: (text: string, how: 'copies' | 'references', corner: Corner | null): void => {
        const read = readClipboard(text)
        if (!read.ok) refused(t(`paste.${read.reason}`))
        else if (how === 'references') refer(read.clipboard, corner)
        else insert(read.clipboard, corner)
      },
    }
  }, [at, store, dashboardId, t])
  useEffect(() => {
    const isOurs = (target: EventTarget | null) => root.current !== null && isOfGrid(root.current, target)
    const copy = (event: ClipboardEvent) => {
      if (!isOurs(event.target)) return
      const text = deeds.take(event.type === 'cut' ? 'cut' : 'copy')
      if (text === null) return
      event.preventDefault()
      event.clipboardData?.setData('text/plain', text)
    }
    const paste = (event: ClipboardEvent) => {
      if (!isOurs(event.target)) return
      event.preventDefault()
      deeds.put(event.clipboardData?.getData('text/plain') ?? '', 'copies', null)
    }
    document.addEventListener('copy', copy)
    document.addEventListener('cut', copy)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('copy', copy)
      document.removeEventListener('cut', copy)
      document.removeEventListener('paste', paste)
    }
  }, [root, deeds])
  return useMemo(
    () => ({
      copy: (kind) => {
        const text = deeds.take(kind)
        // Where the browser has no clipboard for pages, what was copied is pasted from memory.
        if (text !== null) void navigator.clipboard?.writeText(text).catch(() => undefined)
      },
      paste: (how, corner) => void copiedText().then((text) => deeds.put(text, how, corner)),
    }),
    [deeds],
  )
}
