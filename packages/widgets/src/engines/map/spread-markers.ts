import type { Map as MapLibre } from 'maplibre-gl'
import type { Position } from './coordinates.ts'
import type { MarkerDrawing } from './drawing.ts'
import type { FeatureSources } from './feature-sources.ts'
import type { Feature } from './features.ts'
import { spreadOver } from './spreading.ts'

type Parts = {
  map: MapLibre
  sources: FeatureSources
  featuresOf: (markers: readonly MarkerDrawing[]) => Feature[]
}

/** Markers of one spot that somebody took apart: they stand around it until the map comes nearer or another place is chosen. */
export class SpreadMarkers {
  readonly #parts: Parts
  #spot: Position = [0, 0]
  #places: ReadonlyMap<string, Position> = new Map()

  constructor(parts: Parts) {
    this.#parts = parts
    parts.map.on('zoomstart', () => this.close())
  }

  get isOpen(): boolean {
    return this.#places.size > 0
  }

  /** Where the marker stands now; null: where it always does. */
  at(id: string): Position | null {
    return this.#places.get(id) ?? null
  }

  open(spot: Position, ids: readonly string[], markers: readonly MarkerDrawing[]): void {
    const { map } = this.#parts
    const middle = map.project(spot)
    this.#spot = spot
    this.#places = new Map(
      spreadOver(ids.length).map(([right, down], index) => {
        const { lng, lat } = map.unproject([middle.x + right, middle.y + down])
        return [ids[index] ?? '', [lng, lat]]
      }),
    )
    this.draw(markers)
  }

  /** As the markers are now; those that are gone leave. */
  draw(markers: readonly MarkerDrawing[]): void {
    if (!this.isOpen) return
    const own = markers.flatMap((one) => {
      const at = this.#places.get(one.id)
      return at ? [{ ...one, at }] : []
    })
    const { sources, featuresOf } = this.#parts
    sources.set('spread', featuresOf(own))
    sources.set(
      'spread legs',
      own.map(({ at }) => ({
        ...{ type: 'Feature', properties: {} },
        geometry: { type: 'LineString', coordinates: [this.#spot, at] },
      })),
    )
  }

  close(): void {
    if (!this.isOpen) return
    this.#places = new Map()
    for (const id of ['spread', 'spread legs']) this.#parts.sources.set(id, [])
  }

  /** The style is another one, whose sources are empty. */
  clear(): void {
    this.#places = new Map()
  }
}
