import type { Map as MapLibre } from 'maplibre-gl'
import { Slowness } from './slowness.ts'

/** What was drawn, seen from where the map is now. */
export type Carried = {
  /** Where the middle of the drawing is now, px of the canvas. */
  middle: { x: number; y: number }
  /** How much nearer the map has come since. */
  scale: number
  /** Of the canvas, px; the view is smaller by the margin at each side. */
  width: number
  height: number
  margin: Margin
}

/** What is drawn beyond the view, px: to the left and right, above and below. */
export type Margin = { x: number; y: number }

const mostScale = 2
/** px: a map that cannot go any further does not stand still to the last fraction. */
const tolerance = 1
/** While one goes farther away the edges are empty so far, as part of the side: else every frame would be drawn. */
const emptyEdge = 0.1

/** The transform that lays the drawing where it belongs; null: it would leave too much of the view empty, or be seen as too coarse. */
export const carriedTransform = ({ middle, scale, width, height, margin }: Carried): string | null => {
  const [left, top] = [middle.x - (scale * width) / 2, middle.y - (scale * height) / 2]
  const [across, down] = scale < 1 ? [emptyEdge * width, emptyEdge * height] : [tolerance, tolerance]
  const covers =
    left <= margin.x + across &&
    top <= margin.y + down &&
    left + scale * width >= width - margin.x - across &&
    top + scale * height >= height - margin.y - down
  return covers && scale <= mostScale ? `translate(${left}px, ${top}px) scale(${scale})` : null
}

/** What is drawn beyond each edge of the view, px: at most, and as part of the shorter side. */
const widest = 128
const share = 0.3
/** A map that is held still in the middle of a movement is drawn anew after this time, or after so many times what that takes. */
const rest = { leastMs: 150, mostMs: 1_000, times: 4 }
/** What has changed meanwhile is shown after this time at the latest. */
const staleMs = 400

/** px around the world at zoom 0. */
const worldPx = 512

/**
 * Where drawing is slow, a map that is moved is not drawn with every frame: the last drawing, which is somewhat larger than
 * the view, is carried along by the browser and drawn anew when its edge comes near, and once the map rests.
 *
 * It stands between the map and its painter. All else of the map goes on with every frame, so that what lies above it, and what
 * is asked of it, is where the map is.
 */
export class Carrying {
  readonly #map: MapLibre
  readonly #slowness = new Slowness()
  #drawn: { lng: number; lat: number; zoom: number; width: number; height: number; at: number } | null = null
  #isTiming = false
  /** How long the last drawing took, ms. */
  #drawMs = 0
  #margin: Margin = { x: 0, y: 0 }
  #isDue = false
  #isStale = false
  #rest: ReturnType<typeof setTimeout> | null = null

  constructor(map: MapLibre) {
    this.#map = map
    this.#standBefore()
    // Graphics that were lost come back with another painter.
    map.on('webglcontextrestored', () => this.#standBefore())
    map.on('moveend', () => this.#rests())
    map.on('resize', () => {
      this.#drawn = null
    })
  }

  /** How far the canvas reaches over the view, px. */
  get margin(): Margin {
    return this.#margin
  }

  /** Something else is to be seen than what was drawn. */
  changed(): void {
    this.#isStale = true
  }

  stop(): void {
    if (this.#rest) clearTimeout(this.#rest)
  }

  #standBefore(): void {
    const { painter } = this.#map
    const render = painter.render.bind(painter)
    this.#drawn = null
    painter.render = (style, transform, options) => {
      if (this.#carries(options.moving)) return
      render(style, transform, options)
      this.#note()
    }
  }

  #carries(isMoving: boolean): boolean {
    const drawn = this.#drawn
    if (!isMoving || !drawn || !this.#slowness.isSlow || this.#isDue) return false
    if (this.#isStale && performance.now() - drawn.at > staleMs) return false
    const { lng } = this.#map.getCenter()
    // Over the date line places are counted anew.
    if (Math.abs(lng - drawn.lng) > 180) return false
    const transform = carriedTransform({
      middle: this.#map.project([drawn.lng, drawn.lat]),
      scale: 2 ** (this.#map.getZoom() - drawn.zoom),
      ...{ width: drawn.width, height: drawn.height, margin: this.#margin },
    })
    if (transform === null) return false
    this.#map.getCanvas().style.transform = transform
    if (this.#rest) clearTimeout(this.#rest)
    // Or a hand that moves slowly, as hands do where drawing takes long, would be made slower still.
    const restMs = Math.min(rest.mostMs, Math.max(rest.leastMs, rest.times * this.#drawMs))
    this.#rest = setTimeout(() => this.#rests(), restMs)
    return true
  }

  #rests(): void {
    if (this.#map.getCanvas().style.transform === '') return
    this.#isDue = true
    this.#map.triggerRepaint()
  }

  /** How long the screen waits for what was drawn is told by when it asks for the next frame. */
  #time(began: number): void {
    if (this.#isTiming) return
    this.#isTiming = true
    requestAnimationFrame(() => {
      this.#isTiming = false
      this.#drawMs = performance.now() - began
      this.#slowness.note(this.#drawMs)
    })
  }

  /** A frame was drawn. */
  #note(): void {
    const now = performance.now()
    this.#time(now)
    const { lng, lat } = this.#map.getCenter()
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer()
    this.#drawn = { lng, lat, zoom: this.#map.getZoom(), width, height, at: now }
    this.#isDue = false
    this.#isStale = false
    this.#map.getCanvas().style.transform = ''
    if (this.#slowness.isSlow) this.#widen()
  }

  /** Makes room around the view, as far as the world reaches: a map is never larger than its world is high. */
  #widen(): void {
    const { x, y } = this.#margin
    const { clientWidth, clientHeight } = this.#map.getContainer()
    const [width, height] = [clientWidth - 2 * x, clientHeight - 2 * y]
    const wished = Math.floor(Math.min(widest, share * Math.min(width, height)))
    const world = worldPx * 2 ** this.#map.getZoom()
    const room = (side: number) => Math.max(0, Math.min(wished, Math.floor((world - side) / 2)))
    const wider = {
      x: Math.max(x, this.#map.getRenderWorldCopies() ? wished : room(width)),
      y: Math.max(y, room(height)),
    }
    if (wider.x === x && wider.y === y) return
    this.#margin = wider
    Object.assign(this.#map.getCanvas().style, { transformOrigin: '0 0', willChange: 'transform' })
    const container = this.#map.getContainer()
    container.style.setProperty('--place-map-across', `${wider.x}px`)
    container.style.setProperty('--place-map-down', `${wider.y}px`)
    container.classList.add('place-map-wide')
  }
}
