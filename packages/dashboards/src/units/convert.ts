import type { UnitSetting, UnitSystem } from './model.ts'
import { quantities, type UnitScale } from './quantities.ts'

const byQuantity = quantities.map((units) => new Map(units))

const toBase = (value: number, scale: UnitScale): number =>
  'per' in scale ? scale.per / value : (value + (scale.offset ?? 0)) * scale.factor

const fromBase = (value: number, scale: UnitScale): number =>
  'per' in scale ? scale.per / value : value / scale.factor - (scale.offset ?? 0)

/** Fifteen digits are sure; what stands behind them is the error of binary fractions (20 °C is 68 °F, not 68.00000000000001). */
const rounded = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(15)) : value)

/** The value in another unit of the same quantity; null where the units are none that belong together. */
export const convertUnit = (value: number, from: string, to: string): number | null => {
  if (from === to) return value
  for (const units of byQuantity) {
    const [source, target] = [units.get(from), units.get(to)]
    if (source && target) return rounded(fromBase(toBase(value, source), target))
  }
  return null
}

/** The value and the unit that a reader of that system of measures is shown; as it is where the file names no other. */
export const inSystem = (value: number, setting: UnitSetting, system: UnitSystem): { value: number; unit: string } => {
  const wanted = setting[system] ?? setting.from
  const converted = convertUnit(value, setting.from, wanted)
  return converted === null ? { value, unit: setting.from } : { value: converted, unit: wanted }
}
