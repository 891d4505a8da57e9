import { cssColor } from '../../style/rgb.ts'
import { type Art, artId, isCentred } from './art.ts'
import { boundsOf, type Position } from './coordinates.ts'
import type {
  LayerColor,
  MarkerLayer,
  PolygonLayer,
  PolylineLayer,
  TooltipSettings,
  TripLayer,
} from './layer-settings.ts'
import { labelText, layerColorOf, type Place, positionsOf, type Shape } from './places.ts'
import { type MapLayer, markerLook } from './settings.ts'
import { type Trip, valuesAt } from './trips.ts'
import { type LayerTexts, textId } from './use-layer-functions.ts'
import { type PathColors, pathColorId } from './use-path-colors.ts'

export type MarkerDrawing = {
  id: string
  at: Position
  art: Art
  /** What stands for a picture that is not there (yet). */
  instead: Art
  /** Height on the page, px. */
  size: number
  /** Which part of it stands on its place: from its left and upper edge, 0…1. */
  anchor: readonly [x: number, y: number]
  /** Degrees clockwise. */
  turn: number
  label: string
  /** Whether it may be gathered with others that are close. */
  gathers: boolean
}

export type ShapeDrawing = {
  id: string
  geometry: Exclude<Shape, { type: 'Point' }>
  fill: string
  stripes: { width: number; space: number; angle: number; color: string; spaceColor: string } | null
  /** What it is filled with in place of a colour. */
  picture: { link: string; keeps: boolean; opacity: number; angle: number; scale: number } | null
  stroke: string
  weight: number
  label: string
  /** Where its label stands. */
  middle: Position
}

export type PathDrawing = {
  id: string
  line: readonly Position[]
  color: string
  weight: number
}
/** A line that symbols of its layer go along. */
export type DecoratedLine = { layer: number; line: readonly Position[] }
export type PointDrawing = { id: string; at: Position; color: string; size: number }

/** What is on the map. Each part is drawn anew when it is another object. */
export type Drawing = {
  markers: readonly MarkerDrawing[]
  shapes: readonly ShapeDrawing[]
  /** What goes along ways, apart from markers because it moves with every frame. */
  movers: readonly MarkerDrawing[]
  paths: readonly PathDrawing[]
  points: readonly PointDrawing[]
  decorated: readonly DecoratedLine[]
}

/** Thousands of places share a few colours. */
const known = new Map<string, string>()
const mostKnown = 1_000
const drawnColor = (color: string): string => {
  const before = known.get(color)
  if (before !== undefined) return before
  const made = cssColor(color)
  if (known.size < mostKnown) known.set(color, made)
  return made
}

const longestLabel = 40

/** What the layer calls the place; empty where it shows no label. */
export const labelOf = (layer: MapLayer, place: Place, { made }: LayerTexts): string => {
  const { label } = layer.settings
  if (!label.show) return ''
  const text = label.type === 'function' ? (made.get(textId('label', place)) ?? '') : label.pattern
  const filled = labelText(text, place)
  return filled.length > longestLabel ? `${filled.slice(0, longestLabel)}…` : filled
}

/** Where a label or a card stands. */
export const middleOf = (place: Place): Position => {
  if (place.shape.type === 'Point') return place.shape.coordinates
  const [west, south, east, north] = boundsOf(positionsOf([place])) ?? [0, 0, 0, 0]
  return [(west + east) / 2, (south + north) / 2]
}

const bounded = (value: number, least: number, most: number) =>
  Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : least

const isMarker = (layer: MapLayer): layer is Extract<MapLayer, { kind: 'marker' | 'trip' }> =>
  layer.kind === 'marker' || layer.kind === 'trip'

const sizeOf = (settings: MarkerLayer | TripLayer): number =>
  bounded(settings.markerType === 'image' ? settings.markerImage.imageSize : markerLook(settings).size, 12, 128)

const usualOffset = { trip: -0.5, marker: -1, polygon: -1, circle: -1, polyline: -1 } as const
/** px that a card of an area is moved by, for each whole number of its file. */
const areaStep = 10

/** Where a card stands, px from the position of its place: above it, and as much elsewhere as the file says otherwise. */
export const cardOffset = (layer: MapLayer, { offsetX, offsetY }: TooltipSettings): [right: number, down: number] => {
  const size = isMarker(layer) ? sizeOf(layer.settings) : areaStep
  const lift = isMarker(layer) ? Math.round(size * bounded(layer.settings.markerOffsetY, 0, 1)) + 4 : 0
  const [right, down] = [bounded(offsetX, -20, 20) * size, (bounded(offsetY, -20, 20) - usualOffset[layer.kind]) * size]
  return [Math.round(right), Math.round(down) - lift]
}

