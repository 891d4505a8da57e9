import { getViewportForBounds, type Viewport } from '@xyflow/react'
import type { Place } from '../../model/places.ts'
import type { Box } from '../guides.ts'

type Listener = () => void

/**
 * Where one looks at the chain from. While a hand moves it at the same size, only the picture follows: what is drawn is
 * shifted as a whole, and React Flow, whose nodes and wires each listen to every step, hears of it when the hand rests.
 */
export class View {
  readonly #listeners = new Set<Listener>()
  readonly #watchers = new Set<Listener>()
  #settled: Viewport = { x: 0, y: 0, zoom: 1 }
  #now = this.#settled
  #isHeld = false
  /** Room for the chain, in px of the screen. */
  size = { width: 0, height: 0 }

  /** What React Flow knows of; the same object until it is another. */
  readonly settled = (): Viewport => this.#settled
  readonly subscribe = (listener: Listener): Listener => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** What is seen at this moment. */
  readonly now = (): Viewport => this.#now
  readonly zoom = (): number => this.#now.zoom
  /** Hears of every step, also of those that React Flow does not. */
  readonly watch = (watcher: Listener): Listener => {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  readonly moved = (viewport: Viewport): void => {
    this.#now = viewport
    for (const watcher of this.#watchers) watcher()
    if (!this.#isHeld || viewport.zoom !== this.#settled.zoom) this.settle()
  }

  readonly hold = (): void => {
    this.#isHeld = true
  }
  readonly release = (): void => {
    if (!this.#isHeld) return
    this.#isHeld = false
    for (const watcher of this.#watchers) watcher()
    this.settle()
  }
  get isHeld(): boolean {
    return this.#isHeld
  }

  /** Before anything asks where on the canvas a point of the screen is. */
  readonly settle = (): void => {
    if (this.#settled === this.#now) return
    this.#settled = this.#now
    for (const listener of this.#listeners) listener()
  }

  /** The part of the canvas that is seen, with so many px of the screen around it. */
  readonly area = (around = 0): Box => {
    const { x, y, zoom } = this.#now
    return {
      x: (-x - around) / zoom,
      y: (-y - around) / zoom,
      width: (this.size.width + 2 * around) / zoom,
      height: (this.size.height + 2 * around) / zoom,
    }
  }
}

/** How far the view may be zoomed. */
export const zooms = { least: 0.1, most: 2 } as const
/** Seen smaller than this, nothing can be read: the chain is drawn as a picture. */
export const farZoom = 0.36
const margin = 32
const narrowPx = 768
/** All of a chain is shown if that is not smaller; else where it begins is, larger. On a phone all is further from being read. */
const opened = { wide: { least: 0.45, zoom: 0.7 }, narrow: { least: 0.6, zoom: 0.8 } } as const

/** All of these boxes in view, with room for the tools in the corners; never larger than they are drawn. */
export const fitting = (bounds: Box, { width, height }: { width: number; height: number }): Viewport => {
  const padding =
    width < narrowPx
      ? ({ top: '48px', right: '16px', bottom: '56px', left: '16px' } as const)
      : ({ top: '48px', right: '48px', bottom: '72px', left: '48px' } as const)
  return getViewportForBounds(bounds, width, height, zooms.least, 1, padding)
}

/** Where a chain is opened: all of it, or where it begins when as a whole it could not be read. */
export const opening = (
  bounds: Box | null,
  start: (Place & { height: number }) | null,
  size: { width: number; height: number },
): Viewport => {
  // The mark of the entry stands at the left, half-way down.
  if (!bounds) return { x: margin * 5, y: size.height / 2, zoom: 1 }
  const all = fitting(bounds, size)
  const { least, zoom } = size.width < narrowPx ? opened.narrow : opened.wide
  if (!start || all.zoom >= least) return all
  return { x: (margin * 5 - start.x) * zoom, y: size.height / 2 - (start.y + start.height / 2) * zoom, zoom }
}
