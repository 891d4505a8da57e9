import type { Position } from './coordinates.ts'
import { shortened } from './decorating.ts'
import type { Decoration, Drawing, MarkerDrawing, ShapeDrawing } from './drawing.ts'
import { stripesId } from './patterns.ts'
import type { Shape } from './places.ts'
import { firstZooms } from './thinning.ts'

/** One thing on the map as its sources take it. */
export type Feature = {
  type: 'Feature'
  properties: Record<string, unknown>
  geometry: Shape | { type: 'LineString'; coordinates: Position[] }
}

const point = (coordinates: Position, properties: Record<string, unknown>): Feature => ({
  ...{ type: 'Feature', properties },
  geometry: { type: 'Point', coordinates },
})

/** What a marker is drawn as, by name, and how large that is on the page. */
export type Sized = { icon: string; width: number; height: number }

export const markerFeature = (
  { id, at, size, anchor, turn, label }: MarkerDrawing,
  { icon, width, height }: Sized,
): Feature => {
  const [dx, dy] = [(0.5 - anchor[0]) * width, (0.5 - anchor[1]) * height]
  // In lines of the label.
  const below = Math.max(0, 1 - anchor[1]) * (size / 12) + 0.3
  return point(at, { id, label, icon, size: size / height, dx, dy, turn, below })
}

export const pathFeatures = (paths: Drawing['paths']): Feature[] =>
  paths.map(({ id, line, color, weight }) => ({
    ...{ type: 'Feature', properties: { id, color, weight } },
    geometry: { type: 'LineString', coordinates: [...line] },
  }))

/** Lines for symbols, as they are seen at a zoom. */
export const decoratedFeatures = (
  lines: Drawing['decorated'],
  decorations: readonly Decoration[],
  zoom: number,
): Feature[] =>
  lines.flatMap(({ layer, line }) => {
    const decoration = decorations.find((one) => one.layer === layer)
    const coordinates = decoration && shortened(line, decoration, zoom)
    return coordinates
      ? [{ type: 'Feature', properties: { layer }, geometry: { type: 'LineString', coordinates } }]
      : []
  })

export const pointFeatures = (points: Drawing['points']): Feature[] =>
  points.map(({ id, at, color, size }) => point(at, { id, color, size }))

export const shapeFeatures = (shapes: readonly ShapeDrawing[]): Feature[] =>
  shapes.map(({ id, geometry, fill, stripes, stroke, weight }) => ({
    ...{ type: 'Feature', geometry },
    properties: { id, fill, stroke, weight, ...(stripes ? { stripes: stripesId(stripes) } : {}) },
  }))

export const nameFeatures = (shapes: readonly ShapeDrawing[]): Feature[] =>
  shapes.flatMap(({ id, label, middle }) => (label === '' ? [] : [point(middle, { id, label })]))

export const sketchFeatures = (shapes: readonly Exclude<Shape, { type: 'Point' }>[]): Feature[] =>
  shapes.map((geometry) => ({ type: 'Feature', properties: {}, geometry }))

const isSame = (one: Feature, other: Feature | undefined): boolean => {
  if (!other || one.geometry.type !== 'Point' || other.geometry.type !== 'Point') return false
  const [[x, y], [left, up]] = [one.geometry.coordinates, other.geometry.coordinates]
  if (x !== left || y !== up) return false
  for (const name in one.properties) if (one.properties[name] !== other.properties[name]) return false
  return true
}

/** Whether two lists of points show the same. */
export const showSame = (some: readonly Feature[], others: readonly Feature[] | undefined): boolean =>
  others?.length === some.length && some.every((one, index) => isSame(one, others[index]))

const lookOf = ({ geometry, properties }: Feature) => ({
  at: geometry.type === 'Point' ? geometry.coordinates : ([0, 0] as Position),
  look: String(properties.icon),
})

const hasSamePlace = (one: Feature, other: Feature | undefined): boolean => {
  if (!other) return false
  const [{ at, look }, former] = [lookOf(one), lookOf(other)]
  return look === former.look && at[0] === former.at[0] && at[1] === former.at[1]
}

/** Many markers, each with the zoom from which it is drawn; `before`: as they were, whose zooms stay while none moves. */
export const thinned = (features: Feature[], before: readonly Feature[] | undefined): Feature[] => {
  const isUnmoved =
    before?.length === features.length && features.every((one, index) => hasSamePlace(one, before[index]))
  const zooms: readonly unknown[] | null = isUnmoved
    ? before.map(({ properties }) => properties.from)
    : firstZooms(features.map(lookOf))
  if (zooms?.[0] === undefined) return features
  return features.map((one, index) => ({ ...one, properties: { ...one.properties, from: zooms[index] } }))
}
