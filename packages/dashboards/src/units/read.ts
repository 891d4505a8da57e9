import { isRecord, textOf } from '../read.ts'
import { type UnitSetting, unitSystems } from './model.ts'

/** The unit of a key or widget: plain text, or a unit with others that it is turned into; null: none. */
export const readUnits = (value: unknown): UnitSetting | null => {
  if (!isRecord(value)) {
    const from = textOf(value)
    return from === null ? null : { from }
  }
  const from = textOf(value.from) ?? textOf(value.METRIC)
  if (from === null) return null
  const systems = unitSystems.flatMap((system) => {
    const unit = textOf(value[system])
    return unit === null ? [] : [[system, unit] as const]
  })
  return { from, ...Object.fromEntries(systems) }
}
