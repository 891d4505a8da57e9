'use client'
import { sectionStates } from '@thingwire/dashboards'
import { type Boxes, boundsOf, type LayoutAddress, widgetOf } from '@thingwire/dashboards/edit'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { incoming, type Place } from '../library/incoming.ts'
import { jsonOf } from '../side/json.ts'
import { useEditorStore } from '../store/use-editor.ts'
import { gridUnder } from './grid-under.ts'
import { createHeadHover, type SectionHead } from './section-heads.ts'

/** Where what is carried would go: a place of another grid, or a section by its head. */
type Target = Place | SectionHead

type Input = { root: RefObject<HTMLElement | null>; at: LayoutAddress; start: Boxes }

/**
 * Carrying widgets of one grid into another: out of a section, into one, or from layout to layout. The grid under the
 * pointer shows where they would stand, as it does for what comes from the library; the head of a section is marked.
 */
export const useCarry = ({ root, at, start }: Input) => {
  const store = useEditorStore()
  const isOver = useRef(false)
  const head = useRef<SectionHead | null>(null)
  const [heads] = useState(createHeadHover)
  useEffect(
    // A grid that goes while something of it is dragged, as in a tab that is closed.
    () => () => {
      heads.leave()
      if (isOver.current) incoming.set(null)
    },
    [heads],
  )
  return useMemo(() => {
    const leaveGrid = () => {
      if (isOver.current) incoming.set(null)
      isOver.current = false
    }
    const titleOf = ([id, ...others]: readonly string[]): string => {
      const title = id === undefined ? null : jsonOf(widgetOf(store.document.configuration, id)?.config).title
      return others.length === 0 && typeof title === 'string' ? title : ''
    }
    const isOwnSection = ({ containerId, sectionId }: SectionHead): boolean => {
      const own = sectionStates(store.document.configuration).get(at.stateId)
      return own?.widgetId === containerId && own.sectionId === sectionId
    }
    return {
      /** Whether the pointer is over another grid now or over a head, and not over one that is carried itself. */
      over: (event: { clientX: number; clientY: number }, ids: readonly string[]): boolean => {
        const found = heads.over(event, ids, root.current)
        head.current = found && !isOwnSection(found) ? found : null
        if (head.current) {
          leaveGrid()
          return true
        }
        const grid = gridUnder(event.clientX, event.clientY)
        const carrier = grid?.closest('[data-container]')?.getAttribute('data-container') ?? ''
        const bounds = boundsOf([...start].flatMap(([id, box]) => (ids.includes(id) ? [box] : [])))
        const isOther = grid !== null && grid !== root.current && !ids.includes(carrier) && bounds !== null
        if (!isOther) {
          leaveGrid()
          return false
        }
        isOver.current = true
        // Sizes of what comes in are told in columns of 24.
        const sizeX = (bounds.sizeX * 24) / Number(grid.getAttribute('data-columns') ?? 24)
        const { sizeY } = bounds
        const widget = { id: '', typeFullFqn: '', type: 'static' as const, title: titleOf(ids), sizeX, sizeY }
        incoming.set({ widget, x: event.clientX, y: event.clientY, target: null })
        return true
      },
      /** Ends it; where it was over. */
      drop: (): Target | null => {
        const target = head.current ?? (isOver.current ? (incoming.get()?.target ?? null) : null)
        head.current = null
        heads.leave()
        leaveGrid()
        return target
      },
    }
  }, [root, at, start, store, heads])
}
