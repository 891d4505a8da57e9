'use client'
import {
  clipboardText,
  copyWidgets,
  type LayoutAddress,
  pasteWidgets,
  readClipboard,
  removeWidgets,
} from '@thingwire/dashboards/edit'
import { toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { type RefObject, useEffect } from 'react'
import { useOpenEditor } from '../store/use-editor.ts'

/** Ctrl+C, X and V by the events that they come as, while the grid has the focus; also from and into other dashboards. */
export const useClipboard = (root: RefObject<HTMLElement | null>, at: LayoutAddress) => {
  const t = useTranslations('dashboardEditor')
  const { store, dashboardId } = useOpenEditor()
  useEffect(() => {
    const isOurs = (target: EventTarget | null) => target instanceof Node && root.current?.contains(target) === true
    const copy = (event: ClipboardEvent) => {
      const { selection } = store.get()
      if (!isOurs(event.target) || selection.length === 0) return
      event.preventDefault()
      const copied = copyWidgets(store.document.configuration, at, selection, dashboardId)
      event.clipboardData?.setData('text/plain', clipboardText(copied))
      if (event.type === 'cut') store.run(removeWidgets(at, selection))
    }
    const paste = (event: ClipboardEvent) => {
      if (!isOurs(event.target)) return
      event.preventDefault()
      const read = readClipboard(event.clipboardData?.getData('text/plain') ?? '')
      if (!read.ok) {
        toast.failed(t('pasteFailed'), t(`paste.${read.reason}`))
        return
      }
      const made: string[] = []
      const newId = () => {
        const id = crypto.randomUUID()
        made.push(id)
        return id
      }
      store.run(pasteWidgets(read.clipboard, at, null, newId))
      // Ids are made for the widgets first, in their order; those in containers are not chosen by themselves.
      const { widgets, places } = read.clipboard
      store.select(Object.keys(widgets).flatMap((id, index) => (Object.hasOwn(places, id) ? (made[index] ?? []) : [])))
    }
    document.addEventListener('copy', copy)
    document.addEventListener('cut', copy)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('copy', copy)
      document.removeEventListener('cut', copy)
      document.removeEventListener('paste', paste)
    }
  }, [root, at, store, dashboardId, t])
}
