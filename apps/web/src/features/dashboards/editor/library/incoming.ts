'use client'
import type { NewWidget } from '@thingwire/dashboards/edit'
import type { LayoutAddress } from '@thingwire/dashboards/edit'
import { useSyncExternalStore } from 'react'

/** A place of a grid. */
export type Place = { at: LayoutAddress; place: { col: number; row: number; sizeX: number; sizeY: number } }

/** What is on its way from the library to the board, under the pointer. */
export type Incoming = {
  widget: NewWidget
  /** Of the pointer in the window, px. */
  x: number
  y: number
  /** Where it would come to stand: the grid under the pointer says so; null: nowhere. */
  target: Place | null
}

/** One pointer drags at a time, so there is one for the page. */
let now: Incoming | null = null
const listeners = new Set<() => void>()

export const incoming = {
  get: (): Incoming | null => now,
  set: (next: Incoming | null): void => {
    now = next
    for (const listener of [...listeners]) listener()
  },
  /** By the grid under the pointer, while it hears of a move: those who listen know already. */
  aim: (target: Place | null): void => {
    if (now) now = { ...now, target }
  },
  listen: (changed: () => void): (() => void) => {
    listeners.add(changed)
    return () => void listeners.delete(changed)
  },
}

export const useIsIncoming = (): boolean =>
  useSyncExternalStore(
    incoming.listen,
    () => now !== null,
    () => false,
  )
