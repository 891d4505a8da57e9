import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import { type Feature, showSame, thinned } from './features.ts'

/** The lists that a map draws, handed over to its workers. */
export class FeatureSources {
  readonly #map: MapLibre
  readonly #onChange: () => void
  readonly #onDone: () => void
  /** Sources that a worker is busy with, and what is to follow. */
  readonly #busy = new Map<string, Feature[] | null>()
  /** Sources that got something. */
  readonly #given = new Set<string>()
  /** Markers as they were handed over. */
  readonly #shown = new Map<string, Feature[]>()

  /**
   * @param onChange something else is to be drawn
   * @param onDone a list is cut up, and none waits for it
   */
  constructor(map: MapLibre, onChange: () => void, onDone: () => void) {
    this.#map = map
    this.#onChange = onChange
    this.#onDone = onDone
  }

  /** The style is another one, whose sources are empty. */
  clear(): void {
    this.#busy.clear()
    this.#shown.clear()
  }

  /** Whether all that was handed over can be drawn by now; tiles of the ground may still be on their way. */
  isSettled(): boolean {
    return this.#busy.size === 0 && [...this.#given].every((id) => !this.of(id) || this.#map.isSourceLoaded(id))
  }

  of(id: string): GeoJSONSource | undefined {
    return this.#map.getSource<GeoJSONSource>(id)
  }

  /** One list at a time: while a worker cuts one up, only the newest of the following waits. */
  set(id: string, features: Feature[]): void {
    if (this.#busy.has(id)) {
      this.#busy.set(id, features)
      return
    }
    const source = this.of(id)
    if (!source) return
    this.#busy.set(id, null)
    this.#given.add(id)
    const next = () => {
      this.#onChange()
      const waiting = this.#busy.get(id)
      this.#busy.delete(id)
      if (waiting) this.set(id, waiting)
      else this.#onDone()
    }
    source.setData({ type: 'FeatureCollection', features }).then(next, next)
  }

  /**
   * Most values that come change nothing that is seen; a worker would cut ten thousand places up all the same.
   * @returns whether they did
   */
  setMarkers(id: 'markers' | 'singles', features: Feature[], isThinned: boolean): boolean {
    const before = this.#shown.get(id)
    const next = isThinned ? thinned(features, before) : features
    if (showSame(next, before)) return false
    this.#shown.set(id, next)
    this.set(id, next)
    return true
  }
}
