import { toast } from '@thingwire/ui'
import { fragmentOf, fromText, insert, isEmptyFragment, renewed, toText } from '../model/clipboard.ts'
import { inFile, nodeSize, type Place } from '../model/places.ts'
import type { CanvasTools } from './actions.ts'
import type { ViewActions } from './view-actions.ts'

/**
 * Copies go to the clipboard of the system as text, so that they come through to other chains, tabs and people. Keys bring
 * events of the clipboard, which need no leave; menus have to ask the browser.
 */
export const clipboardActions = (
  { editor, rf, box, say, t, refusal, pointer }: CanvasTools,
  view: ViewActions,
  removeSelected: () => void,
) => {
  /** The selection as text, or null. */
  const copied = (): string | null => {
    const fragment = fragmentOf(editor.document, editor.get().selection)
    if (isEmptyFragment(fragment)) return null
    say(t('said.copied', { count: fragment.order.length }))
    return toText(fragment)
  }

  /** Where the mouse is over the canvas; otherwise its middle. */
  const placeToPaste = (): Place => {
    const rect = box.current?.getBoundingClientRect()
    const { x, y } = pointer
    const isOver = rect && x > rect.left && x < rect.right && y > rect.top && y < rect.bottom
    const at = rf.screenToFlowPosition(isOver ? { x, y } : view.middleOfView())
    return inFile({ x: at.x - nodeSize.width / 2, y: at.y - nodeSize.height / 2 })
  }

  const pasted = (text: string, at: Place = placeToPaste()) => {
    if (editor.get().isReadOnly) return
    const parsed = fromText(text, () => crypto.randomUUID())
    if (!parsed.ok) {
      toast.failed(t('failed.paste'), refusal(parsed.reason))
      return
    }
    const fragment = renewed(parsed.fragment, at, () => crypto.randomUUID())
    editor.edit('paste', insert(fragment))
    editor.select({ nodes: new Set(fragment.order), notes: new Set(Object.keys(fragment.notes)) })
    const [first] = fragment.order
    if (first !== undefined) view.reveal(first)
    view.refocus()
    say(t('said.pasted', { count: fragment.order.length }))
  }

  const copy = async (): Promise<boolean> => {
    const text = copied()
    if (text === null) return false
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      toast.failed(t('failed.copy'), t('failed.clipboardWrite'))
      return false
    }
  }
  return {
    copied,
    pasted,
    copy,
    cut: async () => {
      if (!editor.get().isReadOnly && (await copy())) removeSelected()
    },
    paste: async (at?: Place) => {
      try {
        pasted(await navigator.clipboard.readText(), at && inFile(at))
      } catch {
        toast.failed(t('failed.paste'), t('failed.clipboard'))
      }
    },
  }
}
