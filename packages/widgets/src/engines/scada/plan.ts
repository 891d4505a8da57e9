import { readAction, type WidgetAction } from '@thingwire/dashboards'
import type { ControlPlan } from '../../control.ts'
import { toRead, toWrite } from '../control/plan.ts'
import { getValue, setValue } from '../control/settings.ts'
import type { SymbolBehavior, SymbolMetadata } from './metadata.ts'

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

/** Reads and writes of a symbol by the ids of its behaviours. */
export const symbolPlan = (metadata: SymbolMetadata, settings: SymbolObjectSettings): ControlPlan => {
  const reads: Record<string, ControlPlan['reads'][string]> = {}
  const writes: Record<string, ControlPlan['writes'][string]> = {}
  for (const one of metadata.behavior) {
    const stored = settings.behavior[one.id]
    const isTest = one.valueType === 'BOOLEAN'
    if (one.type === 'value') {
      const schema = getValue({ action: 'DO_NOTHING', value: noValue[one.valueType], compareTo: true })
      reads[one.id] = toRead(schema.parse(merged(one.defaultGetValueSettings, stored)), isTest)
    } else if (one.type === 'action') {
      const schema = setValue({ data: isTest ? { constant: false } : 'VALUE' })
      writes[one.id] = toWrite(schema.parse(merged(one.defaultSetValueSettings, stored)))
    }
  }
  return { reads, writes }
}

/** The dashboard's action behind a behaviour; null where nothing is to be done. */
export const symbolAction = (behavior: SymbolBehavior, settings: SymbolObjectSettings): WidgetAction | null => {
  if (behavior.type !== 'widgetAction') return null
  const stored = merged(behavior.defaultWidgetActionSettings, settings.behavior[behavior.id])
  const action = readAction({ id: behavior.id, name: behavior.name || behavior.id, ...stored }, 'click', behavior.id)
  return action && action.kind.type !== 'nothing' ? action : null
}

/** Stored properties over those of the symbol. */
export const symbolProperties = (
  metadata: SymbolMetadata,
  { properties }: SymbolObjectSettings,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    metadata.properties.map((one) => [
      one.id,
      Object.hasOwn(properties, one.id) && properties[one.id] !== null && properties[one.id] !== undefined
        ? properties[one.id]
        : one.default,
    ]),
  )
