import { functionSourceSchema } from '@thingwire/dashboards'
import { z } from 'zod'
import { color, flag, list, number, oneOf, optionalNumber, optionalText, part, text } from '../../settings/schema.ts'

/** What places are on: the globe, or a picture whose edges are 0 and 1. */
export type Space = 'geo' | 'image'

const code = () => functionSourceSchema.nullable().catch(null).default(null)

/** Of keys only what finds and writes their values; the rest is the host's. */
const key = (name: string) => part({ name: text(name), label: text(name), type: text('attribute') })
export type LayerKey = z.output<ReturnType<typeof key>>

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

const tooltip = (shown: boolean, fallback: string) =>
  part({
    ...pattern(shown, fallback),
    trigger: oneOf(['click', 'hover'], 'click'),
    autoclose: flag(true),
    /** Actions as files have them, by the name that `<link-act name="…">` of the text says. */
    tagActions: list(z.looseObject({})),
  })
export type TooltipSettings = z.output<ReturnType<typeof tooltip>>

const editActions = ['add', 'edit', 'move', 'remove'] as const

const sourceCount = () =>
  z
    .array(z.unknown())
    .catch([])
    .default([])
    .transform((all) => all.filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one)).length)

const layer = (shown: boolean, text_: { pattern: string; shown: boolean }) => ({
  /** Not of files: the layer is drawn of every source of the widget, as maps of before had it. */
  everySource: flag(false),
  /** How many sources the layer has beside its own. */
  additionalDataSources: sourceCount(),
  label: part(pattern(shown, '${entityName}')),
  tooltip: tooltip(text_.shown, text_.pattern),
  click: z.unknown().default(null),
  /** The viewer may show and hide layers by the names of their groups. */
  groups: z.array(z.string()).catch([]).default([]),
  edit: part({
    enabledActions: list(z.enum(editActions)),
    attributeScope: oneOf(['SERVER_SCOPE', 'SHARED_SCOPE'], 'SERVER_SCOPE'),
  }),
})

const where: Readonly<Record<Space, string>> = {
  // ThingsBoard's own text also names a temperature that few have.
  geo: '<b>${entityName}</b><br/><b>Latitude:</b> ${latitude:7}<br/><b>Longitude:</b> ${longitude:7}',
  image: '<b>${entityName}</b><br/><b>X:</b> ${xPos:2}<br/><b>Y:</b> ${yPos:2}',
}
const nameOnly = '<b>${entityName}</b>'
const ofTime = '<br/><b>From:</b> ${minTime}<br/><b>To:</b> ${maxTime}'

const image = (size: number) =>
  part({
    type: oneOf(['image', 'function'], 'image'),
    image: optionalText(),
    imageSize: number(size),
    imageFunction: code(),
    images: z.array(z.string()).catch([]).default([]),
  })

const marker = (space: Space, isTrip: boolean) => ({
  ...layer(true, { shown: true, pattern: where[space] + (isTrip ? ofTime : '') }),
  xKey: key(space === 'geo' ? 'latitude' : 'xPos'),
  yKey: key(space === 'geo' ? 'longitude' : 'yPos'),
  markerType: oneOf(['shape', 'icon', 'image'], 'shape'),
  markerShape: part({
    shape: text(isTrip ? 'tripMarkerShape2' : 'markerShape1'),
    size: number(34),
    color: layerColor('#307FE5'),
  }),
  markerIcon: part({
    iconContainer: text(isTrip ? 'tripIconContainer1' : 'iconContainer1'),
    icon: text(isTrip ? 'arrow_forward' : 'mdi:lightbulb-on'),
    size: number(48),
    color: layerColor('#307FE5'),
  }),
  markerImage: image(34),
  /** Which part of the picture stands on the place: from its left and upper edge, 0…1. */
  markerOffsetX: number(0.5),
  markerOffsetY: number(isTrip ? 0.5 : 1),
  positionFunction: code(),
})

const decoration = () => ({
  usePathDecorator: flag(false),
  pathDecoratorSymbol: oneOf(['arrowHead', 'dash'], 'arrowHead'),
  pathDecoratorSymbolSize: number(10),
  pathDecoratorSymbolColor: color('#307FE5'),
  /** px between two symbols. */
  pathDecoratorRepeat: number(20),
})

const points = (space: Space) => ({
  showPoints: flag(false),
  pointSize: number(10),
  pointColor: layerColor('#307FE5'),
  pointTooltip: tooltip(true, where[space]),
})

const shape = () => ({
  ...layer(false, { shown: false, pattern: nameOnly }),
  fillType: oneOf(['color', 'image', 'stripe'], 'color'),
  fillColor: layerColor('rgba(51,136,255,0.2)'),
  fillStripe: part({
    weight: number(3),
    color: layerColor('#8f8f8f'),
    spaceWeight: number(9),
    spaceColor: layerColor('rgba(143,143,143,0)'),
    angle: number(45),
  }),
  strokeColor: layerColor('#3388ff'),
  strokeWeight: number(3),
})

const clustering = () =>
  part({
    enable: flag(false),
    zoomOnClick: flag(true),
    maxZoom: optionalNumber(),
    maxClusterRadius: number(80),
  })

/** Schemas of the layers of a map, with the defaults of its space. */
export const layerSchemas = (space: Space) => ({
  trips: z.object({
    ...marker(space, true),
    ...decoration(),
    ...points(space),
    showMarker: flag(true),
    rotateMarker: flag(true),
    /** Degrees. */
    offsetAngle: number(0),
    showPath: flag(true),
    pathStrokeWeight: number(4),
    pathStrokeColor: layerColor('#307FE5'),
  }),
  markers: z.object({ ...marker(space, false), markerClustering: clustering() }),
  polygons: z.object({ ...shape(), polygonKey: key('perimeter') }),
  circles: z.object({ ...shape(), circleKey: key('perimeter') }),
  polylines: z.object({ ...shape(), ...decoration(), ...points(space), polylineKey: key('perimeter') }),
})

type Schemas = ReturnType<typeof layerSchemas>
export type TripLayer = z.output<Schemas['trips']>
export type MarkerLayer = z.output<Schemas['markers']>
export type PolygonLayer = z.output<Schemas['polygons']>
export type CircleLayer = z.output<Schemas['circles']>
export type PolylineLayer = z.output<Schemas['polylines']>
