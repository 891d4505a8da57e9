/** Readers of outside JSON that never throw: what is not of the kind asked for is null. */

export type JsonRecord = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An empty record for anything else. */
export const recordOf = (value: unknown): JsonRecord => (isRecord(value) ? value : {})

/** An empty list for anything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Null for anything but text that holds something. */
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** A finite number, also one that was written as text. */
export const numberOf = (value: unknown): number | null => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** Null for anything but true, false and their names. */
export const flagOf = (value: unknown): boolean | null =>
  value === true || value === 'true' ? true : value === false || value === 'false' ? false : null

/** The texts of a list, or of a list that was written with commas. */
export const textsOf = (value: unknown): string[] =>
  (typeof value === 'string' ? value.split(',').map((part) => part.trim()) : listOf(value)).flatMap(
    (one) => textOf(one) ?? [],
  )

export const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))
