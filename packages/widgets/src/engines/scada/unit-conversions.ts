import { convertUnit, inSystem, readUnits, type UnitSystem } from '@thingwire/dashboards'

/** What becomes of a value: `value × factor + offset`, or `per ÷ value`; and the unit that it has then. */
export type UnitConversion = { symbol: string } & ({ factor: number; offset: number } | { per: number })

const conversionOf = (unit: unknown, system: UnitSystem): UnitConversion | null => {
  const setting = readUnits(unit)
  if (!setting) return null
  const { unit: symbol } = inSystem(1, setting, system)
  const at = (value: number) => convertUnit(value, setting.from, symbol)
  const [none, one] = [at(0), at(1)]
  if (none === null || one === null || symbol === setting.from) return { symbol, factor: 1, offset: 0 }
  return Number.isFinite(none) ? { symbol, factor: one - none, offset: none } : { symbol, per: one }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Conversions of all units among properties, by the JSON of the unit: code of symbols hands back what it was given. */
export const unitConversions = (properties: unknown, system: UnitSystem): Readonly<Record<string, UnitConversion>> => {
  const found: Record<string, UnitConversion> = {}
  const look = (value: unknown) => {
    if (!isObject(value)) return
    const isUnit = !Array.isArray(value) && 'from' in value && typeof value.from === 'string'
    const conversion = isUnit ? conversionOf(value, system) : null
    if (conversion) found[JSON.stringify(value)] = conversion
    else for (const inner of Object.values(value)) look(inner)
  }
  look(properties)
  return found
}
