import 'maplibre-gl/dist/maplibre-gl.css'
import './area-map.css'
import { type GeoJSONSource, Map as MapLibre, Marker, ScaleControl, setWorkerUrl } from 'maplibre-gl'
import { type Bounds, boundsOf, type Corner, graticule, onGlobe } from './geometry.ts'
import { mapStyle } from './map-style.ts'

// Its own file beside the page's scripts: nothing is loaded from elsewhere, and no script is made at run time.
setWorkerUrl(new URL('maplibre-gl/dist/maplibre-gl-worker.mjs', import.meta.url).href)

/** What is drawn: areas and lines, longitude first, and the places that can be dragged. */
export type Drawing = {
  polygons: readonly (readonly (readonly [number, number])[])[][]
  lines: readonly (readonly (readonly [number, number])[])[]
  handles: readonly { id: string; at: Corner; label: string; isCurrent: boolean }[]
}

export type MapCalls = {
  onClick: (at: Corner) => void
  onMove: (id: string, at: Corner) => void
  onChoose: (id: string) => void
}

/** A map that shows one area and lets it be drawn; it knows nothing of settings. */
export class AreaMap {
  readonly #map: MapLibre
  readonly #calls: () => MapCalls
  readonly #markers = new Map<string, { marker: Marker; element: HTMLButtonElement }>()
  #drawing: Drawing = { polygons: [], lines: [], handles: [] }
  #isReady = false

  constructor(container: HTMLElement, words: Record<string, string>, calls: () => MapCalls) {
    this.#calls = calls
    this.#map = new MapLibre({
      container,
      style: mapStyle(),
      locale: words,
      center: [10, 30],
      zoom: 0.4,
      maxZoom: 20,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: true,
    })
    this.#map.touchZoomRotate.disableRotation()
    this.#map.addControl(new ScaleControl({ maxWidth: 120 }), 'bottom-left')
    this.#map.on('load', () => {
      this.#isReady = true
      this.draw(this.#drawing)
      this.#drawGrid()
    })
    this.#map.on('moveend', () => this.#drawGrid())
    this.#map.on('click', ({ lngLat }) => this.#calls().onClick(onGlobe([lngLat.lat, lngLat.lng])))
  }

  /** Takes over the colours of another theme. */
  restyle(): void {
    this.#isReady = false
    this.#map.setStyle(mapStyle(), { diff: false })
    this.#map.once('style.load', () => {
      this.#isReady = true
      this.draw(this.#drawing)
      this.#drawGrid()
    })
  }

  draw(drawing: Drawing): void {
    this.#drawing = drawing
    this.#placeHandles()
    if (!this.#isReady) return
    this.#source('area')?.setData({
      type: 'FeatureCollection',
      features: [
        ...drawing.polygons.map((rings) => ({
          type: 'Feature' as const,
          properties: {},
          geometry: { type: 'Polygon' as const, coordinates: rings.map((ring) => ring.map((at) => [...at])) },
        })),
        ...drawing.lines.map((line) => lineFeature(line)),
      ],
    })
  }

  /** Brings all of the area into sight; around a lone place some hundred metres. */
  fit(): void {
    const bounds = boundsOf([
      ...this.#drawing.polygons.flat(2),
      ...this.#drawing.lines.flat(),
      ...this.#drawing.handles.map(({ at: [latitude, longitude] }) => [longitude, latitude] as const),
    ])
    if (!bounds) return
    const { west, south, east, north } = bounds
    this.#map.fitBounds([west, south, east, north], { padding: 36, maxZoom: 16, animate: false })
  }

  /** One step nearer, or back. */
  zoom(by: 1 | -1): void {
    this.#map.zoomTo(this.#map.getZoom() + by, { duration: 120 })
  }

  /** How wide the sight is, metres. */
  width(): number {
    const { clientWidth, clientHeight } = this.#map.getContainer()
    return this.#map
      .unproject([0, clientHeight / 2])
      .distanceTo(this.#map.unproject([Math.max(1, clientWidth), clientHeight / 2]))
  }

  destroy(): void {
    this.#map.remove()
  }

  #source(id: string): GeoJSONSource | undefined {
    return this.#map.getSource<GeoJSONSource>(id)
  }

  #drawGrid(): void {
    if (!this.#isReady) return
    const sight = this.#map.getBounds()
    const bounds: Bounds = {
      west: sight.getWest(),
      south: Math.max(-85, sight.getSouth()),
      east: sight.getEast(),
      north: Math.min(85, sight.getNorth()),
    }
    this.#source('grid')?.setData({ type: 'FeatureCollection', features: graticule(bounds).lines.map(lineFeature) })
  }

  #placeHandles(): void {
    const wanted = new Set(this.#drawing.handles.map(({ id }) => id))
    for (const [id, { marker }] of this.#markers)
      if (!wanted.has(id)) {
        marker.remove()
        this.#markers.delete(id)
      }
    for (const { id, at, label, isCurrent } of this.#drawing.handles) {
      const known = this.#markers.get(id) ?? this.#addHandle(id, at)
      known.marker.setLngLat([at[1], at[0]])
      known.element.setAttribute('aria-label', label)
      known.element.title = label
      known.element.dataset.current = String(isCurrent)
    }
  }

  #addHandle(id: string, at: Corner) {
    const element = document.createElement('button')
    element.type = 'button'
    // The number fields beside the map are how keyboards set a place.
    element.tabIndex = -1
    element.className =
      'size-3 cursor-grab rounded-full border-2 border-accent bg-surface data-[current=true]:bg-accent active:cursor-grabbing'
    element.addEventListener('click', (event) => {
      event.stopPropagation()
      this.#calls().onChoose(id)
    })
    const marker = new Marker({ element, draggable: true }).setLngLat([at[1], at[0]]).addTo(this.#map)
    marker.on('drag', () => {
      const { lat, lng } = marker.getLngLat()
      this.#calls().onMove(id, onGlobe([lat, lng]))
    })
    const handle = { marker, element }
    this.#markers.set(id, handle)
    return handle
  }
}

const lineFeature = (line: readonly (readonly [number, number])[]) => ({
  type: 'Feature' as const,
  properties: {},
  geometry: { type: 'LineString' as const, coordinates: line.map((at) => [...at]) },
})
