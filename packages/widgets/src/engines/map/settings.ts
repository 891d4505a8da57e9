import { z } from 'zod'
import {
  anyJson,
  color,
  flag,
  icon,
  list,
  number,
  oneOf,
  optionalNumber,
  optionalText,
  part,
  shared,
  text,
} from '../../settings/schema.ts'
import { code } from '../../settings/code.ts'
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
const played = { showTimelineControl: [true] }

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
    layers: list(
      z.looseObject({
        label: optionalText({ title: 'Name for viewers' }),
        layerType: optionalText({ title: 'Ground, by its name' }),
        referenceLayer: optionalText({ title: 'Over it, by its name' }),
        tileUrl: optionalText({ title: 'Address of its tiles, in the file' }),
      }),
      {
        title: 'Grounds',
        hint: 'In the order in which they are used. Those that this installation does not have are left out.',
      },
    ),
    imageSource: part(
      {
        sourceType: oneOf(['image', 'entityKey'], 'image', {
          ...{ title: 'From', words: { image: 'The library or an address', entityKey: 'A key of an entity' } },
        }),
        url: optionalText({ title: 'Picture', editor: 'picture', when: { sourceType: ['image'] } }),
        entityKey: z
          .looseObject({ name: z.string(), label: z.string().optional() })
          .nullable()
          .catch(null)
          .default(null)
          .meta({ title: 'Key', editor: 'map-key', when: { sourceType: ['entityKey'] } }),
        /** Where older files name whose key it is by the name of an alias. */
        source: valueSource(),
      },
      { title: 'Picture of the map' },
    ),
    controlsPosition: oneOf(['topleft', 'topright', 'bottomleft', 'bottomright'], 'topleft', {
      ...{ title: 'Buttons stand', group: 'Buttons' },
      words: {
        ...{ topleft: 'Left above', topright: 'Right above', bottomleft: 'Left below', bottomright: 'Right below' },
      },
    }),
    zoomActions: z
      .array(z.string())
      .catch(usualZooming)
      .default(usualZooming)
      .meta({
        title: 'Viewers come nearer by',
        editor: 'several',
        words: { scroll: 'The wheel', doubleClick: 'A double click', controlButtons: 'Buttons' },
      }),
    scales: z
      .array(z.string())
      .catch([])
      .default([])
      .meta({ title: 'Scales', editor: 'several', words: { metric: 'Metric', imperial: 'Imperial' } }),
    dragModeButton: flag(false, {
      ...{ title: 'A button lets viewers drag markers', group: 'Buttons' },
      hint: 'For layers whose places viewers may move.',
    }),
    /** Read by the host, which asks for the entities. */
    mapPageSize: number(16_384, {
      title: 'Entities of a layer, at most',
      hint: 'Further ones are left out, and the map says so.',
    }),
    fitMapBounds: flag(true, { title: 'Shows all places at first', group: 'View at first' }),
    useDefaultCenterPosition: flag(false, { title: 'Begins at a place', group: 'View at first' }),
    defaultCenterPosition: optionalText({
      ...{ title: 'Latitude and longitude', hint: 'Such as 48.14, 11.58', group: 'View at first' },
      when: [{ useDefaultCenterPosition: [true] }, { fitMapBounds: [false] }],
    }),
    defaultZoomLevel: optionalNumber({
      ...{ title: 'Zoom at first', hint: 'From 0, the world, to 20, a house.', group: 'View at first' },
    }),
    /** How near fitting may go. */
    minZoomLevel: number(16, {
      ...{ title: 'Nearest zoom that shows all', group: 'View at first', when: { fitMapBounds: [true] } },
    }),
    mapActionButtons: list(
      z.object({
        label: text('', { title: 'Name' }),
        icon: icon('add', { title: 'Icon' }),
        color: color('', { title: 'Colour' }),
        action: anyJson(null, { title: 'What it does', editor: 'action' }),
      }),
      { title: 'Buttons on the map', group: 'Buttons' },
    ),
    tripTimeline: part(
      {
        showTimelineControl: flag(hasTimeline, { title: 'Play-back' }),
        /** ms of the way for each second of playing. */
        timeStep: number(1_000, { title: 'Time of the way in a second', suffix: 'ms', when: played }),
        speedOptions: z
          .array(z.number().positive())
          .catch(usualSpeeds)
          .default(usualSpeeds)
          .meta({ title: 'Speeds', editor: 'numbers', when: played }),
        showTimestamp: flag(true, { title: 'Shows the moment', when: played }),
        timestampFormat: dateFormat({ format: 'yyyy-MM-dd HH:mm:ss' }),
        snapToRealLocation: flag(false, { title: 'Goes from point to point', when: played }),
        /** Of points, those at which a marker stops. */
        locationSnapFilter: code({
          title: 'Stops at points for which this is true',
          args: ['data', 'dsData', 'dsIndex'],
          when: { ...played, snapToRealLocation: [true] },
        }),
      },
      { title: 'Play-back' },
    ),
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

/** What can be set about a map beside its layers, which have forms of their own; always the same one. */
export const mapFormOf = (space: Space, hasTimeline: boolean) =>
  shared(['map form', space, hasTimeline], () => {
    const form = mapSettingsOf(space, hasTimeline).omit({
      ...{ space: true, trips: true, markers: true, polygons: true, circles: true, polylines: true },
    })
    return space === 'image'
      ? form.omit({ layers: true, scales: true, tripTimeline: true })
      : form.omit({ imageSource: true })
  })
