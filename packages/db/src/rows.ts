import { AppError, type PageLink } from '@thingwire/contracts'

/** Prisma gives int8 columns as bigint; times and counters of ours are far below 2^53. */
export const ms = (value: bigint): number => Number(value)

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `additional_info` as clients get it: an object or null. */
export const toInfo = (value: unknown): Record<string, unknown> | null => (isRecord(value) ? value : null)

/** A text whose wildcards LIKE takes literally; Prisma's `contains` leaves that to its caller. */
export const literal = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** A LIKE pattern that finds the text anywhere. */
export const containing = (text: string): string => `%${literal(text)}%`

/** The column to sort by, from a closed list; ids give a stable order when nothing is asked for. */
export const sortColumn = <T>(link: PageLink, columns: Readonly<Record<string, T>>, fallback: T): T => {
  if (!link.sortProperty) return fallback
  const column = Object.hasOwn(columns, link.sortProperty) ? columns[link.sortProperty] : undefined
  if (column === undefined) throw new AppError('ARGUMENT_INVALID', 'Invalid sort property')
  return column
}

export const sortDirection = (link: PageLink): 'asc' | 'desc' => (link.sortOrder === 'DESC' ? 'desc' : 'asc')

/** PostgreSQL cannot hold NUL in a text; the replacement character keeps its place. */
export const withoutNul = (text: string): string =>
  text.includes('\u0000') ? text.replaceAll('\u0000', '\uFFFD') : text

/** The name that a text column holds; only names of the list are ever written there. */
export const typeOf = <T extends string>(text: string, known: readonly T[]): T => {
  const found = known.find((one) => one === text)
  if (found === undefined) throw new Error(`A row names something unknown: ${text}`)
  return found
}
