import { functionSourceSchema } from '@thingwire/dashboards'
import { z } from 'zod'
import { color, flag, list, number, oneOf, optionalNumber, optionalText, part, text } from '../../settings/schema.ts'

const code = () => functionSourceSchema.nullable().catch(null).default(null)

/** Of keys only what finds their values; the rest is the host's. */
const key = (name: string) => part({ name: text(name), label: text(name) })

const layerColor = (fallback: string) =>
  part({
    type: oneOf(['constant', 'range', 'function'], 'constant'),
    color: color(fallback),
    rangeKey: z.object({ name: z.string(), label: z.string().optional() }).nullable().catch(null).default(null),
    range: list(z.object({ from: optionalNumber(), to: optionalNumber(), color: z.string() })),
    colorFunction: code(),
  })
export type LayerColor = z.output<ReturnType<typeof layerColor>>

const pattern = (shown: boolean, fallback: string) => ({
  show: flag(shown),
  type: oneOf(['pattern', 'function'], 'pattern'),
  pattern: text(fallback),
  patternFunction: code(),
})

const layer = (shown: boolean, tooltip: string) => ({
  /** Not of files: the layer is drawn of every source of the widget, as maps of before had it. */
  everySource: flag(false),
  label: part(pattern(shown, '${entityName}')),
  tooltip: part({
    ...pattern(shown, tooltip),
    trigger: oneOf(['click', 'hover'], 'click'),
    autoclose: flag(true),
  }),
  click: z.unknown().default(null),
})
// ThingsBoard's own text also names a temperature that few have.
const markerTooltip = '<b>${entityName}</b><br/><b>Latitude:</b> ${latitude:7}<br/><b>Longitude:</b> ${longitude:7}'
const shapeTooltip = '<b>${entityName}</b>'

const shape = () => ({
  ...layer(false, shapeTooltip),
  fillColor: layerColor('rgba(51,136,255,0.2)'),
  strokeColor: layerColor('#3388ff'),
  strokeWeight: number(3),
})

const markerSchema = z.object({
  ...layer(true, markerTooltip),
  xKey: key('latitude'),
  yKey: key('longitude'),
  markerType: oneOf(['shape', 'icon', 'image'], 'shape'),
  markerShape: part({ size: number(34), color: layerColor('#307FE5') }),
  markerIcon: part({ size: number(48), color: layerColor('#307FE5') }),
  markerClustering: part({
    enable: flag(false),
    zoomOnClick: flag(true),
    maxZoom: optionalNumber(),
    maxClusterRadius: number(80),
  }),
})
const polygonSchema = z.object({ ...shape(), polygonKey: key('perimeter') })
const circleSchema = z.object({ ...shape(), circleKey: key('perimeter') })
const polylineSchema = z.object({ ...shape(), polylineKey: key('perimeter') })
export type MarkerLayer = z.output<typeof markerSchema>
type PolygonLayer = z.output<typeof polygonSchema>
type CircleLayer = z.output<typeof circleSchema>
type PolylineLayer = z.output<typeof polylineSchema>

export const mapSettings = z.object({
  markers: list(markerSchema),
  polygons: list(polygonSchema),
  circles: list(circleSchema),
  polylines: list(polylineSchema),
  controlsPosition: oneOf(['topleft', 'topright', 'bottomleft', 'bottomright'], 'topleft'),
  zoomActions: z
    .array(z.string())
    .catch(['scroll', 'doubleClick', 'controlButtons'])
    .default(['scroll', 'doubleClick', 'controlButtons']),
  scales: z.array(z.string()).catch([]).default([]),
  fitMapBounds: flag(true),
  useDefaultCenterPosition: flag(false),
  defaultCenterPosition: optionalText(),
  defaultZoomLevel: optionalNumber(),
  /** How near fitting may go. */
  minZoomLevel: number(16),
})
export type MapSettings = z.output<typeof mapSettings>

export type MapLayer =
  | { kind: 'marker'; source: number | null; settings: MarkerLayer }
  | { kind: 'polygon'; source: number | null; settings: PolygonLayer }
  | { kind: 'circle'; source: number | null; settings: CircleLayer }
  | { kind: 'polyline'; source: number | null; settings: PolylineLayer }

/**
 * Layers with the index of their datasource, which is their place in this order; null: of every source. A map without
 * layers has one of markers.
 */
export const layersOf = (settings: MapSettings): MapLayer[] => {
  const all = [
    ...settings.markers.map((one) => ({ kind: 'marker' as const, settings: one })),
    ...settings.polygons.map((one) => ({ kind: 'polygon' as const, settings: one })),
    ...settings.circles.map((one) => ({ kind: 'circle' as const, settings: one })),
    ...settings.polylines.map((one) => ({ kind: 'polyline' as const, settings: one })),
  ]
  if (all.length === 0) return [{ kind: 'marker', source: null, settings: markerSchema.parse({}) }]
  return all.map((one, index): MapLayer => ({ ...one, source: one.settings.everySource ? null : index }))
}

/** The colour of a marker stands with what it is drawn as; an image has that of a shape until it is drawn. */
export const markerLook = (settings: MarkerLayer) =>
  settings.markerType === 'icon' ? settings.markerIcon : settings.markerShape
