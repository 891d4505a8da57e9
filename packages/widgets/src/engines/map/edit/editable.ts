import { numberOf, type Position } from '../coordinates.ts'
import type { HandlePlace } from '../handles.ts'
import type { LayerKey } from '../layer-settings.ts'
import { type Place, type Shape, valueAt } from '../places.ts'
import type { Plane } from '../plane.ts'
import { type MapLayer, placeKeysOf } from '../settings.ts'

/** The id stays while a corner is moved. */
type Corner = { id: string; at: Position }

/** Something on the map in the form in which it is changed: rings without their last corner, circles by two places. */
export type Editable =
  | { kind: 'marker'; at: Position }
  | { kind: 'circle'; centre: Position; edge: Position }
  | { kind: 'polygon'; rings: readonly (readonly (readonly Corner[])[])[] }
  | { kind: 'polyline'; lines: readonly (readonly Corner[])[] }

export type SketchKind = 'marker' | 'polygon' | 'rectangle' | 'circle' | 'polyline'

const corners = (line: readonly Position[], name: string): Corner[] =>
  line.map((at, index) => ({ id: `${name}.${index}`, at }))

/** Of something that is on the map; null where it has no such form. */
export const editableOf = (layer: MapLayer, place: Place, plane: Plane): Editable | null => {
  const { shape } = place
  if (shape.type === 'Point') return layer.kind === 'marker' ? { kind: 'marker', at: shape.coordinates } : null
  if (layer.kind === 'circle') return circleOf(layer, place, plane)
  if (shape.type === 'MultiLineString')
    return { kind: 'polyline', lines: shape.coordinates.map((line, index) => corners(line, `${index}`)) }
  return {
    kind: 'polygon',
    rings: shape.coordinates.map((rings, a) => rings.map((ring, b) => corners(ring.slice(0, -1), `${a}.${b}`))),
  }
}

const circleOf = (layer: Extract<MapLayer, { kind: 'circle' }>, place: Place, plane: Plane): Editable | null => {
  const stored = valueAt(place.values, layer.settings.circleKey)
  const value: unknown = typeof stored === 'string' ? JSON.parse(stored) : stored
  const [latitude, longitude] = ['latitude', 'longitude'].map((name) => numberOf(Object(value)[name]))
  const centre = plane.place(latitude, longitude)
  const ring = place.shape.type === 'MultiPolygon' ? place.shape.coordinates[0]?.[0] : null
  const edge = ring?.reduce((east, one) => (one[0] > east[0] ? one : east))
  return centre && edge ? { kind: 'circle', centre, edge } : null
}

/** How many places a sketch needs before it is something, and at how many it is done by itself. */
export const sketchRules: Readonly<Record<SketchKind, { least: number; most: number | null }>> = {
  marker: { least: 1, most: 1 },
  rectangle: { least: 2, most: 2 },
  circle: { least: 2, most: 2 },
  polygon: { least: 3, most: null },
  polyline: { least: 2, most: null },
}

/** What the places that were clicked make; null: not enough of them yet. */
export const sketched = (kind: SketchKind, places: readonly Position[]): Editable | null => {
  const [a, b] = places
  if (!a || places.length < sketchRules[kind].least) return null
  if (kind === 'marker') return { kind, at: a }
  if (kind === 'polygon') return { kind, rings: [[corners(places, '0.0')]] }
  if (kind === 'polyline') return { kind, lines: [corners(places, '0')] }
  if (!b) return null
  if (kind === 'circle') return { kind, centre: a, edge: b }
  const box: Position[] = [a, [b[0], a[1]], b, [a[0], b[1]]]
  return { kind: 'polygon', rings: [[corners(box, '0.0')]] }
}

const middle = (a: Position, b: Position): Position => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]

const between = (line: readonly Corner[], isClosed: boolean): (Corner & { after: number })[] =>
  line.flatMap((one, index) => {
    const next = line[index + 1] ?? (isClosed ? line[0] : undefined)
    return next ? [{ id: `${one.id}+${next.id}`, at: middle(one.at, next.at), after: index }] : []
  })

const linesOf = (editable: Extract<Editable, { kind: 'polygon' | 'polyline' }>) =>
  editable.kind === 'polygon' ? editable.rings.flat() : editable.lines

/** Above this, only corners can be taken hold of: a line traced by a device would be all handles. */
const mostMiddles = 60