const artOf = (settings: MarkerLayer | TripLayer, color: string, image: string | undefined): Art => {
  if (settings.markerType === 'icon') {
    const { icon, iconContainer } = settings.markerIcon
    return { kind: 'icon', container: iconContainer, icon, color }
  }
  const link = image ?? settings.markerImage.image ?? settings.markerImage.images[0]
  return settings.markerType === 'image' && link
    ? { kind: 'image', link }
    : { kind: 'shape', shape: settings.markerShape.shape, color }
}

const centred = [0.5, 0.5] as const

const markerOf = (
  { kind, settings }: Extract<MapLayer, { kind: 'marker' | 'trip' }>,
  place: Place,
  at: Position,
  texts: LayerTexts,
  label: string,
): MarkerDrawing => {
  const color = drawnColor(
    texts.made.get(textId('fill', place)) ?? layerColorOf(markerLook(settings).color, place.values),
  )
  const art = artOf(settings, color, texts.made.get(textId('image', place)))
  const size = texts.made.get(textId('size', place))
  const isTurned = kind === 'trip' && settings.rotateMarker
  return {
    ...{ id: place.id, at, art, label },
    instead: { kind: 'shape', shape: settings.markerShape.shape, color },
    size: size === undefined ? sizeOf(settings) : bounded(Number(size), 12, 128),
    // Discs and icons are told by their middle unless the file places a picture of its own.
    anchor:
      art.kind !== 'image' && isCentred(art)
        ? centred
        : [bounded(settings.markerOffsetX, -2, 2), bounded(settings.markerOffsetY, -2, 2)],
    turn: isTurned ? (place.heading ?? 0) + bounded(settings.offsetAngle, -360, 360) : 0,
    gathers: kind === 'marker' && settings.markerClustering.enable,
  }
}

/** Above this the points of a way are as good as its line. */
const mostPoints = 5_000

const fillPictureOf = (
  { fillType, fillImage }: Pick<PolygonLayer, 'fillType' | 'fillImage'>,
  made: string | undefined,
): ShapeDrawing['picture'] => {
  const link = made ?? fillImage.image ?? fillImage.images[0]
  if (fillType !== 'image' || !link) return null
  return {
    ...{ link, keeps: fillImage.preserveAspectRatio, opacity: bounded(fillImage.opacity, 0, 1) },
    ...{ angle: bounded(fillImage.angle, -360, 360), scale: bounded(fillImage.scale, 0.01, 100) },
  }
}

/** Places with the colours and labels of their layers. */
export const placeDrawing = (
  layers: readonly MapLayer[],
  places: readonly Place[],
  texts: LayerTexts,
): Pick<Drawing, 'markers' | 'shapes' | 'points' | 'decorated'> => {
  const markers: MarkerDrawing[] = []
  const shapes: ShapeDrawing[] = []
  const points: PointDrawing[] = []
  const decorated: DecoratedLine[] = []
  for (const place of places) {
    const layer = layers[place.layer]
    if (!layer) continue
    const label = labelOf(layer, place, texts)
    if (isMarker(layer)) {
      if (place.shape.type === 'Point') markers.push(markerOf(layer, place, place.shape.coordinates, texts, label))
    } else if (place.shape.type !== 'Point') {
      const { settings } = layer
      const colored = (part: 'fill' | 'stroke' | 'stripe' | 'space', color: LayerColor) =>
        drawnColor(texts.made.get(textId(part, place)) ?? layerColorOf(color, place.values))
      const { fillStripe } = settings
      const picture = layer.kind === 'polyline' ? null : fillPictureOf(settings, texts.made.get(textId('image', place)))
      shapes.push({
        ...{ id: place.id, geometry: place.shape, label, middle: middleOf(place) },
        fill: picture ? 'rgba(0,0,0,0)' : colored('fill', settings.fillColor),
        picture,
        stripes:
          settings.fillType === 'stripe' && layer.kind !== 'polyline'
            ? {
                width: bounded(fillStripe.weight, 1, 64),
                space: bounded(fillStripe.spaceWeight, 0, 64),
                angle: bounded(fillStripe.angle, 0, 180),
                color: colored('stripe', fillStripe.color),
                spaceColor: colored('space', fillStripe.spaceColor),
              }
            : null,
        stroke: colored('stroke', settings.strokeColor),
        weight: bounded(settings.strokeWeight, 0, 40),
      })
      if (layer.kind === 'polyline' && layer.settings.usePathDecorator && place.shape.type === 'MultiLineString')
        for (const line of place.shape.coordinates) decorated.push({ layer: place.layer, line })
      if (layer.kind === 'polyline' && layer.settings.showPoints && place.shape.type === 'MultiLineString') {
        const { pointColor, pointSize } = layer.settings
        const color = drawnColor(layerColorOf(pointColor, place.values))
        for (const at of place.shape.coordinates.flat().slice(0, mostPoints))
          points.push({ id: place.id, at, color, size: bounded(pointSize, 1, 64) })
      }
    }
  }
  return { markers, shapes, points, decorated }
}

