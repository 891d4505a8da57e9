import { z } from 'zod'
import { flag, list, number, oneOf, optionalNumber, optionalText, part, text } from '../../settings/schema.ts'
import { valueSource } from '../../style/color-settings.ts'
import { dateFormat } from '../../style/date-format.ts'
import {
  type CircleLayer,
  type LayerKey,
  layerSchemas,
  type MarkerLayer,
  type PolygonLayer,
  type PolylineLayer,
  type Space,
  type TripLayer,
} from './layer-settings.ts'

const usualZooming = ['scroll', 'doubleClick', 'controlButtons']
const usualSpeeds = [1, 5, 10, 15, 25]

/**
 * Settings of one of the four maps.
 * @param space what its places are on
 * @param hasTimeline whether ways are played back where the file says nothing of it
 */
export const mapSettingsOf = (space: Space, hasTimeline: boolean) => {
  const layers = layerSchemas(space)
  return z.object({
    space: z
      .unknown()
      .prefault(null)
      .transform((): Space => space),
    trips: list(layers.trips),
    markers: list(layers.markers),
    polygons: list(layers.polygons),
    circles: list(layers.circles),
    polylines: list(layers.polylines),
    /** Grounds that the file wants, by what providers call them; those that the installation has are shown. */
    layers: list(z.looseObject({ label: optionalText(), layerType: optionalText(), tileUrl: optionalText() })),
    imageSource: part({
      sourceType: oneOf(['image', 'entityKey'], 'image'),
      url: optionalText(),
      entityKey: z.looseObject({ name: z.string(), label: z.string().optional() }).nullable().catch(null).default(null),
      /** Where older files name whose key it is by the name of an alias. */
      source: valueSource(),
    }),
    controlsPosition: oneOf(['topleft', 'topright', 'bottomleft', 'bottomright'], 'topleft'),
    zoomActions: z.array(z.string()).catch(usualZooming).default(usualZooming),
    scales: z.array(z.string()).catch([]).default([]),
    fitMapBounds: flag(true),
    useDefaultCenterPosition: flag(false),
    defaultCenterPosition: optionalText(),
    defaultZoomLevel: optionalNumber(),
    /** How near fitting may go. */
    minZoomLevel: number(16),
    mapActionButtons: list(z.object({ label: text(''), icon: text('add'), action: z.unknown().default(null) })),
    tripTimeline: part({
      showTimelineControl: flag(hasTimeline),
      /** ms of the way for each second of playing. */
      timeStep: number(1_000),
      speedOptions: z.array(z.number().positive()).catch(usualSpeeds).default(usualSpeeds),
      showTimestamp: flag(true),
      timestampFormat: dateFormat({ format: 'yyyy-MM-dd HH:mm:ss' }),
      snapToRealLocation: flag(false),
    }),
  })
}

export const mapSettings = mapSettingsOf('geo', false)
export type MapSettings = z.output<typeof mapSettings>

type Layer<Kind extends string, Settings> = {
  kind: Kind
  /** Indexes of its datasources; null: every one. */
  sources: readonly number[] | null
  settings: Settings
}
export type MapLayer =
  | Layer<'trip', TripLayer>
  | Layer<'marker', MarkerLayer>
  | Layer<'polygon', PolygonLayer>
  | Layer<'circle', CircleLayer>
  | Layer<'polyline', PolylineLayer>

/**
 * Layers with the indexes of their datasources, which are numbered in this order: of each layer its own and then those
 * beside it. A map without layers has one of markers, or of ways, of every source.
 */
export const layersOf = (settings: MapSettings, plain: 'marker' | 'trip' = 'marker'): MapLayer[] => {
  const all = [
    ...settings.trips.map((one) => ({ kind: 'trip' as const, settings: one })),
    ...settings.markers.map((one) => ({ kind: 'marker' as const, settings: one })),
    ...settings.polygons.map((one) => ({ kind: 'polygon' as const, settings: one })),
    ...settings.circles.map((one) => ({ kind: 'circle' as const, settings: one })),
    ...settings.polylines.map((one) => ({ kind: 'polyline' as const, settings: one })),
  ]
  if (all.length === 0) {
    const { markers, trips } = layerSchemas(settings.space)
    return plain === 'trip'
      ? [{ kind: 'trip', sources: null, settings: trips.parse({}) }]
      : [{ kind: 'marker', sources: null, settings: markers.parse({}) }]
  }
  let next = 0
  return all.map((one): MapLayer => {
    const { everySource, additionalDataSources } = one.settings
    if (everySource) return { ...one, sources: null }
    const first = next
    next += 1 + additionalDataSources
    return { ...one, sources: Array.from({ length: next - first }, (_, at) => first + at) }
  })
}

/** The keys that say where something of the layer is. */
export const placeKeysOf = (layer: MapLayer): readonly LayerKey[] => {
  switch (layer.kind) {
    case 'trip':
    case 'marker':
      return [layer.settings.xKey, layer.settings.yKey]
    case 'polygon':
      return [layer.settings.polygonKey]
    case 'circle':
      return [layer.settings.circleKey]
    case 'polyline':
      return [layer.settings.polylineKey]
  }
}

/** The colour of a marker stands with what it is drawn as. */
export const markerLook = (settings: MarkerLayer | TripLayer) =>
  settings.markerType === 'icon' ? settings.markerIcon : settings.markerShape
