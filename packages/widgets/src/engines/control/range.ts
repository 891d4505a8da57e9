/** The values that a slider, a knob or a stepper can take. */
export type ControlRange = { min: number; max: number; step: number }

/** A range of a file: the ends in order, a step that is one. */
export const rangeOf = (from: number, to: number, step: number): ControlRange => {
  const [min, max] = from <= to ? [from, to] : [to, from]
  return { min, max, step: Number.isFinite(step) && step > 0 ? step : Math.max((max - min) / 100, Number.EPSILON) }
}

/** Smallest step that shows with so many decimals. */
export const stepOfDecimals = (decimals: number): number => 10 ** -Math.min(10, Math.max(0, Math.round(decimals)))

/** Sums of decimal steps are decimal again. */
const tidy = (value: number): number => Number(value.toFixed(10))

export const clampTo = ({ min, max }: ControlRange, value: number): number => Math.min(max, Math.max(min, value))

/** The nearest value that is whole steps from the least; the ends can always be reached. */
export const snapTo = (range: ControlRange, value: number): number => {
  const { min, max, step } = range
  const held = clampTo(range, value)
  if (held === max) return max
  return clampTo(range, tidy(min + Math.round((held - min) / step) * step))
}

/** How far along, 0 to 1. */
export const shareOf = (range: ControlRange, value: number): number =>
  range.max === range.min ? 0 : (clampTo(range, value) - range.min) / (range.max - range.min)

export const atShare = (range: ControlRange, share: number): number =>
  snapTo(range, range.min + share * (range.max - range.min))

const pageSteps = 10

/** Where a key leads from a value; null: it is not a key of ours. */
export const keyTarget = (range: ControlRange, key: string, from: number): number | null => {
  const { min, max, step } = range
  const page = Math.max(step, (max - min) / pageSteps)
  const by: Record<string, number> = {
    ArrowUp: step,
    ArrowRight: step,
    ArrowDown: -step,
    ArrowLeft: -step,
    PageUp: page,
    PageDown: -page,
  }
  if (key === 'Home') return min
  if (key === 'End') return max
  const way = by[key]
  return way === undefined ? null : snapTo(range, tidy(from + way))
}

/** Numbers come as text, too; null: it is none. */
export const numberIn = (value: unknown): number | null => {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() ? Number(value) : null
  return number !== null && Number.isFinite(number) ? number : null
}
