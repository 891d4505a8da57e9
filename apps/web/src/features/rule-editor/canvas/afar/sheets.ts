import type { Viewport } from '@xyflow/react'
import { type Lit, paintChain, paintLit, type Sheet } from './paint.ts'

/** So many px around the view are painted, so that it can be moved that far before it is painted again. */
const around = 240
/** The sharpest screens would ask for more memory than anybody sees. */
const mostDensity = 2

type Size = { width: number; height: number }

/**
 * Two pictures of a chain, one above the other: what stands still, and what is lit or dragged. They are shifted with the
 * view, and painted when that is not enough any more.
 */
export class Sheets {
  readonly #below: HTMLCanvasElement
  readonly #above: HTMLCanvasElement
  #color: Sheet['color']
  readonly #font: string
  #painted: { viewport: Viewport; size: Size } | null = null

  constructor(below: HTMLCanvasElement, above: HTMLCanvasElement, color: Sheet['color'], font: string) {
    this.#below = below
    this.#above = above
    this.#color = color
    this.#font = font
  }

  /** Other colours, of another theme; false: they are the same. */
  recolor(color: Sheet['color']): boolean {
    const isOther = (['var(--tw-surface)', 'var(--tw-ink)'] as const).some((css) => color(css) !== this.#color(css))
    if (isOther) this.#color = color
    return isOther
  }

  /** All of it, as seen from here. */
  paint(viewport: Viewport, size: Size, scene: Lit): void {
    this.#painted = { viewport, size }
    const below = this.#sheet(this.#below)
    if (below) paintChain(below, scene)
    this.paintLit(scene)
    this.shift(viewport)
  }

  /** What is above, where the rest was painted. */
  paintLit(scene: Lit): void {
    const above = this.#sheet(this.#above)
    if (above) paintLit(above, scene)
  }

  /** Brings what is painted to where it is seen now: it does, larger or smaller than it was painted, or leaves a part of the view empty. */
  shift({ x, y, zoom }: Viewport): 'fits' | 'blurred' | 'short' {
    if (!this.#painted) return 'short'
    const { viewport, size } = this.#painted
    const scale = zoom / viewport.zoom
    const [left, top] = [x - (viewport.x + around) * scale, y - (viewport.y + around) * scale]
    // Whole px: between two of them all of it would be drawn anew.
    const transform = `translate3d(${Math.round(left)}px, ${Math.round(top)}px, 0) scale(${scale})`
    for (const { style } of [this.#below, this.#above]) style.transform = transform
    const [right, bottom] = [left + (size.width + 2 * around) * scale, top + (size.height + 2 * around) * scale]
    if (left > 0 || top > 0 || right < size.width || bottom < size.height) return 'short'
    return scale === 1 ? 'fits' : 'blurred'
  }

  #sheet(canvas: HTMLCanvasElement): Sheet | null {
    const pen = canvas.getContext('2d')
    if (!pen || !this.#painted) return null
    const { viewport, size } = this.#painted
    const density = Math.min(mostDensity, window.devicePixelRatio)
    const [width, height] = [size.width + 2 * around, size.height + 2 * around]
    const [wide, high] = [Math.round(width * density), Math.round(height * density)]
    if (canvas.width !== wide || canvas.height !== high) {
      Object.assign(canvas, { width: wide, height: high })
      Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` })
    }
    pen.setTransform(density, 0, 0, density, 0, 0)
    return {
      pen,
      left: viewport.x + around,
      top: viewport.y + around,
      zoom: viewport.zoom,
      width,
      height,
      color: this.#color,
      font: this.#font,
    }
  }
}