/** What goes along ways, where it is now. */
export const moverDrawing = (
  layers: readonly MapLayer[],
  places: readonly Place[],
  texts: LayerTexts,
): MarkerDrawing[] =>
  places.flatMap((place) => {
    const layer = layers[place.layer]
    return layer?.kind === 'trip' && layer.settings.showMarker && place.shape.type === 'Point'
      ? [markerOf(layer, place, place.shape.coordinates, texts, labelOf(layer, place, texts))]
      : []
  })

const colorAt = (color: LayerColor, made: readonly (string | null)[] | undefined, trip: Trip, index: number): string =>
  color.type === 'range'
    ? layerColorOf(color, valuesAt(trip, trip.points[index]?.ts ?? 0))
    : (made?.[index] ?? color.color)

/** A way in pieces of one colour each. */
const piecesOf = (trip: Trip, colorOf: (index: number) => string): { color: string; line: Position[] }[] => {
  const pieces: { color: string; line: Position[] }[] = []
  for (let index = 1; index < trip.points.length; index += 1) {
    const [from, to] = [trip.points[index - 1], trip.points[index]]
    if (!from || !to) continue
    const color = colorOf(index - 1)
    const last = pieces.at(-1)
    if (last?.color === color) last.line.push(to.at)
    else pieces.push({ color, line: [from.at, to.at] })
  }
  return pieces
}

/** Identifies a point of a way among everything on the map. */
export const pointId = (trip: Pick<Trip, 'id'>, index: number): string => `point ${index} ${trip.id}`

/** The ways themselves, and their points where the layer shows them. */
export const pathDrawing = (
  layers: readonly MapLayer[],
  trips: readonly Trip[],
  colors: PathColors,
): Pick<Drawing, 'paths' | 'points' | 'decorated'> => {
  const paths: PathDrawing[] = []
  const points: PointDrawing[] = []
  const decorated: DecoratedLine[] = []
  for (const trip of trips) {
    const layer = layers[trip.layer]
    if (layer?.kind !== 'trip') continue
    const { settings } = layer
    if (settings.showPath) {
      const made = colors.made.get(pathColorId('path', trip))
      for (const { color, line } of piecesOf(trip, (index) => colorAt(settings.pathStrokeColor, made, trip, index)))
        paths.push({
          ...{ id: trip.id, line, color: drawnColor(color), weight: bounded(settings.pathStrokeWeight, 0, 40) },
        })
    }
    if (settings.showPath && settings.usePathDecorator && trip.points.length > 1)
      decorated.push({ layer: trip.layer, line: trip.points.map(({ at }) => at) })
    if (settings.showPoints) {
      const made = colors.made.get(pathColorId('point', trip))
      const step = Math.ceil(trip.points.length / mostPoints)
      for (let index = 0; index < trip.points.length; index += step) {
        const point = trip.points[index]
        if (point)
          points.push({
            ...{ id: pointId(trip, index), at: point.at, size: bounded(settings.pointSize, 1, 64) },
            color: drawnColor(colorAt(settings.pointColor, made, trip, index)),
          })
      }
    }
  }
  return { paths, points, decorated }
}

/** Symbols along lines, by the index of the layer they belong to. */
export type Decoration = {
  layer: number
  symbol: 'arrowHead' | 'dash'
  size: number
  color: string
  repeat: number
  /** px of the line's beginning and end that have none. */
  start: number
  end: number
}

const decorationOf = (settings: TripLayer | PolylineLayer, layer: number): Decoration[] =>
  settings.usePathDecorator
    ? [
        {
          ...{ layer, symbol: settings.pathDecoratorSymbol, color: drawnColor(settings.pathDecoratorSymbolColor) },
          size: bounded(settings.pathDecoratorSymbolSize, 4, 64),
          repeat: bounded(settings.pathDecoratorRepeat, 10, 1_000),
          start: bounded(settings.pathDecoratorOffset, 0, 10_000),
          end: bounded(settings.pathEndDecoratorOffset, 0, 10_000),
        },
      ]
    : []

export const decorationsOf = (layers: readonly MapLayer[]): Decoration[] =>
  layers.flatMap((layer, index) =>
    layer.kind === 'trip' || layer.kind === 'polyline' ? decorationOf(layer.settings, index) : [],
  )

/** Pictures that the map needs, each once. */
export const artsOf = ({ markers, movers, shapes }: Pick<Drawing, 'markers' | 'movers' | 'shapes'>): Art[] => {
  const arts = new Map<string, Art>()
  for (const { art } of [...markers, ...movers]) if (art.kind !== 'shape') arts.set(artId(art), art)
  for (const { picture } of shapes)
    if (picture) arts.set(artId({ kind: 'image', link: picture.link }), { kind: 'image', link: picture.link })
  return [...arts.values()]
}
