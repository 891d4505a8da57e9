import type { StyleSpecification } from 'maplibre-gl'
import { feature } from 'topojson-client'
import world from 'world-atlas/land-50m.json'
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
const nothing = () => ({ type: 'FeatureCollection' as const, features: [] })

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

/** A map without any outside source: where land is, and what is placed on it. Glyphs come from fonts of the page. */
export const mapStyle = (clustering: Clustering): StyleSpecification => ({
  version: 8,
  sources: {
    land: { type: 'geojson', data: land },
    shapes: { type: 'geojson', data: nothing() },
    names: { type: 'geojson', data: nothing() },
    markers: {
      type: 'geojson',
      data: nothing(),
      ...(clustering
        ? {
            cluster: true,
            clusterRadius: clustering.radius,
            ...(clustering.maxZoom === null ? {} : { clusterMaxZoom: clustering.maxZoom }),
          }
        : {}),
    },
  },
  layers: [
    { id: 'water', type: 'background', paint: { 'background-color': token('--tw-sunken') } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': token('--tw-raised') } },
    {
      ...{ id: 'coast', type: 'line', source: 'land' },
      paint: { 'line-color': token('--tw-line-strong'), 'line-width': 1 },
    },
    {
      ...{ id: 'fills', type: 'fill', source: 'shapes', filter: ['==', ['geometry-type'], 'Polygon'] },
      paint: { 'fill-color': ['get', 'fill'] },
    },
    {
      ...{ id: 'edges', type: 'line', source: 'shapes', layout: { 'line-join': 'round', 'line-cap': 'round' } },
      paint: { 'line-color': ['get', 'stroke'], 'line-width': ['get', 'weight'] },
    },
    {
      ...{ id: 'clusters', type: 'circle', source: 'markers', filter: ['has', 'point_count'] },
      paint: {
        'circle-color': token('--tw-accent'),
        'circle-radius': ['step', ['get', 'point_count'], 14, 100, 18, 1000, 22],
        'circle-stroke-width': 4,
        'circle-stroke-color': token('--tw-accent'),
        'circle-stroke-opacity': 0.25,
      },
    },
    {
      ...{ id: 'counts', type: 'symbol', source: 'markers', filter: ['has', 'point_count'] },
      layout: { ...text, 'text-field': ['get', 'point_count_abbreviated'], 'text-allow-overlap': true },
      paint: { 'text-color': token('--tw-accent-ink') },
    },
    {
      ...{ id: 'pins', type: 'symbol', source: 'markers', filter: ['!', ['has', 'point_count']] },
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-size': ['get', 'size'],
        'icon-anchor': 'bottom',
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    },
    {
      ...{ id: 'labels', type: 'symbol', source: 'markers', filter: ['!', ['has', 'point_count']] },
      layout: { ...text, 'text-field': ['get', 'label'], 'text-anchor': 'top', 'text-offset': [0, 0.3] },
      paint: { 'text-color': token('--tw-ink'), 'text-halo-color': token('--tw-surface'), 'text-halo-width': 1.5 },
    },
    {
      ...{ id: 'names', type: 'symbol', source: 'names' },
      layout: { ...text, 'text-field': ['get', 'label'] },
      paint: { 'text-color': token('--tw-ink'), 'text-halo-color': token('--tw-surface'), 'text-halo-width': 1.5 },
    },
  ],
})