/** What can be taken hold of. */
export const handlesOf = (
  editable: Editable,
  words: Record<'corner' | 'middle' | 'marker' | 'centre' | 'edge', string>,
): HandlePlace[] => {
  if (editable.kind === 'marker') return [{ id: 'marker', at: editable.at, kind: 'anchor', label: words.marker }]
  if (editable.kind === 'circle')
    return [
      { id: 'centre', at: editable.centre, kind: 'anchor', label: words.centre },
      { id: 'edge', at: editable.edge, kind: 'middle', label: words.edge },
    ]
  const lines = linesOf(editable)
  const hasMiddles = lines.reduce((sum, line) => sum + line.length, 0) <= mostMiddles
  return lines.flatMap((line) => [
    ...line.map(({ id, at }): HandlePlace => ({ id, at, kind: 'corner', label: words.corner })),
    ...(hasMiddles ? between(line, editable.kind === 'polygon') : []).map(
      ({ id, at }): HandlePlace => ({ id, at, kind: 'middle', label: words.middle }),
    ),
  ])
}

const movedIn = (line: readonly Corner[], isClosed: boolean, id: string, at: Position): readonly Corner[] => {
  if (line.some((one) => one.id === id)) return line.map((one) => (one.id === id ? { id, at } : one))
  const made = between(line, isClosed).find((one) => one.id === id)
  return made ? line.toSpliced(made.after + 1, 0, { id, at }) : line
}

/** After a handle was moved; a middle becomes a corner. */
export const moved = (editable: Editable, id: string, at: Position): Editable => {
  switch (editable.kind) {
    case 'marker':
      return { ...editable, at }
    case 'circle': {
      if (id === 'edge') return { ...editable, edge: at }
      const { centre, edge } = editable
      return { ...editable, centre: at, edge: [edge[0] + at[0] - centre[0], edge[1] + at[1] - centre[1]] }
    }
    case 'polygon':
      return { ...editable, rings: editable.rings.map((rings) => rings.map((ring) => movedIn(ring, true, id, at))) }
    case 'polyline':
      return { ...editable, lines: editable.lines.map((line) => movedIn(line, false, id, at)) }
  }
}

/** Without a corner; unchanged where too few would be left. */
export const withoutCorner = (editable: Editable, id: string): Editable => {
  const without = (line: readonly Corner[], least: number) =>
    line.length > least ? line.filter((one) => one.id !== id) : line
  if (editable.kind === 'polygon')
    return { ...editable, rings: editable.rings.map((rings) => rings.map((ring) => without(ring, 3))) }
  if (editable.kind === 'polyline') return { ...editable, lines: editable.lines.map((line) => without(line, 2)) }
  return editable
}

const positions = (line: readonly Corner[]): Position[] => line.map(({ at }) => at)
const closed = (ring: readonly Corner[]): Position[] => positions([...ring, ...ring.slice(0, 1)])

/** As it is drawn; null for what is nothing yet. */
export const shapeOfEditable = (editable: Editable, plane: Plane): Shape | null => {
  switch (editable.kind) {
    case 'marker':
      return { type: 'Point', coordinates: editable.at }
    case 'circle': {
      const coordinates = plane.circle(plane.circleBack(editable.centre, editable.edge))
      return coordinates && { type: 'MultiPolygon', coordinates }
    }
    case 'polygon':
      return { type: 'MultiPolygon', coordinates: editable.rings.map((rings) => rings.map(closed)) }
    case 'polyline':
      return { type: 'MultiLineString', coordinates: editable.lines.map(positions) }
  }
}

/** A list within a list only where there are several. */
const single = <T>(list: readonly T[]): T | readonly T[] =>
  list.length === 1 && list[0] !== undefined ? list[0] : list

/** What is to be stored, by the layer's keys. */
export const storedOf = (editable: Editable, layer: MapLayer, plane: Plane): [key: LayerKey, value: unknown][] => {
  const [first, second] = placeKeysOf(layer)
  if (!first) return []
  if (editable.kind !== 'marker') return [[first, coordinatesOf(editable, plane)]]
  const [a, b] = plane.back(editable.at)
  return second
    ? [
        [first, a],
        [second, b],
      ]
    : []
}

/** What was drawn, as one value: as it is stored, markers as `{ x, y }` (latitude and longitude on the globe). */
export const coordinatesOf = (editable: Editable, plane: Plane): unknown => {
  const line = (one: readonly Corner[]) => one.map(({ at }) => plane.back(at))
  switch (editable.kind) {
    case 'marker': {
      const [x, y] = plane.back(editable.at)
      return { x, y }
    }
    case 'circle':
      return plane.circleBack(editable.centre, editable.edge)
    case 'polygon':
      return single(editable.rings.map((rings) => single(rings.map(line))))
    case 'polyline':
      return single(editable.lines.map(line))
  }
}
