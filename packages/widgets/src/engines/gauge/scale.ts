import { numberText } from '../../number-text.ts'

/** Where a value stands between the ends of a scale. */
export type Place = {
  /** 0 to 1, at an end when outside; null without a number. */
  share: number | null
  /** Below the least or above the most. */
  outside: 'below' | 'above' | null
}

/** Ends in the right order and apart, whatever a file says. */
export const endsOf = (min: number, max: number): { min: number; max: number } => {
  if (!Number.isFinite(min) || !Number.isFinite(max)) return { min: 0, max: 100 }
  if (min === max) return { min, max: min + 1 }
  return min < max ? { min, max } : { min: max, max: min }
}

export const placeOf = (value: number | null, min: number, max: number): Place => {
  if (value === null || Number.isNaN(value)) return { share: null, outside: null }
  const share = (value - min) / (max - min)
  if (share < 0) return { share: 0, outside: 'below' }
  if (share > 1) return { share: 1, outside: 'above' }
  return { share, outside: null }
}

/** Most that can be told apart on a dial. */
const mostTicks = 60

/** `count` equal steps from end to end, both included. */
export const evenTicks = (min: number, max: number, count: number): number[] => {
  const steps = Math.min(mostTicks, Math.max(1, Math.round(Number.isFinite(count) ? count : 1)))
  return Array.from({ length: steps + 1 }, (_, index) => min + ((max - min) * index) / steps)
}

/** Short enough to stand on a scale. */
export const tickText = (value: number, step: number, locale: string): string => {
  const size = Math.abs(value)
  if (size >= 100_000) return numberText(value, locale, { notation: 'compact', maximumFractionDigits: 1 })
  const decimals = step >= 10 || step === 0 ? 0 : step >= 1 ? 1 : step >= 0.1 ? 2 : 3
  return numberText(value, locale, { maximumFractionDigits: decimals })
}
