import 'maplibre-gl/dist/maplibre-gl.css'
import './map.css'
import {
  type CanvasSourceSpecification,
  type GeoJSONSource,
  type LngLatBoundsLike,
  Map as MapLibre,
  type MapGeoJSONFeature,
  type MapMouseEvent,
  Marker,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl'
import { type Art, artId, artRatio, drawArt } from './art.ts'
import type { Bounds, Position } from './coordinates.ts'
import type { Decoration, Drawing, MarkerDrawing, ShapeDrawing } from './drawing.ts'
import { type Picture, pictureSource } from './ground.ts'
import { Handles, type HandleCalls, type HandlePlace } from './handles.ts'
import { type Clustering, decorationId, mapStyle, type StyleParts } from './map-style.ts'
import type { Shape } from './places.ts'
import { drawDecoration, drawStripes, stripesId } from './patterns.ts'
import { firstZooms } from './thinning.ts'

// Its own file beside the page's scripts: nothing is loaded from elsewhere, and no script is made at run time.
setWorkerUrl(new URL('maplibre-gl/dist/maplibre-gl-worker.mjs', import.meta.url).href)

export type PlaceMapOptions = {
  clustering: Clustering
  decorations: readonly Decoration[]
  zoomsOnCluster: boolean
  hasScroll: boolean
  hasDoubleClick: boolean
  scales: readonly ('metric' | 'imperial')[]
  centre: Position | null
  zoom: number | null
  /** Its places lie on a picture, which is not repeated beside itself. */
  isPicture: boolean
}

export type PlaceMapCalls = {
  /** Null: beside every place. */
  onClick: (id: string | null, at: Position) => void
  onHover: (id: string | null, at: Position) => void
  /** Places that no nearer look takes apart. */
  onCluster: (ids: readonly string[]) => void
  /** The person moved the map. */
  onMove: () => void
}

const picked = [
  ...['movers', 'labels of movers', 'singles', 'labels of singles', 'pins', 'labels of markers', 'points'],
  ...['names', 'striped', 'fills', 'edges', 'paths'],
]
const empty: Drawing = { markers: [], shapes: [], movers: [], paths: [], points: [] }
/** A cluster's places that are listed at most. */
const mostListed = 50

type Feature = {
  type: 'Feature'
  properties: Record<string, unknown>
  geometry: Shape | { type: 'LineString'; coordinates: Position[] }
}
const point = (coordinates: Position, properties: Record<string, unknown>): Feature => ({
  ...{ type: 'Feature', properties },
  geometry: { type: 'Point', coordinates },
})
const isSame = (one: Feature, other: Feature | undefined): boolean => {
  if (!other || one.geometry.type !== 'Point' || other.geometry.type !== 'Point') return false
  const [[x, y], [left, up]] = [one.geometry.coordinates, other.geometry.coordinates]
  if (x !== left || y !== up) return false
  for (const name in one.properties) if (one.properties[name] !== other.properties[name]) return false
  return true
}
const lookOf = ({ geometry, properties }: Feature) => ({
  at: geometry.type === 'Point' ? geometry.coordinates : ([0, 0] as Position),
  look: String(properties.icon),
})
const hasSamePlace = (one: Feature, other: Feature | undefined): boolean => {
  if (!other) return false
  const [{ at, look }, former] = [lookOf(one), lookOf(other)]
  return look === former.look && at[0] === former.at[0] && at[1] === former.at[1]
}
const collection = (features: Feature[]) => ({ type: 'FeatureCollection' as const, features })

/** A map with places on it; it knows nothing of settings, series and React. */
export class PlaceMap {
  readonly #map: MapLibre
  readonly #options: PlaceMapOptions
  readonly #calls: () => PlaceMapCalls
  readonly #card = document.createElement('div')
  readonly #marker: Marker
  readonly #handles: Handles
  /** Sizes of what markers are drawn as, by art; null: its picture will not come. */
  readonly #arts = new Map<string, { width: number; height: number } | null>()
  readonly #pictures = new Map<string, { art: Art; picture: HTMLImageElement }>()
  /** Sources that a worker is busy with, and what is to follow. */
  readonly #busy = new Map<string, Feature[] | null>()
  /** Markers as they were handed over. */
  readonly #shown = new Map<string, Feature[]>()
  #ground: StyleParts['ground']
  #picture: Picture | null = null
  #drawing: Drawing = empty
  #drawn: Drawing | null = null
  #sketch: Feature[] = []
  #isSketching = false
  #isReady = false
  #hovered: string | null = null

  constructor(
    container: HTMLElement,
    title: string,
    parts: { options: PlaceMapOptions; ground: StyleParts['ground'] },
    calls: () => PlaceMapCalls,
  ) {
    const { options, ground } = parts
    this.#options = options
    this.#ground = ground
    this.#calls = calls
    this.#map = new MapLibre({
      container,
      style: mapStyle({ ...options, ground }),
      locale: { 'Map.Title': title },
      center: options.centre ?? (options.isPicture ? [0, 0] : [10, 25]),
      zoom: options.zoom ?? 0.6,
      maxZoom: options.isPicture ? 12 : 20,
      renderWorldCopies: !options.isPicture,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      scrollZoom: options.hasScroll,
      doubleClickZoom: options.hasDoubleClick,
      // Symbols are placed anew this often while the map moves, with 0 in every frame: that is too much for 10,000.
      fadeDuration: 250,
    })
    this.#map.touchZoomRotate.disableRotation()
    for (const unit of options.scales) this.#map.addControl(new ScaleControl({ maxWidth: 100, unit }), 'bottom-left')
    const element = document.createElement('div')
    element.append(this.#card)
    for (const name of ['click', 'dblclick', 'mousedown', 'touchstart', 'wheel', 'mousemove', 'keydown'])
      element.addEventListener(name, (event) => event.stopPropagation(), { passive: true })
    this.#marker = new Marker({ element, anchor: 'bottom' })
    this.#handles = new Handles(this.#map)
    this.#listen()
  }

  draw(drawing: Drawing): void {
    this.#drawing = drawing
    if (!this.#isReady) return
    const before = this.#drawn
    this.#drawn = drawing
    if (before?.markers !== drawing.markers) this.#drawMarkers()
    if (before?.shapes !== drawing.shapes) this.#drawShapes(drawing.shapes)
    if (before?.movers !== drawing.movers) this.move(drawing.movers)
    if (before?.paths !== drawing.paths)
      this.#set(
        'paths',
        drawing.paths.map(({ id, line, color, weight, decorated }) => ({
          ...{ type: 'Feature', properties: { id, color, weight, decorated } },
          geometry: { type: 'LineString', coordinates: [...line] },
        })),
      )
    if (before?.points !== drawing.points)
      this.#set(
        'points',
        drawing.points.map(({ id, at, color, size }) => point(at, { id, color, size })),
      )
  }

  /** What goes along ways, at its place of this moment. */
  move(movers: readonly MarkerDrawing[]): void {
    if (this.#isReady)
      this.#set(
        'movers',
        movers.map((one) => this.#markerFeature(one)),
      )
  }

  /** A picture of a marker, or a glyph, has come; null: it will not. */
  addPicture(art: Art, picture: HTMLImageElement | null): void {
    const id = artId(art)
    if (picture) this.#pictures.set(id, { art, picture })
    else this.#arts.set(id, null)
    if (!this.#isReady) return
    this.#drawMarkers()
    this.move(this.#drawing.movers)
  }

  /** What somebody draws or changes; empty: nothing. */
  sketch(shapes: readonly Exclude<Shape, { type: 'Point' }>[]): void {
    this.#sketch = shapes.map((geometry) => ({ type: 'Feature', properties: {}, geometry }))
    if (this.#isReady) this.#set('sketch', this.#sketch)
  }

  /** While somebody draws, clicks are told as places of the map alone, and a double click does not come nearer. */
  setSketching(isSketching: boolean): void {
    this.#isSketching = isSketching
    this.#map.getCanvas().style.cursor = isSketching ? 'crosshair' : ''
    const { doubleClickZoom } = this.#map
    if (isSketching) doubleClickZoom.disable()
    else if (this.#options.hasDoubleClick) doubleClickZoom.enable()
  }

  /** Corners that somebody may take hold of. */
  showHandles(places: readonly HandlePlace[], calls: HandleCalls): void {
    this.#handles.show(places, calls)
  }

  middle(): Position {
    const { lng, lat } = this.#map.getCenter()
    return [lng, lat]
  }

  focus(): void {
    this.#map.getCanvas().focus()
  }

  /** Takes over the colours of another theme, or another ground. */
  restyle(ground: StyleParts['ground']): void {
    this.#ground = ground
    this.#isReady = false
    this.#arts.clear()
    this.#busy.clear()
    this.#shown.clear()
    this.#drawn = null
    this.#map.setStyle(mapStyle({ ...this.#options, ground }), { diff: false })
    this.#map.once('style.load', () => this.#ready())
  }

  /** The picture that places lie on. */
  setPicture(picture: Picture | null): void {
    this.#picture = picture
    if (this.#isReady) this.#drawPicture()
  }

  fit(bounds: Bounds, maxZoom: number, hasZoom: boolean): void {
    const zoom = this.#map.getZoom()
    const room = Math.min(this.#map.getContainer().clientWidth, this.#map.getContainer().clientHeight)
    const edge = this.#options.isPicture ? 12 : Math.min(44, room / 6)
    const padding = this.#options.isPicture ? edge : { top: edge + 12, bottom: edge, left: edge, right: edge }
    this.#map.fitBounds(bounds as LngLatBoundsLike, { padding, maxZoom, animate: false })
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
    this.#handles.clear()
    this.#map.remove()
  }

  #ready(): void {
    this.#isReady = true
    for (const { symbol, color } of this.#options.decorations) {
      const image = drawDecoration(symbol, color)
      const id = decorationId({ symbol, color })
      if (image && !this.#map.hasImage(id)) this.#map.addImage(id, image, { pixelRatio: artRatio })
    }
    this.#drawPicture()
    this.draw(this.#drawing)
    this.#set('sketch', this.#sketch)
  }

  #drawPicture(): void {
    const map = this.#map
    if (map.getLayer('picture')) map.removeLayer('picture')
    if (map.getSource('picture')) map.removeSource('picture')
    if (!this.#picture || this.#ground.kind !== 'picture') return
    map.addSource('picture', pictureSource(this.#picture) as CanvasSourceSpecification)
    map.addLayer({ id: 'picture', type: 'raster', source: 'picture', paint: { 'raster-fade-duration': 0 } }, 'fills')
  }

  #drawMarkers(): void {
    const { markers } = this.#drawing
    const [gathered, singles]: [Feature[], Feature[]] = [[], []]
    for (const one of markers) (one.gathers ? gathered : singles).push(this.#markerFeature(one))
    this.#setMarkers('markers', this.#options.clustering ? gathered : this.#thinned('markers', gathered))
    this.#setMarkers('singles', this.#thinned('singles', singles))
  }

  /** Many markers, each with the zoom from which it is drawn. */
  #thinned(id: 'markers' | 'singles', features: Feature[]): Feature[] {
    const before = this.#shown.get(id)
    const isUnmoved =
      before?.length === features.length && features.every((one, index) => hasSamePlace(one, before[index]))
    const zooms: readonly unknown[] | null = isUnmoved
      ? before.map(({ properties }) => properties.from)
      : firstZooms(features.map(lookOf))
    if (zooms?.[0] === undefined) return features
    return features.map((one, index) => ({ ...one, properties: { ...one.properties, from: zooms[index] } }))
  }

  /** Most values that come change nothing that is seen; a worker would cut ten thousand places up all the same. */
  #setMarkers(id: 'markers' | 'singles', features: Feature[]): void {
    const before = this.#shown.get(id)
    if (before?.length === features.length && features.every((one, index) => isSame(one, before[index]))) return
    this.#shown.set(id, features)
    this.#set(id, features)
  }

  #drawShapes(shapes: readonly ShapeDrawing[]): void {
    for (const { stripes } of shapes) {
      if (!stripes || this.#map.hasImage(stripesId(stripes))) continue
      const image = drawStripes(stripes)
      if (image) this.#map.addImage(stripesId(stripes), image, { pixelRatio: artRatio })
    }
    this.#set(
      'shapes',
      shapes.map(({ id, geometry, fill, stripes, stroke, weight, decorated }) => ({
        ...{ type: 'Feature', geometry },
        properties: { id, fill, stroke, weight, decorated, ...(stripes ? { stripes: stripesId(stripes) } : {}) },
      })),
    )
    this.#set(
      'names',
      shapes.flatMap(({ id, label, middle }) => (label === '' ? [] : [point(middle, { id, label })])),
    )
  }

  #markerFeature({ id, at, art, instead, size, anchor, turn, label }: MarkerDrawing): Feature {
    const [ownId, insteadId] = [artId(art), artId(instead)]
    const own = this.#size(ownId, art)
    const { width, height } = own ?? this.#size(insteadId, instead) ?? { width: size, height: size }
    const [dx, dy] = [(0.5 - anchor[0]) * width, (0.5 - anchor[1]) * height]
    // In lines of the label.
    const below = Math.max(0, 1 - anchor[1]) * (size / 12) + 0.3
    return point(at, { id, label, icon: own ? ownId : insteadId, size: size / height, dx, dy, turn, below })
  }

  /** The size of an art that the map has; draws it when it can. */
  #size(id: string, art: Art): { width: number; height: number } | null {
    const known = this.#arts.get(id)
    if (known !== undefined) return known
    const drawn = drawArt(art, this.#pictures.get(id)?.picture ?? null)
    if (!drawn) return null
    const { width, height } = drawn
    if (!this.#map.hasImage(id)) this.#map.addImage(id, drawn.data, { pixelRatio: artRatio })
    this.#arts.set(id, { width, height })
    return { width, height }
  }

  #listen(): void {
    const map = this.#map
    // Not `load`, which waits for every tile of the ground.
    map.once('style.load', () => this.#ready())
    map.on('movestart', (event) => {
      if ('originalEvent' in event && event.originalEvent) this.#calls().onMove()
    })
    map.on('click', (event) => {
      const at: Position = [event.lngLat.lng, event.lngLat.lat]
      if (this.#isSketching) return this.#calls().onClick(null, at)
      const cluster = this.#at(event, ['clusters'])
      if (cluster) void this.#openCluster(cluster)
      else this.#calls().onClick(this.#idAt(event), at)
    })
    map.on('mousemove', (event) => {
      if (!this.#isReady || this.#isSketching || map.isMoving()) return
      const id = this.#idAt(event)
      map.getCanvas().style.cursor = id !== null || this.#at(event, ['clusters']) ? 'pointer' : ''
      this.#hover(id, [event.lngLat.lng, event.lngLat.lat])
    })
    map.on('mouseout', () => this.#hover(null, [0, 0]))
  }

  #hover(id: string | null, at: Position): void {
    if (id === this.#hovered) return
    this.#hovered = id
    this.#calls().onHover(id, at)
  }

  #at({ point: { x, y } }: MapMouseEvent, layers: string[]) {
    return this.#isReady ? this.#map.queryRenderedFeatures([x, y], { layers })[0] : undefined
  }

  #idAt(event: MapMouseEvent): string | null {
    const id: unknown = this.#at(event, picked)?.properties.id
    return typeof id === 'string' ? id : null
  }

  async #openCluster(cluster: MapGeoJSONFeature): Promise<void> {
    const id: unknown = cluster.properties.cluster_id
    const { geometry } = cluster
    const source = this.#source('markers')
    if (typeof id !== 'number' || geometry.type !== 'Point' || !source) return
    const [lon = 0, lat = 0] = geometry.coordinates
    const leaves = await source.getClusterLeaves(id, mostListed, 0)
    const spots = new Set(leaves.map((leaf) => JSON.stringify(leaf.geometry)))
    if (this.#options.zoomsOnCluster && spots.size > 1) {
      const zoom = await source.getClusterExpansionZoom(id)
      this.#calls().onMove()
      this.#map.easeTo({ center: [lon, lat], zoom: zoom + 0.2, duration: 140 })
      return
    }
    const ids = leaves.map((leaf): unknown => leaf.properties?.id).filter((one) => typeof one === 'string')
    this.#calls().onCluster(ids)
  }

  /** One list at a time: while a worker cuts one up, only the newest of the following waits. */
  #set(id: string, features: Feature[]): void {
    if (this.#busy.has(id)) {
      this.#busy.set(id, features)
      return
    }
    const source = this.#source(id)
    if (!source) return
    this.#busy.set(id, null)
    const next = () => {
      const waiting = this.#busy.get(id)
      this.#busy.delete(id)
      if (waiting && this.#isReady) this.#set(id, waiting)
    }
    source.setData(collection(features)).then(next, next)
  }

  #source(id: string): GeoJSONSource | undefined {
    return this.#map.getSource<GeoJSONSource>(id)
  }
}
