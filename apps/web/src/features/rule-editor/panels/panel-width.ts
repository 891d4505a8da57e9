import { useSyncExternalStore } from 'react'

const key = 'thingwire.rule-editor.panel-width'
export const panelWidths = { least: 360, usual: 440, most: 880 } as const

const listeners = new Set<() => void>()
let width: number | null = null

const clamp = (px: number) => Math.round(Math.min(Math.max(px, panelWidths.least), panelWidths.most))

const read = (): number => {
  if (width !== null) return width
  try {
    const stored = Number(localStorage.getItem(key))
    width = stored > 0 ? clamp(stored) : panelWidths.usual
  } catch {
    // Storage can be forbidden; the width is then remembered as long as the page is open.
    width = panelWidths.usual
  }
  return width
}

export const setPanelWidth = (px: number): void => {
  width = clamp(px)
  try {
    localStorage.setItem(key, String(width))
  } catch {
    // As above.
  }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** How wide the panel beside the canvas is, px; remembered in this browser. */
export const usePanelWidth = (): number => useSyncExternalStore(subscribe, read, () => panelWidths.usual)
