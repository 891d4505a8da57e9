import { fillTokens } from '@thingwire/dashboards'
import { newest } from '../../format.ts'
import { numberOf } from '../../style/color-settings.ts'
import type { WidgetEntity, WidgetSeries } from '../../widget.ts'
import { type Position, polygonsOf, polylinesOf } from './coordinates.ts'
import type { LayerColor } from './layer-settings.ts'
import { geoPlane, type Plane } from './plane.ts'
import type { MapLayer } from './settings.ts'

export type Shape =
  | { type: 'Point'; coordinates: Position }
  | { type: 'MultiPolygon'; coordinates: Position[][][] }
  | { type: 'MultiLineString'; coordinates: Position[][] }

/** One entity in one layer. */
export type Place = {
  /** Stays the same as long as layer and entity do. */
  id: string
  /** Index of the layer. */
  layer: number
  /** Index of the datasource. */
  source: number
  entity: WidgetEntity
  alias: string
  values: ReadonlyMap<string, unknown>
  shape: Shape
  /** Where something that goes a way is heading: degrees clockwise from the right. */
  heading?: number
}

/** An entity that has nothing for a layer yet. */
export type FreePlace = Pick<Place, 'layer' | 'source' | 'entity' | 'alias' | 'values'> & { id: string }

type Gathered = { entity: WidgetEntity; alias: string; values: Map<string, unknown> }

/** Made-up data has entities without ids; their names tell them apart. */
export const entityKey = ({ id, name }: WidgetEntity): string => `${id.entityType} ${id.id} ${name}`

/** By datasource and entity: newest values by label, and by name where no label is in the way. */
const gather = (series: readonly WidgetSeries[]): Map<number, Map<string, Gathered>> => {
  const sources = new Map<number, Map<string, Gathered>>()
  for (const one of series) {
    if (one.role === 'comparison') continue
    const entities = sources.get(one.datasource) ?? new Map<string, Gathered>()
    sources.set(one.datasource, entities)
    const id = entityKey(one.entity)
    const entity = entities.get(id) ?? { entity: one.entity, alias: one.datasourceName, values: new Map() }
    entities.set(id, entity)
    const value = newest(one.points)?.[1]
    entity.values.set(one.dataKey.label || one.dataKey.name, value)
    if (one.dataKey.type !== 'function' && !entity.values.has(one.dataKey.name))
      entity.values.set(one.dataKey.name, value)
  }
  return sources
}

export const valueAt = (
  values: ReadonlyMap<string, unknown>,
  key: { name: string; label?: string | undefined },
): unknown => (values.has(key.label ?? '') ? values.get(key.label ?? '') : values.get(key.name))

const isNothing = (value: unknown) => value === undefined || value === null || value === ''

/** `none`: the entity has nothing for this layer; `wrong`: it has something that is no place. */
const shapeOf = (layer: MapLayer, values: ReadonlyMap<string, unknown>, plane: Plane): Shape | 'none' | 'wrong' => {
  const read = <T>(value: unknown, make: (value: unknown) => T | null): T | 'none' | 'wrong' =>
    isNothing(value) ? 'none' : (make(value) ?? 'wrong')
  const areas = (value: unknown, make: (value: unknown) => Position[][][] | null) =>
    read(value, (given) => {
      const coordinates = make(given)
      return coordinates && { type: 'MultiPolygon' as const, coordinates }
    })
  switch (layer.kind) {
    case 'trip':
      return 'none'
    case 'marker': {
      const [first, second] = [valueAt(values, layer.settings.xKey), valueAt(values, layer.settings.yKey)]
      if (isNothing(first) && isNothing(second)) return 'none'
      const coordinates = plane.place(first, second)
      return coordinates ? { type: 'Point', coordinates } : 'wrong'
    }
    case 'polygon':
      return areas(valueAt(values, layer.settings.polygonKey), (value) => polygonsOf(value, plane.place))
    case 'circle':
      return areas(valueAt(values, layer.settings.circleKey), plane.circle)
    case 'polyline':
      return read(valueAt(values, layer.settings.polylineKey), (given) => {
        const coordinates = polylinesOf(given, plane.place)
        return coordinates && { type: 'MultiLineString' as const, coordinates }
      })
  }
}

