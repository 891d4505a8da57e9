import { functionSourceSchema } from '@thingwire/dashboards'
import { z } from 'zod'
import { code, markup } from '../../settings/code.ts'
import {
  type About,
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
  text,
} from '../../settings/schema.ts'

/** What places are on: the globe, or a picture whose edges are 0 and 1. */
export type Space = 'geo' | 'image'

const dataArguments = ['data', 'dsData', 'dsIndex']

/** Of keys only what finds and writes their values; the rest is the host's. */
const key = (name: string) => part({ name: text(name), label: text(name), type: text('attribute') })
export type LayerKey = z.output<ReturnType<typeof key>>

const layerColor = (fallback: string, about: About = {}) =>
  part(
    {
      type: oneOf(['constant', 'range', 'function'], 'constant'),
      color: color(fallback),
      rangeKey: z.object({ name: z.string(), label: z.string().optional() }).nullable().catch(null).default(null),
      range: list(z.object({ from: optionalNumber(), to: optionalNumber(), color: z.string() })),
      colorFunction: functionSourceSchema.nullable().catch(null).default(null),
    },
    { editor: 'layer-color', ...about },
  )
export type LayerColor = z.output<ReturnType<typeof layerColor>>

const shown = { show: [true] }
const pattern = (isShown: boolean, fallback: string, title: string) => ({
  show: flag(isShown, { title: 'Show' }),
  type: oneOf(['pattern', 'function'], 'pattern', {
    ...{ title: 'Made by', words: { pattern: 'A pattern', function: 'A function' }, when: shown },
  }),
  pattern: markup(fallback, { title, when: { ...shown, type: ['pattern'] } }),
  patternFunction: code({ title, args: dataArguments, when: { ...shown, type: ['function'] } }),
})

const tooltip = (isShown: boolean, fallback: string, offsetY: number, title = 'Tooltip') =>
  part(
    {
      ...pattern(isShown, fallback, 'Text'),
      trigger: oneOf(['click', 'hover'], 'click', {
        ...{ title: 'Opens', words: { click: 'By a click', hover: 'Under the pointer' }, when: shown },
      }),
      autoclose: flag(true, { title: 'Closes by a click beside it', when: { ...shown, trigger: ['click'] } }),
      /** In widths and heights of the marker. */
      offsetX: number(0, { title: 'Moved to the right', suffix: '× width', when: shown }),
      offsetY: number(offsetY, { title: 'Moved down', suffix: '× height', when: shown }),
      /** Actions as files have them, by the name that `<link-act name="…">` of the text says. */
      tagActions: list(z.looseObject({}), { title: 'Actions of links', editor: 'tag-actions', when: shown }),
    },
    { title },
  )
export type TooltipSettings = z.output<ReturnType<typeof tooltip>>

const editActions = ['add', 'edit', 'move', 'remove'] as const

const sourceCount = () =>
  z
    .array(z.unknown())
    .catch([])
    .default([])
    .transform((all) => all.filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one)).length)

const layer = (isShown: boolean, text_: { pattern: string; shown: boolean; offsetY?: number }) => ({
  /** Not of files: the layer is drawn of every source of the widget, as maps of before had it. */
  everySource: flag(false),
  /** How many sources the layer has beside its own. */
  additionalDataSources: sourceCount(),
  label: part(pattern(isShown, '${entityName}', 'Text'), { title: 'Label' }),
  tooltip: tooltip(text_.shown, text_.pattern, text_.offsetY ?? -1),
  click: anyJson(null, { title: 'A click', editor: 'action' }),
  /** The viewer may show and hide layers by the names of their groups. */
  groups: z
    .array(z.string())
    .catch([])
    .default([])
    .meta({ title: 'Groups', description: 'Viewers show and hide layers by the names of their groups.' }),
  edit: part(
    {
      enabledActions: list(z.enum(editActions), {
        title: 'Viewers may',
        words: { add: 'Add', edit: 'Change the form', move: 'Move', remove: 'Remove' },
      }),
      attributeScope: oneOf(['SERVER_SCOPE', 'SHARED_SCOPE'], 'SERVER_SCOPE', {
        ...{ title: 'Stored as', words: { SERVER_SCOPE: 'Server attributes', SHARED_SCOPE: 'Shared attributes' } },
      }),
      snappable: flag(false, {
        ...{ title: 'Snaps to what is near', hint: 'Corners catch corners and edges of other places.' },
      }),
    },
    { title: 'Changes on the map' },
  ),
})

