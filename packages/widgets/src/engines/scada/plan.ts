import { fillTokens, readAction, type TokenContext, type WidgetAction } from '@thingwire/dashboards'
import type { z } from 'zod'
import type { ControlPlan } from '../../control.ts'
import { toRead, toWrite } from '../control/plan.ts'
import { getValue, setValue } from '../control/settings.ts'
import type { SymbolBehavior, SymbolMetadata, SymbolProperty } from './metadata.ts'

/** What a dashboard stores for one symbol: how each behaviour is read or written, and the properties that were changed. */
export type SymbolObjectSettings = {
  behavior: Readonly<Record<string, unknown>>
  properties: Readonly<Record<string, unknown>>
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Members of `over` win; objects are joined member by member. */
export const merged = (under: unknown, over: unknown): Record<string, unknown> => {
  const base = isRecord(under) ? under : {}
  if (!isRecord(over)) return { ...base }
  const joined: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) {
    if (key === '__proto__') continue
    joined[key] = isRecord(value) && isRecord(base[key]) ? merged(base[key], value) : value
  }
  return joined
}

const noValue = { BOOLEAN: false, INTEGER: 0, DOUBLE: 0, STRING: '', JSON: null } as const

type ValueType = SymbolBehavior['valueType']
const isTest = (valueType: ValueType) => valueType === 'BOOLEAN'

const readSchema = (valueType: ValueType) =>
  getValue({ action: 'DO_NOTHING', value: noValue[valueType], ...(isTest(valueType) ? { compareTo: true } : {}) })
const writeSchema = (valueType: ValueType) => setValue({ data: isTest(valueType) ? { constant: false } : 'VALUE' })

/** How a value is read, or what an action writes, for forms; null for actions of the dashboard. */
export const behaviorSchema = ({ type, valueType }: SymbolBehavior): z.ZodType | null => {
  if (type === 'widgetAction') return null
  return type === 'value' ? readSchema(valueType) : writeSchema(valueType)
}

/** What holds for a behaviour: what is stored over what its file says. */
export const behaviorSettings = (behavior: SymbolBehavior, stored: unknown): Record<string, unknown> => {
  const byType = {
    value: behavior.defaultGetValueSettings,
    action: behavior.defaultSetValueSettings,
    widgetAction: behavior.defaultWidgetActionSettings,
  }
  return merged(byType[behavior.type], stored)
}

/** Reads and writes of a symbol by the ids of its behaviours. */
export const symbolPlan = (metadata: SymbolMetadata, settings: SymbolObjectSettings): ControlPlan => {
  const reads: Record<string, ControlPlan['reads'][string]> = {}
  const writes: Record<string, ControlPlan['writes'][string]> = {}
  for (const one of metadata.behavior) {
    const { id, type, valueType } = one
    const stored = behaviorSettings(one, settings.behavior[id])
    if (type === 'value') reads[id] = toRead(readSchema(valueType).parse(stored), isTest(valueType))
    else if (type === 'action') writes[id] = toWrite(writeSchema(valueType).parse(stored))
  }
  return { reads, writes }
}

/** The dashboard's action behind a behaviour; null where nothing is to be done. */
export const symbolAction = (behavior: SymbolBehavior, settings: SymbolObjectSettings): WidgetAction | null => {
  if (behavior.type !== 'widgetAction') return null
  const stored = behaviorSettings(behavior, settings.behavior[behavior.id])
  const action = readAction({ id: behavior.id, name: behavior.name || behavior.id, ...stored }, 'click', behavior.id)
  return action && action.kind.type !== 'nothing' ? action : null
}

/** What a property is where nobody has set it. */
export const propertyDefault = (property: SymbolProperty): unknown => {
  if (property.type === 'array') return Array.isArray(property.default) ? property.default : []
  if (property.type !== 'fieldset') return property.default
  const inner = Object.fromEntries(property.properties.map((one) => [one.id, propertyDefault(one)]))
  return merged(inner, property.default)
}

/** Files call a switch for something like the thing itself; where that is the name of a value, ours has `show` before it. */
const storedUnder = (id: string, properties: Readonly<Record<string, unknown>>, ids: ReadonlySet<string>): unknown => {
  if (Object.hasOwn(properties, id)) return properties[id] ?? undefined
  const thing = /^show([A-Z].*)$/.exec(id)?.[1]
  if (thing === undefined) return undefined
  const name = thing.charAt(0).toLowerCase() + thing.slice(1)
  const stored = Object.hasOwn(properties, name) && !ids.has(name) ? properties[name] : undefined
  return typeof stored === 'boolean' ? stored : undefined
}

/** Stored properties over those of the symbol. */
export const symbolProperties = (
  metadata: Pick<SymbolMetadata, 'properties'>,
  { properties }: Partial<SymbolObjectSettings> & Pick<SymbolObjectSettings, 'properties'>,
): Readonly<Record<string, unknown>> => {
  const ids = new Set(metadata.properties.map(({ id }) => id))
  return Object.fromEntries(
    metadata.properties.map((one) => {
      const stored = storedUnder(one.id, properties, ids)
      const initial = propertyDefault(one)
      return [one.id, one.type === 'fieldset' ? merged(initial, stored) : (stored ?? initial)]
    }),
  )
}

/** Properties with `${entityName}` and the like filled in where they are texts. */
export const labelled = (
  metadata: Pick<SymbolMetadata, 'properties'>,
  properties: Readonly<Record<string, unknown>>,
  entity: TokenContext['entity'],
): Readonly<Record<string, unknown>> => {
  const texts = new Set(metadata.properties.filter(({ type }) => type === 'text').map(({ id }) => id))
  return Object.fromEntries(
    Object.entries(properties).map(([id, value]) => [
      id,
      texts.has(id) && typeof value === 'string' ? fillTokens(value, { entity: entity ?? null }) : value,
    ]),
  )
}