/**
 * What is where. `unplaced` counts values that name no place on the plane; `free` are entities that have none, of layers that
 * let the viewer add.
 */
export const placesOf = (
  layers: readonly MapLayer[],
  series: readonly WidgetSeries[],
  plane: Plane = geoPlane,
): { places: Place[]; free: FreePlace[]; unplaced: number } => {
  const sources = gather(series)
  const [places, free]: [Place[], FreePlace[]] = [[], []]
  let unplaced = 0
  for (const [index, layer] of layers.entries()) {
    if (layer.kind === 'trip') continue
    const canAdd = layer.settings.edit.enabledActions.includes('add')
    for (const [source, entities] of sources) {
      if (layer.sources !== null && !layer.sources.includes(source)) continue
      for (const [entity_, { entity, alias, values }] of entities) {
        const shape = shapeOf(layer, values, plane)
        const id = `${index} ${source} ${entity_}`
        if (shape === 'wrong') unplaced += 1
        if (typeof shape === 'object') places.push({ id, layer: index, source, entity, alias, values, shape })
        else if (canAdd) free.push({ id, layer: index, source, entity, alias, values })
      }
    }
  }
  return { places, free, unplaced }
}

/** Every corner of what is drawn. */
export const positionsOf = function* (places: readonly Place[]): Generator<Position> {
  for (const { shape } of places) {
    if (shape.type === 'Point') yield shape.coordinates
    else if (shape.type === 'MultiLineString') for (const line of shape.coordinates) yield* line
    else for (const rings of shape.coordinates) for (const ring of rings) yield* ring
  }
}

/** The colour but for a function's, which only the sandbox knows. */
export const layerColorOf = (settings: LayerColor, values: ReadonlyMap<string, unknown>): string => {
  if (settings.type !== 'range' || !settings.rangeKey) return settings.color
  const value = numberOf(valueAt(values, settings.rangeKey))
  if (value === null) return settings.color
  const holds = ({ from, to }: { from: number | null; to: number | null }) =>
    from !== null && from === to ? value === from : (from === null || value >= from) && (to === null || value < to)
  return settings.range.find(holds)?.color ?? settings.color
}

/** What functions of the file get. */
export const recordOf = ({
  entity,
  alias,
  values,
}: Pick<Place, 'entity' | 'alias' | 'values'>): Record<string, unknown> => ({
  entityName: entity.name,
  entityLabel: entity.label || entity.name,
  entityId: entity.id.id,
  entityType: entity.id.entityType,
  deviceType: entity.type,
  aliasName: alias,
  ...Object.fromEntries(values),
})

/** Records of what no layer shows, of sources that the map has for its functions alone. */
export const besidesOf = (layers: readonly MapLayer[], series: readonly WidgetSeries[]): Record<string, unknown>[] => {
  if (layers.some(({ sources }) => sources === null)) return []
  const shown = new Set(layers.flatMap(({ sources }) => sources ?? []))
  const others = series.filter(({ datasource }) => !shown.has(datasource))
  return others.length === 0
    ? []
    : [...gather(others).values()].flatMap((entities) => [...entities.values()].map(recordOf))
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const longest = 400
const shown = (value: unknown, decimals: number | null): string => {
  if (value === undefined || value === null) return ''
  const number = decimals === null ? null : numberOf(value)
  const made =
    number !== null && decimals !== null
      ? number.toFixed(decimals)
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value)
  return made.length > longest ? `${made.slice(0, longest)}…` : made
}

const contextOf = ({ entity, alias, values }: Place) => ({ entity, alias, values })

/** A label: plain text, tags of the pattern left out. */
export const labelText = (pattern: string, place: Place): string =>
  fillTokens(pattern.replaceAll(/<br\s*\/?>/gi, '\n').replaceAll(/<[^>]*>/g, ''), contextOf(place), shown).trim()

/** A tooltip: markup of the pattern, with values as text in it. Not yet made harmless. */
export const tooltipMarkup = (pattern: string, place: Place): string =>
  fillTokens(pattern, contextOf(place), (value, decimals) =>
    shown(value, decimals).replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? ''),
  )