const where: Readonly<Record<Space, string>> = {
  // ThingsBoard's own text also names a temperature that few have.
  geo: '<b>${entityName}</b><br/><b>Latitude:</b> ${latitude:7}<br/><b>Longitude:</b> ${longitude:7}',
  image: '<b>${entityName}</b><br/><b>X:</b> ${xPos:2}<br/><b>Y:</b> ${yPos:2}',
}
const nameOnly = '<b>${entityName}</b>'
const ofTime = '<br/><b>From:</b> ${minTime}<br/><b>To:</b> ${maxTime}'

const byImage = { type: ['image'] }
const byFunction = { type: ['function'] }
const imageSource = (title: string) => ({
  type: oneOf(['image', 'function'], 'image', {
    ...{ title: 'Chosen by', words: { image: 'One picture', function: 'A function' } },
  }),
  image: optionalText({ title, editor: 'picture', when: byImage }),
  imageFunction: code({ title: 'Function', args: ['data', 'images', 'dsData', 'dsIndex'], when: byFunction }),
  images: list(text('', { title: 'Picture', editor: 'picture' }), { title: 'Pictures', when: byFunction }),
})

const looks = {
  ...{ markerShape1: 'Pin', markerShape2: 'Drop', markerShape3: 'Board', markerShape4: 'Disc', markerShape5: 'Ring' },
  ...{ markerShape6: 'Square', markerShape7: 'Diamond', markerShape8: 'Dot', markerShape9: 'Plate' },
  ...{ markerShape10: 'Target' },
}
const tripLooks = { tripMarkerShape1: 'Arrow', tripMarkerShape2: 'Compass', tripMarkerShape3: 'Dart' }

const marker = (space: Space, isTrip: boolean) => ({
  ...layer(true, { shown: true, pattern: where[space] + (isTrip ? ofTime : ''), offsetY: isTrip ? -0.5 : -1 }),
  xKey: key(space === 'geo' ? 'latitude' : 'xPos'),
  yKey: key(space === 'geo' ? 'longitude' : 'yPos'),
  markerType: oneOf(['shape', 'icon', 'image'], 'shape', {
    ...{ title: 'Drawn as', words: { shape: 'A shape', icon: 'An icon', image: 'A picture' } },
  }),
  markerShape: part(
    {
      shape: text(isTrip ? 'tripMarkerShape2' : 'markerShape1', {
        ...{ title: 'Shape', editor: 'marker-shape', words: isTrip ? { ...tripLooks, ...looks } : looks },
      }),
      size: number(34, { title: 'Size', suffix: 'px' }),
      color: layerColor('#307FE5', { title: 'Colour' }),
    },
    { title: 'Shape', when: { markerType: ['shape'] } },
  ),
  markerIcon: part(
    {
      iconContainer: text(isTrip ? 'tripIconContainer1' : 'iconContainer1', {
        ...{ title: 'Ground', editor: 'icon-container' },
      }),
      icon: icon(isTrip ? 'arrow_forward' : 'mdi:lightbulb-on', { title: 'Icon' }),
      size: number(48, { title: 'Size', suffix: 'px' }),
      color: layerColor('#307FE5', { title: 'Colour' }),
    },
    { title: 'Icon', when: { markerType: ['icon'] } },
  ),
  markerImage: part(
    { ...imageSource('Picture'), imageSize: number(34, { title: 'Height', suffix: 'px', when: byImage }) },
    { title: 'Picture', when: { markerType: ['image'] } },
  ),
  /** Which part of the picture stands on the place: from its left and upper edge, 0…1. */
  markerOffsetX: number(0.5, { title: 'Point of it on the place, from the left', suffix: '0…1' }),
  markerOffsetY: number(isTrip ? 0.5 : 1, { title: 'Point of it on the place, from above', suffix: '0…1' }),
  positionFunction: code({
    title: 'Position by a function',
    args: ['origXPos', 'origYPos', 'data', 'dsData', 'dsIndex', 'aspect'],
  }),
})

