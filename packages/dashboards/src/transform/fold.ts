import { numberOf } from '../read.ts'
import type { Folding } from './model.ts'

export const isValue = (value: unknown): boolean => value !== null && value !== undefined && !Number.isNaN(value)

/** Numbers among values, also those that are written as text; truths count as 1 and 0. */
export const numbersIn = (values: readonly unknown[]): number[] =>
  values.flatMap((value) => (typeof value === 'boolean' ? [Number(value)] : (numberOf(value) ?? [])))

export const meanOf = (numbers: readonly number[]): number | null =>
  numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length

export const medianOf = (numbers: readonly number[]): number | null => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

// Spreading so many arguments would be too many for the engine.
const extreme = (numbers: readonly number[], isBetter: (a: number, b: number) => boolean): number | null =>
  numbers.reduce<number | null>((best, number) => (best === null || isBetter(number, best) ? number : best), null)
export const minOf = (numbers: readonly number[]) => extreme(numbers, (a, b) => a < b)
export const maxOf = (numbers: readonly number[]) => extreme(numbers, (a, b) => a > b)

const deviationOf = (numbers: readonly number[]): number | null => {
  const mean = meanOf(numbers)
  if (mean === null) return null
  return Math.sqrt(numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length)
}

/** Many values as one; null for none. */
export const fold = (values: readonly unknown[], how: Folding): unknown => {
  const there = values.filter(isValue)
  switch (how) {
    case 'first':
      return there[0] ?? null
    case 'last':
      return there.at(-1) ?? null
    case 'count':
      return there.length
    case 'distinct':
      return new Set(there.map((value) => JSON.stringify(value))).size
    default:
      return foldNumbers(numbersIn(there), how)
  }
}

const foldNumbers = (numbers: readonly number[], how: Exclude<Folding, 'first' | 'last' | 'count' | 'distinct'>) => {
  if (numbers.length === 0) return null
  switch (how) {
    case 'min':
      return minOf(numbers)
    case 'max':
      return maxOf(numbers)
    case 'sum':
      return numbers.reduce((sum, number) => sum + number, 0)
    case 'mean':
      return meanOf(numbers)
    case 'median':
      return medianOf(numbers)
    case 'range':
      return (maxOf(numbers) ?? 0) - (minOf(numbers) ?? 0)
    case 'stddev':
      return deviationOf(numbers)
  }
}
