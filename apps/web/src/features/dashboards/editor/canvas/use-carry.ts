'use client'
import { type Boxes, boundsOf } from '@thingwire/dashboards/edit'
import { type RefObject, useMemo, useRef } from 'react'
import { incoming, type Place } from '../library/incoming.ts'
import { gridUnder } from './grid-under.ts'

/**
 * Carrying widgets of one grid into another: out of a section, into one, or from layout to layout. The grid under the
 * pointer shows where they would stand, as it does for what comes from the library.
 */
export const useCarry = (root: RefObject<HTMLElement | null>, start: Boxes) => {
  const isOver = useRef(false)
  return useMemo(
    () => ({
      /** Whether the pointer is over another grid now, and not over one that is carried itself. */
      over: (event: { clientX: number; clientY: number }, ids: readonly string[]): boolean => {
        const grid = gridUnder(event.clientX, event.clientY)
        const carrier = grid?.closest('[data-container]')?.getAttribute('data-container') ?? ''
        const bounds = boundsOf([...start].flatMap(([id, box]) => (ids.includes(id) ? [box] : [])))
        const isOther = grid !== null && grid !== root.current && !ids.includes(carrier) && bounds !== null
        if (!isOther) {
          if (isOver.current) incoming.set(null)
          isOver.current = false
          return false
        }
        isOver.current = true
        // Sizes of what comes in are told in columns of 24.
        const sizeX = (bounds.sizeX * 24) / Number(grid.getAttribute('data-columns') ?? 24)
        const { sizeY } = bounds
        const widget = { id: '', typeFullFqn: '', type: 'static' as const, title: '', sizeX, sizeY }
        incoming.set({ widget, x: event.clientX, y: event.clientY, target: null })
        return true
      },
      /** Ends it; the place that it was over. */
      drop: (): Place | null => {
        const target = isOver.current ? (incoming.get()?.target ?? null) : null
        if (isOver.current) incoming.set(null)
        isOver.current = false
        return target
      },
    }),
    [root, start],
  )
}
