import 'maplibre-gl/dist/maplibre-gl.css'
import './map.css'
import {
  type CanvasSourceSpecification,
  type LngLatBoundsLike,
  Map as MapLibre,
  type MapGeoJSONFeature,
  type MapMouseEvent,
  Marker,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl'
import type { Art } from './art.ts'
import { Carrying } from './carrying.ts'
import { type Cluster, ClusterColors } from './cluster-colors.ts'
import type { Bounds, Position } from './coordinates.ts'
import { type DragCalls, Dragging } from './dragging.ts'
import type { Decoration, Drawing, MarkerDrawing } from './drawing.ts'
import { FeatureSources } from './feature-sources.ts'
import {
  decoratedFeatures,
  type Feature,
  markerFeature,
  nameFeatures,
  pathFeatures,
  pointFeatures,
  shapeFeatures,
  sketchFeatures,
} from './features.ts'
import { type Picture, pictureSource } from './ground.ts'
import { Handles, type HandleCalls, type HandlePlace } from './handles.ts'
import { MapImages } from './map-images.ts'
import { type Clustering, mapStyle, type StyleParts } from './map-style.ts'
import { snapped } from './edit/snap.ts'
import type { Shape } from './places.ts'
import { ShapePictures } from './shape-pictures.ts'
import { SpreadMarkers } from './spread-markers.ts'
import { panFor, type Spread, spreadOver } from './spreading.ts'

// Its own file beside the page's scripts: nothing is loaded from elsewhere, and no script is made at run time.
setWorkerUrl(new URL('maplibre-gl/dist/maplibre-gl-worker.mjs', import.meta.url).href)

export type PlaceMapOptions = {
  clustering: Clustering
  decorations: readonly Decoration[]
  zoomsOnCluster: boolean
  zoomsSmoothly: boolean
  /** A click spreads those that no nearer look takes apart; otherwise they are listed. */
  spreads: boolean
  /** Whether somebody colours gathered markers. */
  tellsClusters: boolean
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
  /** Which gathered markers are seen now. */
  onClusters: (clusters: readonly Cluster[]) => void
  /** The person moved the map. */
  onMove: () => void
  /** It has drawn its places for the first time. */
  onShown: () => void
}

const picked = [
  ...[
    'spread',
    'labels of spread',
    'movers',
    'labels of movers',
    'singles',
    'labels of singles',
    'pins',
    'labels of markers',
    'points',
  ],
  ...['names', 'striped', 'fills', 'edges', 'paths'],
]
const empty: Drawing = { markers: [], shapes: [], movers: [], paths: [], points: [], decorated: [] }
/** How near, on the page, a corner is caught. */
const snapPx = 12
/** A cluster's places that are listed at most. */
const mostListed = 50

/** A map with places on it; it knows nothing of settings, series and React. */
export class PlaceMap {
  readonly #map: MapLibre
  readonly #options: PlaceMapOptions
  readonly #calls: () => PlaceMapCalls
  readonly #card = document.createElement('div')
  readonly #marker: Marker
  readonly #handles: Handles
  readonly #carrying: Carrying
  readonly #images: MapImages
  readonly #sources: FeatureSources
  readonly #clusters: ClusterColors | null
  readonly #dragging: Dragging
  readonly #spread: SpreadMarkers
  readonly #shapePictures: ShapePictures
  #ground: StyleParts['ground']
  #picture: Picture | null = null
  #drawing: Drawing = empty
  #drawn: Drawing | null = null
  #sketch: Feature[] = []
  #isSketching = false
  #isReady = false
  #isShown = false
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
    this.#carrying = new Carrying(this.#map)
    this.#images = new MapImages(this.#map)
    this.#sources = new FeatureSources(
      this.#map,
      () => this.#carrying.changed(),
      // The last frame may have been drawn just before.
      () => this.#isShown || this.#map.triggerRepaint(),
    )
    this.#clusters = options.tellsClusters
      ? new ClusterColors(this.#map, (clusters) => this.#calls().onClusters(clusters))
      : null
    this.#spread = new SpreadMarkers({
      ...{ map: this.#map, sources: this.#sources },
      featuresOf: (markers) => this.#featuresOf(markers),
    })
    this.#dragging = new Dragging(this.#map, (event) => this.#idAt(event))
    this.#shapePictures = new ShapePictures(this.#map, (id) => this.#images.pictureOf(id))
    this.#listen()
  }

  draw(drawing: Drawing): void {
    this.#drawing = drawing
    if (!this.#isReady) return
    const before = this.#drawn
    this.#drawn = drawing
    if (before?.markers !== drawing.markers) this.#drawMarkers()
    if (before?.shapes !== drawing.shapes) {
      this.#images.addStripes(drawing.shapes)
      this.#sources.set('shapes', shapeFeatures(drawing.shapes))
      this.#sources.set('names', nameFeatures(drawing.shapes))
      this.#shapePictures.draw(drawing.shapes)
    }
    if (before?.movers !== drawing.movers) this.move(drawing.movers)
    if (before?.paths !== drawing.paths) this.#sources.set('paths', pathFeatures(drawing.paths))
    if (before?.decorated !== drawing.decorated) this.#drawDecorated()
    if (before?.points !== drawing.points) this.#sources.set('points', pointFeatures(drawing.points))
  }

  /** What goes along ways, at its place of this moment. */
  move(movers: readonly MarkerDrawing[]): void {
    if (this.#isReady) this.#sources.set('movers', this.#featuresOf(movers))
  }

  /** A picture of a marker, or a glyph, has come; null: it will not. */
  addPicture(art: Art, picture: HTMLImageElement | null): void {
    this.#images.came(art, picture)
    if (!this.#isReady) return
    this.#drawMarkers()
    this.move(this.#drawing.movers)
    this.#shapePictures.draw(this.#drawing.shapes)
  }

  /** What somebody draws or changes; empty: nothing. */
  sketch(shapes: readonly Exclude<Shape, { type: 'Point' }>[]): void {
    this.#sketch = sketchFeatures(shapes)
    if (this.#isReady) this.#sources.set('sketch', this.#sketch)
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

  /** Lets markers be dragged; null: they stay. */
  setDragging(calls: DragCalls | null): void {
    this.#dragging.allow(calls)
  }

  colorClusters(colors: ReadonlyMap<number, string>): void {
    this.#clusters?.paint(colors)
  }

  /** The nearest corner or edge of some lines where one is near on the page; else the place itself. */
  snap(at: Position, lines: readonly (readonly Position[])[]): Position {
    const pixel = (place: Position) => {
      const { x, y } = this.#map.project(place)
      return [x, y] as const
    }
    const found = snapped(
      pixel(at),
      lines.map((line) => line.map(pixel)),
      snapPx,
    )
    if (!found) return at
    const { lng, lat } = this.#map.unproject([found[0], found[1]])
    return [lng, lat]
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
    this.#images.clear()
    this.#sources.clear()
    this.#shapePictures.clear()
    this.#spread.clear()
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
    const { x, y } = this.#carrying.margin
    const { clientWidth, clientHeight } = this.#map.getContainer()
    const room = Math.min(clientWidth - 2 * x, clientHeight - 2 * y)
    const edge = this.#options.isPicture ? 12 : Math.min(44, room / 6)
    const above = edge + (this.#options.isPicture ? 0 : 12)
    const padding = { top: y + above, bottom: y + edge, left: x + edge, right: x + edge }
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

  /** Where what is told of a place goes: it stands on the place, moved by so many px. */
  showCard(id: string, at: Position, [right, down]: readonly [right: number, down: number]): HTMLElement {
    this.#marker
      .setLngLat(this.#spread.at(id) ?? at)
      .setOffset([right, down])
      .addTo(this.#map)
    return this.#card
  }

  /** Moves the map just so far that the card is seen whole. */
  revealCard(): void {
    const [card, map] = [this.#card.getBoundingClientRect(), this.#map.getContainer().getBoundingClientRect()]
    const { margin } = this.#carrying
    const [across, down] = [margin.x + 8, margin.y + 8]
    const right = Math.max(0, card.right + across - map.right)
    const x = right > 0 ? right : Math.min(0, card.left - across - map.left)
    const y = Math.min(0, card.top - down - map.top)
    if (x !== 0 || y !== 0) this.#map.panBy([x, y], { animate: false })
  }

  #makeRoom(at: Position, around: Spread): void {
    const { clientWidth, clientHeight } = this.#map.getContainer()
    const offset = panFor(this.#map.project(at), around, { clientWidth, clientHeight, margin: this.#carrying.margin })
    if (offset[0] === 0 && offset[1] === 0) return
    this.#calls().onMove()
    this.#map.panBy(offset, { animate: false })
  }

  hideCard(): void {
    this.#marker.remove()
  }

  destroy(): void {
    this.#handles.clear()
    this.#carrying.stop()
    this.#map.remove()
  }

  #ready(): void {
    this.#isReady = true
    this.#images.addDecorations(this.#options.decorations)
    this.#drawPicture()
    this.draw(this.#drawing)
    this.#sources.set('sketch', this.#sketch)
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
    const [gathered, singles] = [markers.filter(({ gathers }) => gathers), markers.filter(({ gathers }) => !gathers)]
    if (this.#sources.setMarkers('markers', this.#featuresOf(gathered), this.#options.clustering === null))
      this.#clusters?.clear()
    this.#sources.setMarkers('singles', this.#featuresOf(singles), true)
    this.#spread.draw(markers)
  }

  #drawDecorated(): void {
    const { decorated } = this.#drawing
    if (!this.#isReady || this.#options.decorations.length === 0) return
    this.#sources.set('decorated', decoratedFeatures(decorated, this.#options.decorations, this.#map.getZoom()))
  }

  #featuresOf(markers: readonly MarkerDrawing[]): Feature[] {
    return markers.map((one) => markerFeature(one, this.#images.ofMarker(one)))
  }

  #listen(): void {
    const map = this.#map
    // Not `load`, which waits for every tile of the ground.
    map.once('style.load', () => this.#ready())
    const tell = () => {
      this.#isShown = true
      map.off('render', drawn).off('error', tell)
      this.#calls().onShown()
    }
    const drawn = () => {
      if (this.#isReady && this.#sources.isSettled()) tell()
    }
    // What failed to load will not come.
    map.on('render', drawn)
    map.on('error', tell)
    map.on('movestart', (event) => {
      if ('originalEvent' in event && event.originalEvent) this.#calls().onMove()
    })
    map.on('click', (event) => {
      const at: Position = [event.lngLat.lng, event.lngLat.lat]
      if (this.#isSketching) return this.#calls().onClick(null, at)
      const cluster = this.#at(event, ['clusters'])
      if (cluster) return void this.#openCluster(cluster)
      const id = this.#idAt(event)
      if (id === null || !this.#spread.at(id)) this.#spread.close()
      this.#calls().onClick(id, at)
    })
    map.on('mousemove', (event) => {
      if (!this.#isReady || this.#isSketching || this.#dragging.isHolding || map.isMoving()) return
      const id = this.#idAt(event)
      map.getCanvas().style.cursor = id !== null || this.#at(event, ['clusters']) ? 'pointer' : ''
      this.#hover(id, [event.lngLat.lng, event.lngLat.lat])
    })
    map.on('zoomend', () => this.#drawDecorated())
    map.on('mouseout', () => this.#hover(null, [0, 0]))
  }

  #hover(id: string | null, at: Position): void {
    if (id === this.#hovered) return
    this.#hovered = id
    this.#calls().onHover(id, at)
  }

  #at({ point: { x, y } }: Pick<MapMouseEvent, 'point'>, layers: string[]) {
    return this.#isReady ? this.#map.queryRenderedFeatures([x, y], { layers })[0] : undefined
  }

  #idAt(event: Pick<MapMouseEvent, 'point'>): string | null {
    const id: unknown = this.#at(event, picked)?.properties.id
    return typeof id === 'string' ? id : null
  }

  async #openCluster(cluster: MapGeoJSONFeature): Promise<void> {
    const id: unknown = cluster.properties.cluster_id
    const { geometry } = cluster
    const source = this.#sources.of('markers')
    if (typeof id !== 'number' || geometry.type !== 'Point' || !source) return
    const [lon = 0, lat = 0] = geometry.coordinates
    const leaves = await source.getClusterLeaves(id, mostListed, 0)
    const spots = new Set(leaves.map((leaf) => JSON.stringify(leaf.geometry)))
    const isDeepest = this.#map.getZoom() >= this.#map.getMaxZoom()
    if (this.#options.zoomsOnCluster && spots.size > 1 && !isDeepest) {
      const zoom = await source.getClusterExpansionZoom(id)
      this.#calls().onMove()
      this.#map.easeTo({ center: [lon, lat], zoom: zoom + 0.2, duration: this.#options.zoomsSmoothly ? 140 : 0 })
      return
    }
    const ids = leaves.map((leaf): unknown => leaf.properties?.id).filter((one) => typeof one === 'string')
    if (!this.#options.spreads || (spots.size > 1 && !isDeepest)) return this.#calls().onCluster(ids)
    this.#calls().onClick(null, [lon, lat])
    this.#makeRoom([lon, lat], spreadOver(ids.length))
    this.#spread.open([lon, lat], ids, this.#drawing.markers)
  }
}
