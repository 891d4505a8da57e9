import 'maplibre-gl/dist/maplibre-gl.css'
import './map.css'
import {
  type GeoJSONSource,
  Map as MapLibre,
  type MapGeoJSONFeature,
  type MapMouseEvent,
  Marker,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl'
import type { Bounds, Position } from './coordinates.ts'
import { type Clustering, mapStyle } from './map-style.ts'
import { drawPin, pinHeight } from './pin.ts'
import type { Shape } from './places.ts'

// Its own file beside the page's scripts: nothing is loaded from elsewhere, and no script is made at run time.
setWorkerUrl(new URL('maplibre-gl/dist/maplibre-gl-worker.mjs', import.meta.url).href)

export type Drawing = {
  markers: readonly { id: string; at: Position; color: string; size: number; label: string }[]
  shapes: readonly {
    id: string
    geometry: Exclude<Shape, { type: 'Point' }>
    fill: string
    stroke: string
    weight: number
    label: string
    /** Where its label stands. */
    middle: Position
  }[]
}

export type PlaceMapOptions = {
  clustering: Clustering
  zoomsOnCluster: boolean
  hasScroll: boolean
  hasDoubleClick: boolean
  scales: readonly ('metric' | 'imperial')[]
  centre: Position | null
  zoom: number | null
}

export type PlaceMapCalls = {
  /** Null: beside every place. */
  onClick: (id: string | null) => void
  onHover: (id: string | null) => void
  /** The person moved the map. */
  onMove: () => void
}

const picked = ['pins', 'labels', 'names', 'fills', 'edges']

/** A map with places on it; it knows nothing of settings, series and React. */
export class PlaceMap {
  readonly #map: MapLibre
  readonly #options: PlaceMapOptions
  readonly #calls: () => PlaceMapCalls
  readonly #card = document.createElement('div')
  readonly #marker: Marker
  readonly #pins = new Set<string>()
  #drawing: Drawing = { markers: [], shapes: [] }
  #isReady = false
  #hovered: string | null = null

  constructor(container: HTMLElement, title: string, options: PlaceMapOptions, calls: () => PlaceMapCalls) {
    this.#options = options
    this.#calls = calls
    this.#map = new MapLibre({
      container,
      style: mapStyle(options.clustering),
      locale: { 'Map.Title': title },
      center: options.centre ?? [10, 25],
      zoom: options.zoom ?? 0.6,
      maxZoom: 20,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      scrollZoom: options.hasScroll,
      doubleClickZoom: options.hasDoubleClick,
      fadeDuration: 0,
    })
    this.#map.touchZoomRotate.disableRotation()
    for (const unit of options.scales) this.#map.addControl(new ScaleControl({ maxWidth: 100, unit }), 'bottom-left')
    const element = document.createElement('div')
    element.append(this.#card)
    for (const name of ['click', 'dblclick', 'mousedown', 'touchstart', 'wheel', 'mousemove'])
      element.addEventListener(name, (event) => event.stopPropagation(), { passive: true })
    this.#marker = new Marker({ element, anchor: 'bottom' })
    this.#listen()
  }

  draw(drawing: Drawing): void {
    this.#drawing = drawing
    if (!this.#isReady) return
    for (const color of new Set(drawing.markers.map((one) => one.color))) this.#addPin(color)
    this.#setPoints(
      'markers',
      drawing.markers.map(({ id, at, color, size, label }) => [at, { id, label, icon: color, size: size / pinHeight }]),
    )
    this.#setPoints(
      'names',
      drawing.shapes.flatMap(({ id, label, middle }) => (label === '' ? [] : [[middle, { id, label }]])),
    )
    void this.#source('shapes')?.setData({
      type: 'FeatureCollection',
      features: drawing.shapes.map(({ id, geometry, fill, stroke, weight }) => ({
        ...{ type: 'Feature', geometry },
        properties: { id, fill, stroke, weight },
      })),
    })
  }

  /** Takes over the colours of another theme. */
  restyle(): void {
    this.#isReady = false
    this.#pins.clear()
    this.#map.setStyle(mapStyle(this.#options.clustering), { diff: false })
    this.#map.once('style.load', () => this.#ready())
  }

  fit(bounds: Bounds, maxZoom: number, hasZoom: boolean): void {
    const zoom = this.#map.getZoom()
    this.#map.fitBounds(bounds, { padding: { top: 56, bottom: 36, left: 44, right: 44 }, maxZoom, animate: false })
    if (hasZoom) this.#map.setZoom(zoom)
  }

  zoom(by: 1 | -1): void {
    this.#map.zoomTo(this.#map.getZoom() + by, { duration: 120 })
  }

  /** Brings a place into sight, near enough that it stands alone where markers gather; `covered`: px at the right. */
  visit(at: Position, covered: number): void {
    const { clustering } = this.#options
    const least = clustering ? (clustering.maxZoom ?? 17) + 1 : this.#map.getZoom()
    this.#calls().onMove()
    const zoom = Math.max(this.#map.getZoom(), least)
    this.#map.easeTo({ center: at, zoom, offset: [-covered / 2, 0], animate: false })
  }

  /** Where what is told of a place goes; it hangs above the place. */
  showCard(at: Position, lift: number): HTMLElement {
    this.#marker.setLngLat(at).setOffset([0, -lift]).addTo(this.#map)
    return this.#card
  }

  /** Moves the map just so far that the card is seen whole. */
  revealCard(): void {
    const [card, map] = [this.#card.getBoundingClientRect(), this.#map.getContainer().getBoundingClientRect()]
    const right = Math.max(0, card.right + 8 - map.right)
    const x = right > 0 ? right : Math.min(0, card.left - 8 - map.left)
    const y = Math.min(0, card.top - 8 - map.top)
    if (x !== 0 || y !== 0) this.#map.panBy([x, y], { animate: false })
  }

  hideCard(): void {
    this.#marker.remove()
  }

  destroy(): void {
    this.#map.remove()
  }

  #ready(): void {
    this.#isReady = true
    this.draw(this.#drawing)
  }

  #listen(): void {
    const map = this.#map
    map.once('load', () => this.#ready())
    map.on('movestart', (event) => {
      if ('originalEvent' in event && event.originalEvent) this.#calls().onMove()
    })
    map.on('click', (event) => {
      const cluster = this.#at(event, ['clusters'])
      if (cluster) void this.#openCluster(cluster)
      else this.#calls().onClick(this.#idAt(event))
    })
    map.on('mousemove', (event) => {
      if (!this.#isReady) return
      const id = this.#idAt(event)
      map.getCanvas().style.cursor = id !== null || this.#at(event, ['clusters']) ? 'pointer' : ''
      this.#hover(id)
    })
    map.on('mouseout', () => this.#hover(null))
  }

  #hover(id: string | null): void {
    if (id === this.#hovered) return
    this.#hovered = id
    this.#calls().onHover(id)
  }

  #at({ point }: MapMouseEvent, layers: string[]) {
    return this.#isReady ? this.#map.queryRenderedFeatures(point, { layers })[0] : undefined
  }

  #idAt(event: MapMouseEvent): string | null {
    const id: unknown = this.#at(event, picked)?.properties.id
    return typeof id === 'string' ? id : null
  }

  async #openCluster(cluster: MapGeoJSONFeature): Promise<void> {
    const id: unknown = cluster.properties.cluster_id
    const { geometry } = cluster
    if (!this.#options.zoomsOnCluster || typeof id !== 'number' || geometry.type !== 'Point') return
    const zoom = await this.#source('markers')?.getClusterExpansionZoom(id)
    const [lon = 0, lat = 0] = geometry.coordinates
    this.#calls().onMove()
    if (zoom !== undefined) this.#map.easeTo({ center: [lon, lat], zoom: zoom + 0.2, duration: 140 })
  }

  #addPin(color: string): void {
    if (this.#pins.has(color)) return
    this.#pins.add(color)
    const image = drawPin(color)
    if (image) this.#map.addImage(color, image, { pixelRatio: 2 })
  }

  #setPoints(source: string, points: readonly (readonly [Position, Record<string, string | number>])[]): void {
    void this.#source(source)?.setData({
      type: 'FeatureCollection',
      features: points.map(([coordinates, properties]) => ({
        ...{ type: 'Feature', properties },
        geometry: { type: 'Point', coordinates },
      })),
    })
  }

  #source(id: string): GeoJSONSource | undefined {
    return this.#map.getSource<GeoJSONSource>(id)
  }
}
