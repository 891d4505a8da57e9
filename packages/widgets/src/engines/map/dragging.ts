import type { Map as MapLibre, MapMouseEvent, MapTouchEvent } from 'maplibre-gl'
import type { Position } from './coordinates.ts'

export type DragCalls = {
  can: (id: string) => boolean
  onMove: (id: string, at: Position) => void
  onDrop: (id: string, at: Position) => void
}

type Press = MapMouseEvent | MapTouchEvent

const placeOf = ({ lngLat }: Press): Position => [lngLat.lng, lngLat.lat]

/** Lets places be dragged as they stand on the map. */
export class Dragging {
  readonly #map: MapLibre
  readonly #idAt: (event: Press) => string | null
  #calls: DragCalls | null = null
  #held: { id: string; at: Position; isMoved: boolean } | null = null

  constructor(map: MapLibre, idAt: (event: Press) => string | null) {
    this.#map = map
    this.#idAt = idAt
    for (const name of ['mousedown', 'touchstart'] as const) map.on(name, (event: Press) => this.#take(event))
    for (const name of ['mousemove', 'touchmove'] as const) map.on(name, (event: Press) => this.#move(event))
    for (const name of ['mouseup', 'touchend'] as const) map.on(name, () => this.#drop())
    map.on('touchcancel', () => this.#drop())
  }

  /** Null: places stay where they are. */
  allow(calls: DragCalls | null): void {
    this.#calls = calls
  }

  get isHolding(): boolean {
    return this.#held !== null
  }

  #take(event: Press): void {
    const isOne = !('points' in event) || event.points.length === 1
    const id = this.#calls && isOne ? this.#idAt(event) : null
    if (id === null || !this.#calls?.can(id)) return
    // Or the map would go with it.
    event.preventDefault()
    this.#held = { id, at: placeOf(event), isMoved: false }
    this.#map.getCanvas().style.cursor = 'grabbing'
  }

  #move(event: Press): void {
    if (!this.#held) return
    this.#held = { id: this.#held.id, at: placeOf(event), isMoved: true }
    this.#calls?.onMove(this.#held.id, this.#held.at)
  }

  #drop(): void {
    const held = this.#held
    this.#held = null
    if (!held) return
    this.#map.getCanvas().style.cursor = ''
    if (held.isMoved) this.#calls?.onDrop(held.id, held.at)
  }
}
