import type { z } from 'zod'
import type { NodeManifest } from './node.ts'

/** What is wrong in more places than these is not looked at again: each look at a huge list takes its time. */
const mostMended = 1_000

type Described<C extends z.ZodType> = Pick<NodeManifest<C>, 'config'>

/**
 * Reads a configuration by the manifest's schema. A member that is null counts as missing where the schema does not take
 * null itself: files say null for what was never set. Numbers and flags written as texts are read as what they say, and
 * numbers and flags as texts where a text is wanted (as ThingsBoard).
 */
export const readNodeConfig = <C extends z.ZodType>(
  manifest: Described<C>,
  configuration: unknown,
): z.ZodSafeParseResult<z.output<C>> => mended(manifest, configuration).read

/** The configuration with numbers, flags and texts as they are read, so that what is seen of it is what runs. */
export const withReadScalars = (manifest: Described<z.ZodType>, configuration: unknown): unknown =>
  mended(manifest, configuration).configuration

const mended = <C extends z.ZodType>(
  manifest: Described<C>,
  configuration: unknown,
): { read: z.ZodSafeParseResult<z.output<C>>; configuration: unknown } => {
  const asWritten = manifest.config.safeParse(configuration)
  if (asWritten.success || asWritten.error.issues.length > mostMended) return { read: asWritten, configuration }
  const filled = withoutNulls(configuration)
  const read = manifest.config.safeParse(filled)
  if (read.success) return { read, configuration }
  const converted = manifest.config.safeParse(asWanted(filled, read.error.issues))
  if (converted.success) return { read: converted, configuration: asWanted(configuration, read.error.issues) }
  const { issues } = asWritten.error
  issues.splice(0, issues.length, ...leftOf(issues, converted.error.issues))
  return { read: asWritten, configuration }
}

/** What is wrong as it is written, without what could be mended. */
const leftOf = (written: z.core.$ZodIssue[], after: z.core.$ZodIssue[]): z.core.$ZodIssue[] => {
  const placeOf = ({ path }: z.core.$ZodIssue) => JSON.stringify(path.map(String))
  const places = new Set(after.map(placeOf))
  const left = written.filter((issue) => places.has(placeOf(issue)))
  return left.length === 0 ? after : left
}

/** Members of objects; elements of lists keep their places. */
const withoutNulls = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutNulls)
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (member === null ? [] : [[key, withoutNulls(member)]])),
  )
}

type Issue = Pick<z.core.$ZodIssue, 'code' | 'path'> & { expected?: string }

const asWanted = (value: unknown, issues: readonly Issue[]): unknown => {
  if (issues.length === 0) return value
  const own = issues.find(({ path }) => path.length === 0)
  if (own) return own.code === 'invalid_type' ? scalarAs(own.expected, value) : value
  if (typeof value !== 'object' || value === null) return value
  const below = Map.groupBy(issues, ({ path }) => String(path[0]))
  const member = (key: string, one: unknown) =>
    asWanted(
      one,
      (below.get(key) ?? []).map((issue) => ({ ...issue, path: issue.path.slice(1) })),
    )
  if (Array.isArray(value)) return value.map((one, index) => member(String(index), one))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, member(key, one)]))
}

const scalarAs = (expected: string | undefined, value: unknown): unknown => {
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value)
  if (typeof value !== 'string') return value
  const text = value.trim()
  if (expected === 'boolean' && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  if (expected !== 'number' && expected !== 'int') return value
  if (text === '') return undefined
  return Number.isFinite(Number(text)) ? Number(text) : value
}