const decorated = { usePathDecorator: [true] }
const decoration = () => ({
  usePathDecorator: flag(false, { title: 'Symbols along the line' }),
  pathDecoratorSymbol: oneOf(['arrowHead', 'dash'], 'arrowHead', {
    ...{ title: 'Symbol', words: { arrowHead: 'Arrow head', dash: 'Dash' }, when: decorated },
  }),
  pathDecoratorSymbolSize: number(10, { title: 'Size of a symbol', suffix: 'px', when: decorated }),
  pathDecoratorSymbolColor: color('#307FE5', { title: 'Colour of symbols', when: decorated }),
  /** px of the line's beginning and of its end that have none. */
  pathDecoratorOffset: number(20, { title: 'First one after', suffix: 'px', when: decorated }),
  pathEndDecoratorOffset: number(20, { title: 'None in the last', suffix: 'px', when: decorated }),
  /** px between two symbols. */
  pathDecoratorRepeat: number(20, { title: 'Between two symbols', suffix: 'px', when: decorated }),
})

const pointed = { showPoints: [true] }
const points = (space: Space) => ({
  showPoints: flag(false, { title: 'Show points' }),
  pointSize: number(10, { title: 'Size of a point', suffix: 'px', when: pointed }),
  pointColor: layerColor('#307FE5', { title: 'Colour of points', when: pointed }),
  pointTooltip: tooltip(true, where[space], -1, 'Tooltip of points'),
})

const shape = () => ({
  ...layer(false, { shown: false, pattern: nameOnly }),
  fillType: oneOf(['color', 'image', 'stripe'], 'color', {
    ...{ title: 'Filled with', words: { color: 'A colour', image: 'A picture', stripe: 'Stripes' } },
  }),
  fillColor: layerColor('rgba(51,136,255,0.2)', { title: 'Fill', when: { fillType: ['color'] } }),
  fillImage: part(
    {
      ...imageSource('Picture'),
      preserveAspectRatio: flag(true, { title: 'Keeps its proportions', when: byImage }),
      opacity: number(1, { title: 'Opacity', suffix: '0…1', when: byImage }),
      angle: number(0, { title: 'Turned by', suffix: '°', when: byImage }),
      scale: number(1, { title: 'Scale', suffix: '×', when: byImage }),
    },
    { title: 'Picture', when: { fillType: ['image'] } },
  ),
  fillStripe: part(
    {
      weight: number(3, { title: 'Width of a stripe', suffix: 'px' }),
      color: layerColor('#8f8f8f', { title: 'Colour of stripes' }),
      spaceWeight: number(9, { title: 'Width of a gap', suffix: 'px' }),
      spaceColor: layerColor('rgba(143,143,143,0)', { title: 'Colour of gaps' }),
      angle: number(45, { title: 'Turned by', suffix: '°' }),
    },
    { title: 'Stripes', when: { fillType: ['stripe'] } },
  ),
  strokeColor: layerColor('#3388ff', { title: 'Line' }),
  strokeWeight: number(3, { title: 'Width of the line', suffix: 'px' }),
})

const gathering = { enable: [true] }
const clustering = () =>
  part(
    {
      enable: flag(false, { title: 'Gather markers that are close' }),
      zoomOnClick: flag(true, { title: 'A click comes nearer', when: gathering }),
      maxZoom: optionalNumber({ title: 'Up to zoom', when: gathering }),
      maxClusterRadius: number(80, { title: 'Gathered within', suffix: 'px', when: gathering }),
      spiderfyOnMaxZoom: flag(false, {
        title: 'A click spreads those at one spot',
        hint: 'Otherwise it lists them.',
        when: gathering,
      }),
      zoomAnimation: flag(true, { title: 'Comes nearer smoothly', when: gathering }),
      useClusterMarkerColorFunction: flag(false, { title: 'Colour by a function', when: gathering }),
      clusterMarkerColorFunction: code({
        title: 'Function',
        args: ['data', 'childCount'],
        when: { ...gathering, useClusterMarkerColorFunction: [true] },
      }),
    },
    { title: 'Gathering' },
  )

/** Schemas of the layers of a map, with the defaults of its space. */
export const layerSchemas = (space: Space) => ({
  trips: z.object({
    ...marker(space, true),
    showMarker: flag(true, { title: 'Show the marker' }),
    rotateMarker: flag(true, { title: 'Turns where it goes' }),
    /** Degrees. */
    offsetAngle: number(0, { title: 'Turned by', suffix: '°', when: { rotateMarker: [true] } }),
    showPath: flag(true, { title: 'Show the way' }),
    pathStrokeWeight: number(4, { title: 'Width of the way', suffix: 'px', when: { showPath: [true] } }),
    pathStrokeColor: layerColor('#307FE5', { title: 'Colour of the way', when: { showPath: [true] } }),
    ...decoration(),
    ...points(space),
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
