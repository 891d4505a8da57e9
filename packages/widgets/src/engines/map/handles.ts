import { type Map as MapLibre, Marker } from 'maplibre-gl'
import type { Position } from './coordinates.ts'

/** `corner` may be moved and taken away, `middle` becomes one when it is moved, `anchor` may only be moved. */
export type HandlePlace = { id: string; at: Position; kind: 'corner' | 'middle' | 'anchor'; label: string }

export type HandleCalls = {
  onMove: (id: string, at: Position) => void
  /** It was let go. */
  onEnd: (id: string) => void
  onRemove: (id: string) => void
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
/** px with Shift. */
const farther = 10

/** Buttons on the map that are dragged, or moved by the arrow keys. */
export class Handles {
  readonly #map: MapLibre
  readonly #markers = new Map<string, { marker: Marker; place: HandlePlace }>()
  #calls: HandleCalls | null = null
  #dragged: string | null = null

  constructor(map: MapLibre) {
    this.#map = map
  }

  /** Those that stay keep their element, and so the finger or the focus that is on them. */
  show(places: readonly HandlePlace[], calls: HandleCalls): void {
    this.#calls = calls
    const wanted = new Set(places.map(({ id }) => id))
    for (const [id, { marker }] of this.#markers)
      if (!wanted.has(id)) {
        marker.remove()
        this.#markers.delete(id)
      }
    for (const place of places) {
      const known = this.#markers.get(place.id)
      if (!known) {
        this.#add(place)
        continue
      }
      known.place = place
      dress(known.marker.getElement(), place)
      if (this.#dragged !== place.id) known.marker.setLngLat(place.at)
    }
  }

  clear(): void {
    for (const { marker } of this.#markers.values()) marker.remove()
    this.#markers.clear()
    this.#calls = null
  }

  #add(place: HandlePlace): void {
    const { id } = place
    const element = document.createElement('button')
    element.type = 'button'
    dress(element, place)
    const marker = new Marker({ element, draggable: true }).setLngLat(place.at).addTo(this.#map)
    this.#markers.set(id, { marker, place })
    const told = (): Position => {
      const { lng, lat } = marker.getLngLat()
      return [lng, lat]
    }
    marker.on('dragstart', () => {
      this.#dragged = id
    })
    marker.on('drag', () => this.#calls?.onMove(id, told()))
    marker.on('dragend', () => {
      this.#dragged = null
      this.#calls?.onEnd(id)
    })
    const remove = () => this.#markers.get(id)?.place.kind === 'corner' && this.#calls?.onRemove(id)
    for (const name of ['click', 'dblclick'] as const)
      element.addEventListener(name, (event) => {
        event.stopPropagation()
        if (name === 'dblclick') remove()
      })
    element.addEventListener('keydown', (event) => {
      const arrow = arrows[event.key]
      if (arrow) {
        event.preventDefault()
        event.stopPropagation()
        const { x, y } = this.#map.project(marker.getLngLat())
        const by = event.shiftKey ? farther : 1
        marker.setLngLat(this.#map.unproject([x + arrow[0] * by, y + arrow[1] * by]))
        this.#calls?.onMove(id, told())
        this.#calls?.onEnd(id)
      } else if (event.key === 'Delete' || event.key === 'Backspace') {
        event.preventDefault()
        remove()
      }
    })
  }
}

const dress = (element: HTMLElement, { kind, label }: HandlePlace) => {
  element.className =
    `${[...element.classList].filter((name) => name.startsWith('maplibregl')).join(' ')} place-handle place-handle-${kind}`.trim()
  element.setAttribute('aria-label', label)
  element.title = label
}
