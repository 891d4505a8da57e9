'use client'
import { useEffect } from 'react'
import { useEditor, useEditorStore } from '../store/use-editor.ts'
import { focusPart } from './focus-part.ts'
import { tabOf } from './tab-of.ts'

/** The panel has opened and drawn its forms by then, ms; what has to be unfolded needs that once more. */
const drawnAfterMs = 150
const mostTries = 6

/** Who asks for a part of this widget, out of the list of problems, is led to its tab and its control. */
export const useAskedPart = (id: string, tabs: readonly string[], setTab: (tab: string) => void) => {
  const store = useEditorStore()
  const asked = useEditor((state) => state.asked)
  const isMine = asked?.id === id
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tabs and their setter are those of the moment in which it is asked
  useEffect(() => {
    if (!asked || !isMine) return
    const tab = tabOf(asked.path)
    setTab(tabs.includes(tab) ? tab : 'json')
    let tries = 0
    let timer = setTimeout(function look() {
      const panel = document.querySelector('[data-widget-panel]')
      tries++
      if (panel && !focusPart(panel, asked.path) && tries < mostTries) timer = setTimeout(look, drawnAfterMs)
      else store.set({ asked: null })
    }, drawnAfterMs)
    return () => clearTimeout(timer)
  }, [asked, isMine, store])
}
