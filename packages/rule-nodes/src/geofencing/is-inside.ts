import type { Message } from '@thingwire/contracts'
import {
  type Area,
  type Coordinates,
  distanceBetween,
  isJsonObject,
  numberOf,
  parseExactJson,
  parsePolygon,
  type RangeUnit,
  rangeUnits,
} from '@thingwire/rules'
import { BoundedMap } from '../enriching/bounded-map.ts'
import type { PerimeterSettings } from './settings.ts'

type Circle = { center: Coordinates; radius: number; unit: RangeUnit }
type Perimeter = { polygon: string } | Circle

/** Perimeters that came with messages come again and again. Of those with very many corners the last one is kept. */
const maxAreas = 200
const maxKeptLength = 10_000

const missing = () => new Error('Missing perimeter definition!')

/** Where the message says it is, and whether that is inside. Throws for a message that does not say it. */
export const createIsInside = (settings: PerimeterSettings) => {
  const areas = new BoundedMap<string, Area>(maxAreas)
  const largeAreas = new BoundedMap<string, Area>(1)

  const areaOf = (text: string): Area => {
    const cache = text.length > maxKeptLength ? largeAreas : areas
    const known = cache.get(text)
    if (known) return known
    const parsed = parsePolygon(text)
    if (!parsed.ok) throw new Error(parsed.message)
    cache.set(text, parsed.area)
    return parsed.area
  }

  return (message: Message): { at: Coordinates; isInside: boolean } => {
    const data = parseExactJson(message.data)
    if (!isJsonObject(data)) throw new Error('Message body is not an object!')
    const at = {
      latitude: coordinate(settings.latitudeKeyName, data, message),
      longitude: coordinate(settings.longitudeKeyName, data, message),
    }
    const perimeter = settings.fetchPerimeterInfoFromMessageMetadata
      ? perimeterOf(settings, message.metadata)
      : configured(settings)
    if ('polygon' in perimeter) return { at, isInside: areaOf(perimeter.polygon).contains(at.latitude, at.longitude) }
    return { at, isInside: perimeter.radius > distanceBetween(at, perimeter.center, perimeter.unit) }
  }
}

const coordinate = (key: string, data: Record<string, unknown>, { metadata }: Message): number => {
  const member = Object.hasOwn(data, key) ? data[key] : undefined
  const isSingle =
    member !== undefined && member !== null && (typeof member !== 'object' || numberOf(member) !== undefined)
  const value = isSingle
    ? (numberOf(member) ?? String(member))
    : Object.hasOwn(metadata, key)
      ? metadata[key]
      : undefined
  if (value === undefined) throw new Error(`The message has no ${JSON.stringify(key)}`)
  return numberFrom(value, key)
}

const numberFrom = (value: unknown, what: string): number => {
  const text = typeof value === 'string' ? value.trim() : value
  const number = numberOf(value) ?? (typeof text === 'string' && text !== '' ? Number(text) : Number.NaN)
  if (!Number.isFinite(number)) throw new Error(`${what} is no number: ${JSON.stringify(value)?.slice(0, 100)}`)
  return number
}

const unitFrom = (value: unknown): RangeUnit => {
  const unit = rangeUnits.find((known) => known === value)
  if (!unit) throw new Error(`There is no unit ${JSON.stringify(value)?.slice(0, 100)}`)
  return unit
}

const configured = (settings: PerimeterSettings): Perimeter => {
  const { perimeterType, polygonsDefinition, centerLatitude, centerLongitude, range, rangeUnit } = settings
  if (perimeterType === 'POLYGON') {
    if (polygonsDefinition.trim() === '') throw missing()
    return { polygon: polygonsDefinition }
  }
  if (centerLatitude === null || centerLongitude === null || range === null || rangeUnit === null) throw missing()
  return { center: { latitude: centerLatitude, longitude: centerLongitude }, radius: range, unit: rangeUnit }
}

const perimeterOf = (settings: PerimeterSettings, metadata: Message['metadata']): Perimeter => {
  const entry = (key: string): string | undefined => (Object.hasOwn(metadata, key) && metadata[key]) || undefined
  const key = settings.perimeterKeyName
  if (key.trim() === '') return perimeterOfOldNames(entry)
  const text = entry(key)
  if (!text) throw missing()
  return settings.perimeterType === 'POLYGON' ? { polygon: text } : circleFrom(text)
}

/** Before the key could be chosen; what is there decides about the form. */
const perimeterOfOldNames = (entry: (key: string) => string | undefined): Perimeter => {
  const polygon = entry('perimeter')
  if (polygon) return { polygon }
  const [latitude, longitude, range, unit] = ['centerLatitude', 'centerLongitude', 'range', 'rangeUnit'].map(entry)
  if (!latitude || !longitude || !range || !unit) throw missing()
  return {
    center: { latitude: numberFrom(latitude, 'centerLatitude'), longitude: numberFrom(longitude, 'centerLongitude') },
    radius: numberFrom(range, 'range'),
    unit: unitFrom(unit),
  }
}

const circleFrom = (text: string): Circle => {
  const circle = parseExactJson(text)
  if (!isJsonObject(circle)) throw new Error('The perimeter is no JSON object')
  const { latitude, longitude, radius, radiusUnit } = circle
  return {
    center: { latitude: numberFrom(latitude, 'latitude'), longitude: numberFrom(longitude, 'longitude') },
    radius: numberFrom(radius, 'radius'),
    unit: unitFrom(radiusUnit ?? 'METER'),
  }
}
