import { fillTokens } from '@thingwire/dashboards'
import { newest } from '../../format.ts'
import { numberOf } from '../../style/color-settings.ts'
import type { WidgetEntity, WidgetSeries } from '../../widget.ts'
import { circleOf, type Position, polygonsOf, polylinesOf, positionOf } from './coordinates.ts'
import type { LayerColor, MapLayer } from './settings.ts'

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
  entity: WidgetEntity
  alias: string
  values: ReadonlyMap<string, unknown>
  shape: Shape
}

type Gathered = { entity: WidgetEntity; alias: string; values: Map<string, unknown> }

/** By datasource and entity: newest values by label, and by name where no label is in the way. */
const gather = (series: readonly WidgetSeries[]): Map<number, Map<string, Gathered>> => {
  const sources = new Map<number, Map<string, Gathered>>()
  for (const one of series) {
    if (one.role === 'comparison') continue
    const entities = sources.get(one.datasource) ?? new Map<string, Gathered>()
    sources.set(one.datasource, entities)
    // Made-up data has entities without ids; their names tell them apart.
    const id = `${one.entity.id.entityType} ${one.entity.id.id} ${one.entity.name}`
    const entity = entities.get(id) ?? { entity: one.entity, alias: one.datasourceName, values: new Map() }
    entities.set(id, entity)
    const value = newest(one.points)?.[1]
    entity.values.set(one.dataKey.label || one.dataKey.name, value)
    if (one.dataKey.type !== 'function' && !entity.values.has(one.dataKey.name))
      entity.values.set(one.dataKey.name, value)
  }
  return sources
}

const valueAt = (values: ReadonlyMap<string, unknown>, key: { name: string; label?: string | undefined }): unknown =>
  values.has(key.label ?? '') ? values.get(key.label ?? '') : values.get(key.name)

const isNothing = (value: unknown) => value === undefined || value === null || value === ''

/** `none`: the entity has nothing for this layer; `wrong`: it has something that is no place. */
const shapeOf = (layer: MapLayer, values: ReadonlyMap<string, unknown>): Shape | 'none' | 'wrong' => {
  if (layer.kind === 'marker') {
    const [y, x] = [valueAt(values, layer.settings.xKey), valueAt(values, layer.settings.yKey)]
    if (isNothing(x) && isNothing(y)) return 'none'
    const coordinates = positionOf(y, x)
    return coordinates ? { type: 'Point', coordinates } : 'wrong'
  }
  const key =
    layer.kind === 'polygon'
      ? layer.settings.polygonKey
      : layer.kind === 'circle'
        ? layer.settings.circleKey
        : layer.settings.polylineKey
  const value = valueAt(values, key)
  if (isNothing(value)) return 'none'
  if (layer.kind === 'polyline') {
    const coordinates = polylinesOf(value)
    return coordinates ? { type: 'MultiLineString', coordinates } : 'wrong'
  }
  const coordinates = layer.kind === 'polygon' ? polygonsOf(value) : circleOf(value)
  return coordinates ? { type: 'MultiPolygon', coordinates } : 'wrong'
}

/** What is where; `unplaced` counts values that name no place on the globe. */
export const placesOf = (
  layers: readonly MapLayer[],
  series: readonly WidgetSeries[],
): { places: Place[]; unplaced: number } => {
  const sources = gather(series)
  const places: Place[] = []
  let unplaced = 0
  for (const [index, layer] of layers.entries())
    for (const [source, entities] of sources) {
      if (layer.source !== null && layer.source !== source) continue
      for (const [id, { entity, alias, values }] of entities) {
        const shape = shapeOf(layer, values)
        if (shape === 'wrong') unplaced += 1
        else if (shape !== 'none')
          places.push({ id: `${index} ${source} ${id}`, layer: index, entity, alias, values, shape })
      }
    }
  return { places, unplaced }
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
export const recordOf = ({ entity, alias, values }: Place): Record<string, unknown> => ({
  entityName: entity.name,
  entityLabel: entity.label || entity.name,
  entityId: entity.id.id,
  entityType: entity.id.entityType,
  deviceType: entity.type,
  aliasName: alias,
  ...Object.fromEntries(values),
})

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
