'use client'
import { type RefObject, useEffect, useState } from 'react'

type ChoosableColumn = { id: string; initiallyHidden?: boolean }

const storageKey = (table: string) => `columns:${table}`

const readHidden = (table: string): string[] | null => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(table)) ?? 'null')
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : null
  } catch {
    // Frames of other sites may have no storage.
    return null
  }
}

/** The columns a person switched off, remembered per table in this browser. */
export const useColumnVisibility = (table: string, columns: readonly ChoosableColumn[]) => {
  const [hidden, setHidden] = useState(() => new Set(columns.filter((c) => c.initiallyHidden).map((c) => c.id)))
  // Read after mounting: the server has no storage, and its markup must match the first one here.
  useEffect(() => {
    const stored = readHidden(table)
    if (stored) setHidden(new Set(stored))
  }, [table])
  const toggle = (id: string) => {
    const next = new Set(hidden)
    if (!next.delete(id)) next.add(id)
    setHidden(next)
    try {
      localStorage.setItem(storageKey(table), JSON.stringify([...next]))
    } catch {
      // Full or forbidden: it holds as long as the page.
    }
  }
  return [hidden, toggle] as const
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

const isOverlayOpen = () => document.querySelector('[role=dialog],[role=menu]') !== null

/**
 * Where the current row is among `ids`: it stays the current one when others come or go before it. One that is gone hands
 * over to the one in its place.
 */
export const currentIndex = (current: { id: string; index: number } | null, ids: readonly string[]): number => {
  if (!current) return -1
  const found = ids.indexOf(current.id)
  return found === -1 ? Math.min(current.index, ids.length - 1) : found
}

/** j/k of a list, Enter to open, / to search. The current row is -1 until a key is used. */
export const useRowKeys = (p: {
  root: RefObject<HTMLElement | null>
  ids: readonly string[]
  open: (index: number) => void
}) => {
  const [row, setRow] = useState<{ id: string; index: number } | null>(null)
  const { root, ids, open } = p
  const current = currentIndex(row, ids)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isOverlayOpen()) return
      const move = (step: number) => {
        event.preventDefault()
        const next = Math.min(ids.length - 1, Math.max(0, current + step))
        const id = ids[next]
        if (id !== undefined) setRow({ id, index: next })
        root.current?.querySelectorAll('[data-table-row]')[next]?.scrollIntoView({ block: 'nearest' })
      }
      if (event.key === 'j') move(1)
      else if (event.key === 'k') move(-1)
      else if (event.key === 'Enter' && current >= 0 && event.target === document.body) open(current)
      else if (event.key === '/') {
        event.preventDefault()
        root.current?.querySelector<HTMLInputElement>('[data-table-search] input, input[data-table-search]')?.focus()
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [root, ids, current, open])
  return { current }
}
