import type { StyleSpecification } from 'maplibre-gl'
import land from 'world-atlas/land-50m.json'
import { feature } from 'topojson-client'

/** Colours of the console as maps understand them: through a canvas, which knows every notation. */
const colorOf = (token: string): string => {
  const value = getComputedStyle(document.documentElement).getPropertyValue(token).trim()
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (!context || value === '') return '#888'
  context.fillStyle = value
  context.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
  return `rgb(${red},${green},${blue})`
}

const emptyFeatures = { type: 'FeatureCollection', features: [] } as const

/** A map without any outside source: where land is, a grid, and the area. */
export const mapStyle = (): StyleSpecification => ({
  version: 8,
  sources: {
    land: { type: 'geojson', data: feature(land, land.objects.land) },
    grid: { type: 'geojson', data: { ...emptyFeatures, features: [] } },
    area: { type: 'geojson', data: { ...emptyFeatures, features: [] } },
  },
  layers: [
    { id: 'water', type: 'background', paint: { 'background-color': colorOf('--tw-sunken') } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colorOf('--tw-raised') } },
    {
      id: 'coast',
      type: 'line',
      source: 'land',
      paint: { 'line-color': colorOf('--tw-line-strong'), 'line-width': 1 },
    },
    {
      id: 'grid',
      type: 'line',
      source: 'grid',
      paint: { 'line-color': colorOf('--tw-line-strong'), 'line-width': 0.5, 'line-dasharray': [3, 3] },
    },
    {
      id: 'area',
      type: 'fill',
      source: 'area',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': colorOf('--tw-accent'), 'fill-opacity': 0.18 },
    },
    {
      id: 'edge',
      type: 'line',
      source: 'area',
      paint: { 'line-color': colorOf('--tw-accent'), 'line-width': 2 },
    },
  ],
})
