import type {
  ExpressionSpecification,
  LayerSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl'
import { feature } from 'topojson-client'
import world from 'world-atlas/land-50m.json'
import type { Decoration } from './drawing.ts'
import type { Ground } from './ground.ts'
import { unwrapRing } from './unwrap.ts'

/** Colours of the console as maps understand them: through a canvas, which knows every notation. */
const plainColor = (value: string): string => {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (!context || value === '') return '#888888'
  context.fillStyle = value
  context.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
  return `rgb(${red},${green},${blue})`
}

const token = (name: string) => plainColor(getComputedStyle(document.documentElement).getPropertyValue(name).trim())
const nothing = () => ({ type: 'geojson' as const, data: { type: 'FeatureCollection' as const, features: [] } })

/** Each land mass by itself, over the date line in one piece. */
const land = {
  type: 'FeatureCollection' as const,
  features: feature(world, world.objects.land).features.flatMap(({ geometry }) =>
    geometry.coordinates.map((rings) => ({
      ...{ type: 'Feature' as const, properties: {} },
      geometry: { type: 'Polygon' as const, coordinates: rings.map(unwrapRing) },
    })),
  ),
}

export type Clustering = { radius: number; maxZoom: number | null } | null

const text = { 'text-font': ['Inter Variable', 'sans-serif'], 'text-size': 12 }

/** Properties of places are numbers and texts, so a pair is interpolated from its parts. */
const far = 4_096
type Pair = [number, number]
const between = (name: string, low: Pair | ExpressionSpecification, high: Pair | ExpressionSpecification) =>
  [
    'interpolate',
    ['linear'],
    ['get', name],
    -far,
    typeof low[0] === 'number' ? ['literal', low] : low,
    far,
    typeof high[0] === 'number' ? ['literal', high] : high,
  ] as ExpressionSpecification
const across = (y: number) => between('dx', [-far, y], [far, y])
const iconOffset = between('dy', across(-far), across(far))
const belowIcon = between('below', [0, -far], [0, far])

const markerIcons: NonNullable<SymbolLayerSpecification['layout']> = {
  'icon-image': ['get', 'icon'],
  'icon-size': ['get', 'size'],
  'icon-offset': iconOffset,
  'icon-allow-overlap': true,
  'icon-ignore-placement': true,
}

const tileSource = ({ template, maxZoom }: { template: string; maxZoom: number }) => ({
  ...{ type: 'raster' as const, tiles: [template], tileSize: 256, maxzoom: maxZoom, attribution: '' },
})

/** What the ground is drawn with, below everything else. */
const groundOf = (ground: Ground): Pick<StyleSpecification, 'sources'> & { layers: LayerSpecification[] } => {
  const water: LayerSpecification = {
    ...{ id: 'water', type: 'background' },
    paint: { 'background-color': token('--tw-sunken') },
  }
  switch (ground.kind) {
    // The picture comes when it is loaded.
    case 'picture':
      return { sources: {}, layers: [water] }
    case 'tiles':
      return {
        sources: Object.fromEntries(
          [ground, ...ground.overlays].map((one, index) => [`tiles ${index}`, tileSource(one)]),
        ),
        layers: [
          water,
          {
            ...{ id: 'tiles', type: 'raster', source: 'tiles 0' },
            // Maps that are drawn for paper blind in a dark room.
            paint: ground.isDimmed ? { 'raster-brightness-max': 0.72, 'raster-saturation': -0.25 } : {},
          },
          ...ground.overlays.map(
            (_, index): LayerSpecification => ({
              ...{ id: `overlay ${index}`, type: 'raster', source: `tiles ${index + 1}` },
            }),
          ),
        ],
      }
    case 'outlines':
      return {
        // Its outlines have no more detail than this; cut up for a near look they would keep the places waiting.
        sources: { land: { type: 'geojson', data: land, maxzoom: 6 } },
        layers: [
          water,
          { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': token('--tw-raised') } },
          {
            ...{ id: 'coast', type: 'line', source: 'land' },
            paint: { 'line-color': token('--tw-line-strong'), 'line-width': 1 },
          },
        ],
      }
  }
}

const names = () => ({
  'text-color': token('--tw-ink'),
  'text-halo-color': token('--tw-surface'),
  'text-halo-width': 1.5,
})

/** What a function of the file says, else that of the console. */
const clusterColor = (): ExpressionSpecification => ['coalesce', ['feature-state', 'color'], token('--tw-accent')]

const round = { 'line-join': 'round', 'line-cap': 'round' } as const

/** Symbols along lines: of ways, and of lines among the shapes. */
const decorationLayers = (decorations: readonly Decoration[]): LayerSpecification[] =>
  decorations.map(
    ({ layer, size, repeat, symbol, color }): LayerSpecification => ({
      ...{ id: `decoration ${layer}`, type: 'symbol', source: 'decorated' },
      filter: ['==', ['get', 'layer'], layer],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': repeat,
        'icon-image': decorationId({ symbol, color }),
        'icon-size': size / decorationSize,
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    }),
  )

export const decorationSize = 16
export const decorationId = ({ symbol, color }: Pick<Decoration, 'symbol' | 'color'>) => `decoration ${symbol} ${color}`

/** Sources and layers of what somebody is drawing or changing. */
const sketchLayers = (): LayerSpecification[] => [
  {
    ...{ id: 'sketch fill', type: 'fill', source: 'sketch', filter: ['==', ['geometry-type'], 'Polygon'] },
    paint: { 'fill-color': token('--tw-accent'), 'fill-opacity': 0.2 },
  },
  {
    ...{ id: 'sketch line', type: 'line', source: 'sketch', layout: round },
    paint: { 'line-color': token('--tw-accent'), 'line-width': 2, 'line-dasharray': [2, 2] },
  },
]

export type StyleParts = { ground: Ground; clustering: Clustering; decorations: readonly Decoration[] }

/** A map with nothing placed on it yet. Glyphs come from fonts of the page. */
export const mapStyle = ({ ground, clustering, decorations }: StyleParts): StyleSpecification => {
  const { sources, layers } = groundOf(ground)
  const isCluster = ['has', 'point_count'] as ['has', string]
  const gathered = clustering
    ? {
        ...{ cluster: true, clusterRadius: clustering.radius },
        ...(clustering.maxZoom === null ? {} : { clusterMaxZoom: clustering.maxZoom }),
      }
    : {}
  const markers = (source: 'markers' | 'singles' | 'spread'): LayerSpecification[] => [
    {
      ...{ id: source === 'markers' ? 'pins' : source, type: 'symbol', source },
      // Of very many, those that can be told apart at this zoom.
      filter: ['all', ['!', isCluster], ['<=', ['coalesce', ['get', 'from'], 0], ['zoom']]],
      layout: { ...markerIcons },
    },
    {
      ...{ id: `labels of ${source}`, type: 'symbol', source },
      filter: ['all', ['!', isCluster], ['!=', ['get', 'label'], '']],
      layout: { ...text, 'text-field': ['get', 'label'], 'text-anchor': 'top', 'text-offset': belowIcon },
      paint: names(),
    },
  ]
  return {
    version: 8,
    sources: {
      ...sources,
      ...{ shapes: nothing(), names: nothing(), singles: nothing(), movers: nothing() },
      ...{ paths: nothing(), points: nothing(), sketch: nothing(), decorated: nothing() },
      ...{ spread: nothing(), 'spread legs': nothing() },
      markers: { ...nothing(), ...gathered },
    },
    layers: [
      ...layers,
      {
        ...{ id: 'fills', type: 'fill', source: 'shapes' },
        filter: ['all', ['==', ['geometry-type'], 'Polygon'], ['!', ['has', 'stripes']]],
        paint: { 'fill-color': ['get', 'fill'] },
      },
      {
        ...{ id: 'striped', type: 'fill', source: 'shapes' },
        filter: ['all', ['==', ['geometry-type'], 'Polygon'], ['has', 'stripes']],
        paint: { 'fill-pattern': ['get', 'stripes'] },
      },
      {
        ...{ id: 'edges', type: 'line', source: 'shapes', layout: round },
        paint: { 'line-color': ['get', 'stroke'], 'line-width': ['get', 'weight'] },
      },
      {
        ...{ id: 'paths', type: 'line', source: 'paths', layout: round },
        paint: { 'line-color': ['get', 'color'], 'line-width': ['get', 'weight'] },
      },
      ...decorationLayers(decorations),
      {
        ...{ id: 'points', type: 'circle', source: 'points' },
        paint: {
          'circle-color': ['get', 'color'],
          'circle-radius': ['/', ['get', 'size'], 2],
          'circle-stroke-color': token('--tw-surface'),
          'circle-stroke-width': 1,
        },
      },
      {
        ...{ id: 'spread legs', type: 'line', source: 'spread legs', layout: round },
        paint: { 'line-color': token('--tw-ink-3'), 'line-width': 1 },
      },
      {
        ...{ id: 'clusters', type: 'circle', source: 'markers', filter: isCluster },
        paint: {
          'circle-color': clusterColor(),
          'circle-radius': ['step', ['get', 'point_count'], 14, 100, 18, 1000, 22],
          'circle-stroke-width': 4,
          'circle-stroke-color': clusterColor(),
          'circle-stroke-opacity': 0.25,
        },
      },
      {
        ...{ id: 'counts', type: 'symbol', source: 'markers', filter: isCluster },
        layout: { ...text, 'text-field': ['get', 'point_count_abbreviated'], 'text-allow-overlap': true },
        paint: { 'text-color': token('--tw-accent-ink') },
      },
      ...markers('markers'),
      ...markers('singles'),
      ...markers('spread'),
      {
        ...{ id: 'names', type: 'symbol', source: 'names', layout: { ...text, 'text-field': ['get', 'label'] } },
        paint: names(),
      },
      {
        ...{ id: 'movers', type: 'symbol', source: 'movers' },
        layout: { ...markerIcons, 'icon-rotate': ['get', 'turn'], 'icon-rotation-alignment': 'map' },
      },
      {
        ...{ id: 'labels of movers', type: 'symbol', source: 'movers', filter: ['!=', ['get', 'label'], ''] },
        layout: {
          ...text,
          'text-field': ['get', 'label'],
          'text-anchor': 'top',
          'text-offset': belowIcon,
          'text-allow-overlap': true,
          'text-ignore-placement': true,
        },
        paint: names(),
      },
      ...sketchLayers(),
    ],
  }
}
